// A flow's text read and checked.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <cstdlib>
#include <set>

#include "hub/domain/pointer.hpp"
#include "hub/flows/definition.hpp"
#include "hub/flows/sandbox.hpp"
#include "hub/schemas/schema.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

using domain::ActionKind;

constexpr StepKind kAllKinds[] = {
    StepKind::check,    StepKind::fee,  StepKind::approval, StepKind::preview,   StepKind::submit,
    StepKind::compute,  StepKind::wait, StepKind::pause,    StepKind::command,   StepKind::branch,
    StepKind::for_each, StepKind::flow, StepKind::note,     StepKind::exception, StepKind::link};
constexpr StepKind kBefore[] = {StepKind::check, StepKind::fee, StepKind::approval,
                                StepKind::branch, StepKind::compute};
constexpr ActionKind kTakeFees[] = {ActionKind::cancel, ActionKind::return_, ActionKind::exchange,
                                    ActionKind::open_return, ActionKind::close_return};
constexpr std::string_view kOwnNames[] = {"input", "order",   "plan",  "case", "steps",
                                          "run",   "request", "money", "sum",  "now"};

const schemas::Schema& flow_schema() {
    static const auto schema = schemas::Schema::compile(json::parse(flow_schema_text())).value();
    return schema;
}

bool has(const json::object& object, std::string_view name) {
    return object.contains(name);
}

}  // namespace

class FlowReader {
public:
    FlowReader(const std::string& file, const std::string& text) : flow_(std::make_shared<Flow>()) {
        flow_->text = text;
        flow_->file_ = schemas::YamlFile::parse(file, text, complaints_);
    }

    std::expected<FlowPtr, std::vector<Complaint>> read() {
        if (!complaints_.empty()) return std::unexpected(complaints_);
        const json::value& value = flow_->file_.value();
        if (const auto fits = flow_schema().validate(value); !fits) {
            complain(fits.error().field, fits.error().message);
            return std::unexpected(complaints_);
        }
        const json::object& written = value.as_object();
        head(written);
        read_list(written, "before", "/before", true);
        read_list(written, "after", "/after", false);
        name_all();
        for (const Step& step : flow_->steps_)
            check(step);
        if (!complaints_.empty()) return std::unexpected(complaints_);
        return flow_;
    }

private:
    void complain(std::string_view pointer, std::string message) {
        const std::string at = pointer.empty() ? std::string() : std::string(pointer) + ": ";
        complaints_.push_back(flow_->file_.complaint(pointer, at + std::move(message)));
    }

    void head(const json::object& written) {
        flow_->name = written.at("flow").as_string();
        flow_->title = written.at("title").as_string();
        const json::object& starts = written.at("starts").as_object();
        if (const auto* action = starts.if_contains("action"))
            flow_->action = domain::action_kind(action->as_string());
        flow_->starts_with_case = has(starts, "case");
        if (!flow_->action && has(written, "before"))
            complain("/before", "only a flow that starts with an action has steps before it");
    }

    void read_list(const json::object& from, std::string_view name, const std::string& pointer,
                   bool before) {
        const auto* list = from.if_contains(name);
        if (list == nullptr) return;
        std::size_t index = 0;
        for (const json::value& each : list->as_array())
            read_step(each.as_object(), pointer + "/" + std::to_string(index++), before);
    }

    void read_step(const json::object& written, const std::string& pointer, bool before) {
        std::vector<StepKind> kinds;
        for (const StepKind kind : kAllKinds)
            if (has(written, to_text(kind))) kinds.push_back(kind);
        if (kinds.size() != 1)
            return complain(pointer, "a step does exactly one thing; this one names " +
                                         std::to_string(kinds.size()));
        Step step;
        step.pointer = pointer;
        step.kind = kinds.front();
        step.written = written;
        if (const auto* id = written.if_contains("id")) step.id = id->as_string();
        if (before && std::ranges::find(kBefore, step.kind) == std::end(kBefore))
            complain(pointer, std::string(to_text(step.kind)) + " can only stand under `after`");
        if (!before && step.kind == StepKind::fee)
            complain(pointer, "a fee can only stand under `before`: it is charged with the action");
        flow_->places_.emplace(pointer, flow_->steps_.size());
        flow_->steps_.push_back(step);
        if (step.kind == StepKind::branch) {
            read_list(step.settings().as_object(), "then", pointer + "/branch/then", before);
            read_list(step.settings().as_object(), "else", pointer + "/branch/else", before);
        }
        if (step.kind == StepKind::for_each)
            read_list(step.settings().as_object(), "do", pointer + "/for_each/do", before);
        read_list(written, "otherwise", pointer + "/otherwise", before);
        read_list(written, "compensate", pointer + "/compensate", before);
    }

