// A flow as it was written: what starts it, its steps, and where in the file each of them stands.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/plan.hpp"
#include "hub/schemas/yaml_file.hpp"

namespace orderhub::flows {

using schemas::Complaint;

enum class StepKind {
    check,
    fee,
    approval,
    preview,
    submit,
    compute,
    wait,
    pause,
    command,
    branch,
    for_each,
    flow,
    note,
    exception,
    link
};

std::string_view to_text(StepKind kind);

struct Step {
    std::string id;       ///< unique in its flow; made up from kind and place if none is given
    std::string pointer;  ///< JSON Pointer of the step: "/after/2/branch/then/0"
    StepKind kind = StepKind::note;
    boost::json::object written;  ///< the whole step, as config/flow.schema.json has it

    /// What stands under the step's kind.
    const boost::json::value& settings() const { return written.at(to_text(kind)); }
    /// A member of it, or null.
    const boost::json::value* setting(std::string_view name) const;
    /// The same as text; empty if there is none.
    std::string text(std::string_view name) const;
};

/// A piece of Lua and where it stands, for messages.
struct Script {
    std::string text;
    std::string file;
    int line = 1;
};

class Flow {
public:
    std::string name;
    std::int64_t version = 0;  ///< 0 until a store has given one
    std::string title;
    std::optional<domain::ActionKind> action;
    bool starts_with_case = false;
    std::string text;

    /// Null if there is none at this place.
    const Step* at(std::string_view pointer) const;
    const Step* find(std::string_view id) const;
    /// The pointers of a list of steps: "/after", "/after/0/otherwise"; empty if there is none.
    std::vector<std::string> list(std::string_view pointer) const;
    /// All steps, in the order in which they are written.
    const std::vector<Step>& steps() const { return steps_; }

    int line_of(std::string_view pointer) const { return file_.line_of(pointer); }
    /// The script at a pointer, or anything else written there that has script in it.
    Script script(std::string_view pointer, std::string_view lua) const;

private:
    friend class FlowReader;
    std::vector<Step> steps_;
    std::map<std::string, std::size_t, std::less<>> places_;
    schemas::YamlFile file_;
};

using FlowPtr = std::shared_ptr<const Flow>;

/// Everything that is wrong with the text is said: YAML, schema, meaning, and scripts that do not
/// compile. `file`: for the complaints.
std::expected<FlowPtr, std::vector<Complaint>> parse_flow(const std::string& file,
                                                          const std::string& text);

/// config/flow.schema.json, as embedded.
std::string_view flow_schema_text();

struct BuiltInFlow {
    std::string_view name;
    std::string_view text;
};
/// config/flows/*.yaml, as embedded.
const std::vector<BuiltInFlow>& built_in_flows();

/// "90s", "15m", "2h", "7d" in milliseconds. Not for anything else.
std::int64_t to_milliseconds(std::string_view duration);

/// The text in pieces: what stands between {{ and }} is script.
struct Piece {
    bool is_script = false;
    std::string text;
};
std::vector<Piece> pieces_of(std::string_view text);

}  // namespace orderhub::flows
