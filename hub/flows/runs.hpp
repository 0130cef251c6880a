// What flows need of a store: texts of definitions, runs and their steps, in one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::flows {

/// All instants here are int64 milliseconds since the epoch; 0 is none.
using Instant = std::int64_t;

/// The text of a flow as it was loaded. Another text under the same name is another version.
struct FlowText {
    std::string name;
    std::int64_t version = 0;  ///< from 1, given by the store
    std::string text;          ///< YAML
    Instant loaded_at = 0;
};

/// ready: its next step can be made. waiting: for an event, a time or another run. asking: for a
/// person's decision. failed: a step did; it can be tried again. The others are ends: undone is a
/// failure whose compensation was carried out, returned a request that its author is to change.
enum class RunState { ready, waiting, asking, failed, done, cancelled, declined, returned, undone };

std::string_view to_text(RunState state);
std::optional<RunState> run_state(std::string_view text);
bool is_over(RunState state);

struct Run {
    std::string id;            ///< "fr_" and a UUIDv7: sorts by creation
    std::int64_t version = 0;  ///< raised by each save: of two that save at once one is refused
    std::string flow;
    std::int64_t flow_version = 0;
    RunState state = RunState::ready;
    std::string order_id;   ///< or empty
    std::string case_id;    ///< or empty
    std::string action_id;  ///< what it submitted, or empty
    std::string parent_id;  ///< the run that waits for this one, or empty
    std::string ask_role;   ///< who may decide, while asking
    Instant due_at = 0;     ///< when it is to be looked at next by itself
    std::string started_by;
    Instant started_at = 0;
    Instant updated_at = 0;
    std::string message;   ///< what it waits for or why it failed, for a person
    std::string document;  ///< JSON object that only the stepper reads
};

/// One thing that a run did, or is doing. Later saves of the same number replace it.
struct RunStep {
    std::string run_id;
    std::int64_t number = 0;  ///< from 1
    std::string step;         ///< its id in the definition
    std::string kind;
    std::string state;  ///< done | skipped | waiting | failed
    Instant started_at = 0;
    Instant ended_at = 0;
    std::string document;  ///< JSON object: input, output, by, comment, error
};

struct RunQuery {
    std::string flow = {};
    std::string state = {};
    std::string order_id = {};
    std::string case_id = {};
    std::string before_id = {};  ///< page: rows older than this id; empty for the newest
    std::uint32_t limit = 50;
};

/// One transaction; see servicing::State.
class Runs {
public:
    virtual ~Runs() = default;

    /// Gives the version of this very text, a new one if it is not known yet.
    virtual std::int64_t keep_flow(std::string_view name, std::string_view text, Instant now) = 0;
    virtual std::optional<FlowText> flow_text(std::string_view name, std::int64_t version) = 0;
    /// Newest first, with empty texts.
    virtual std::vector<FlowText> flow_versions(std::string_view name, std::uint32_t limit) = 0;

    virtual std::optional<Run> run(std::string_view id) = 0;
    /// Newest first.
    virtual std::vector<Run> find_runs(const RunQuery& query) = 0;
    virtual void add_run(const Run& run) = 0;
    /// Replaces the run and raises run.version. False if it is at another version than the stored
    /// one: somebody else has moved it.
    virtual bool save_run(Run& run) = 0;

    /// Those whose time has come, the one that waits longest first.
    virtual std::vector<std::string> due_runs(Instant now, std::uint32_t limit) = 0;
    virtual std::optional<Instant> next_run_due() = 0;
    /// Waiting runs whose order or case has events after one sequence and up to another.
    virtual std::vector<std::string> touched_runs(std::int64_t after, std::int64_t upto) = 0;
    /// The newest event's sequence; 0 if there is none.
    virtual std::int64_t journal_end() = 0;

    virtual void save_step(const RunStep& step) = 0;
    /// In order.
    virtual std::vector<RunStep> run_steps(std::string_view run_id) = 0;
};

}  // namespace orderhub::flows
