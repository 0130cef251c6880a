// Internal to flows: one step of one run.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "hub/flows/engine.hpp"
#include "hub/flows/gate.hpp"
#include "hub/flows/memory.hpp"
#include "hub/flows/names.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::flows {

/// How a step ended, or what it waits for.
struct Outcome {
    enum class Kind { done, skipped, waiting, asking } kind = Kind::done;
    boost::json::value output = nullptr;
    boost::json::value input = nullptr;
    Instant due_at = 0;         ///< waiting, asking: when to look again by itself; 0: never
    std::string message = {};   ///< waiting, asking: for what
    std::string ask_role = {};  ///< asking
    std::string list = {};      ///< the list of steps that comes next; empty: what is written next
};

/// What one step works with. The run is not saved by it.
struct Making {
    const Engine& engine;
    Unit unit;
    const Flow& flow;
    const Step& step;
    Run& run;
    Memory& memory;
    std::int64_t now_ms;
    Names& names;

    servicing::Request request() const;
    servicing::Work work(const servicing::Request& by) const {
        return {unit.state, by, engine.settings()};
    }
    /// The script that stands under a member of the step's settings.
    Script script(std::string_view member) const;
};

/// Does what the step says, for the first time or again while it waits. Errors: why it failed.
Result<Outcome> make_step(Making& making);

/// Each kind that others than the engine's own order of things is about:
Result<Outcome> make_wait(Making& making);
Result<Outcome> make_command(Making& making);
Result<Outcome> make_exception(Making& making);
Result<Outcome> make_approval(Making& making);
Result<Outcome> make_link(Making& making);

/// A new run of `flow`, not stored yet.
Run new_run(const Engine& engine, Unit unit, const servicing::Request& request, const Flow& flow,
            Memory& memory);

/// Asks for the first, or the next, approval that stands before the run's action.
void ask_next(const Engine& engine, Unit unit, const servicing::Request& request, Run& run,
              Memory& memory);

/// Tells the run that waits for this one that it is over.
Result<void> wake_parent(Unit unit, const Run& run, std::int64_t now_ms);
/// An entry of the journal about a run.
void journal(const Engine& engine, Unit unit, const servicing::Request& request, const Run& run,
             const std::string& type, boost::json::object data = {});
/// Saves a run and tells its parent if it is over. Error: Conflict "run_moved".
Result<void> save(Unit unit, Run& run, const Memory& memory, std::int64_t now_ms);
/// Names that a run's scripts can use.
void offer_names(const Engine& engine, Unit unit, const Run& run, Memory& memory, Names& names);

}  // namespace orderhub::flows