    void name_all() {
        std::set<std::string> ids;
        for (const Step& step : flow_->steps_)
            if (!step.id.empty() && !ids.insert(step.id).second)
                complain(step.pointer + "/id", "another step has the id " + step.id);
        for (Step& step : flow_->steps_)
            for (int number = 1; step.id.empty(); ++number) {
                std::string id = std::string(to_text(step.kind)) + "_" + std::to_string(number);
                if (ids.insert(id).second) step.id = std::move(id);
            }
    }

    void check(const Step& step) {
        const json::object& written = step.written;
        if (has(written, "refuse") && step.kind != StepKind::check)
            complain(step.pointer + "/refuse", "only a check refuses");
        if (has(written, "otherwise") && step.kind != StepKind::wait)
            complain(step.pointer + "/otherwise", "only a wait has a deadline that can pass");
        if (has(written, "compensate") && step.pointer.starts_with("/before"))
            complain(step.pointer + "/compensate", "nothing is done yet that could be undone");
        script(step.pointer + "/when", written.if_contains("when"));
        check_settings(step);
        if (const auto* refuse = written.if_contains("refuse"))
            templates(*refuse, step.pointer + "/refuse");
    }

    void check_settings(const Step& step) {
        const std::string at = step.pointer + "/" + std::string(to_text(step.kind));
        switch (step.kind) {
            case StepKind::check:
            case StepKind::compute:
                return script(at, &step.settings());
            case StepKind::link:
                if (flow_->action) complain(at, "a flow that starts with an action has no case");
                return script(at, &step.settings());
            case StepKind::fee:
                return check_fee(step, at);
            case StepKind::wait:
                exactly_one(step, at, {"for", "event", "until"});
                if (step.written.contains("otherwise") && step.setting("within") == nullptr)
                    complain(at, "`otherwise` needs a deadline: within");
                return script(at + "/until", step.setting("until"));
            case StepKind::branch:
                return script(at + "/if", step.setting("if"));
            case StepKind::for_each:
                check_name(step, at);
                return script(at + "/in", step.setting("in"));
            case StepKind::command:
                exactly_one(step, at, {"text", "payload"});
                if ((step.text("kind") == "case.note") != (step.setting("text") != nullptr))
                    complain(at, "case.note takes a text, every other command a payload");
                return templates(step.settings(), at);
            default:
                return templates(step.settings(), at);
        }
    }

    void check_fee(const Step& step, const std::string& at) {
        exactly_one(step, at, {"fixed", "percent_net", "percent_gross", "computed"});
        const bool of_amount =
            step.setting("fixed") != nullptr || step.setting("computed") != nullptr;
        if (step.setting("tax") != nullptr && !of_amount)
            complain(at + "/tax", "a percentage has the tax of what it is taken from");
        const auto action = flow_->action.value_or(ActionKind::suspend);
        if (std::ranges::find(kTakeFees, action) == std::end(kTakeFees))
            complain(at, "this flow's action takes no fees");
        script(at + "/computed", step.setting("computed"));
    }

    void check_name(const Step& step, const std::string& at) {
        const std::string name = step.text("as");
        if (std::ranges::find(kOwnNames, name) != std::end(kOwnNames))
            complain(at + "/as", name + " has a meaning of its own; take another name");
    }

    void exactly_one(const Step& step, const std::string& at,
                     std::initializer_list<std::string_view> names) {
        std::string all;
        int found = 0;
        for (const std::string_view name : names) {
            if (step.setting(name) != nullptr) ++found;
            all += (all.empty() ? "" : ", ") + std::string(name);
        }
        if (found != 1) complain(at, "needs exactly one of " + all);
    }

    void script(const std::string& pointer, const json::value* lua) {
        if (lua != nullptr) compile(pointer, lua->as_string());
    }

    void compile(const std::string& pointer, std::string_view lua) {
        const auto good = compile_script(flow_->script(pointer, lua));
        if (good) return;
        // FILE:LINE: of the script itself is nearer than that of what it stands in.
        std::string message = good.error().message;
        Complaint complaint = flow_->file_.complaint(pointer, message);
        const std::string place = complaint.file + ":";
        if (message.starts_with(place)) {
            complaint.line = std::atoi(message.c_str() + place.size());
            complaint.message = message.substr(message.find(": ") + 2);
        }
        complaints_.push_back(std::move(complaint));
    }

    void templates(const json::value& value, const std::string& pointer) {
        if (value.is_string())
            for (const Piece& piece : pieces_of(value.get_string()))
                if (piece.is_script) compile(pointer, piece.text);
        if (const auto* object = value.if_object())
            for (const auto& [name, member] : *object)
                templates(member, pointer_below(pointer, name));
        if (const auto* array = value.if_array())
            for (std::size_t i = 0; i < array->size(); ++i)
                templates((*array)[i], pointer + "/" + std::to_string(i));
    }

    std::shared_ptr<Flow> flow_;
    std::vector<Complaint> complaints_;
};

std::expected<FlowPtr, std::vector<Complaint>> parse_flow(const std::string& file,
                                                          const std::string& text) {
    return FlowReader(file, text).read();
}

}  // namespace orderhub::flows
