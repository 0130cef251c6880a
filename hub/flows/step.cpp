// The kinds of steps, one function each.
#include "hub/flows/step.hpp"

#include <boost/json/array.hpp>
#include <functional>

#include "hub/flows/waits.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr std::size_t kMostItems = 2'000;

Result<Outcome> check(Making& making) {
    const auto good = making.names.holds(making.script(""));
    if (!good) return std::unexpected(good.error());
    if (*good) return Outcome{};
    const auto* refuse = making.step.written.if_contains("refuse");
    std::string why = "the check " + making.step.id + " is not met";
    if (refuse != nullptr) {
        const auto text = making.names.say(making.flow, making.step.pointer + "/refuse", *refuse);
        if (!text) return std::unexpected(text.error());
        why = *text;
    }
    return fail(ErrorKind::Denied, "check_failed", std::move(why));
}

Result<Outcome> compute(Making& making) {
    auto value = making.names.run(making.script(""));
    if (!value) return std::unexpected(value.error());
    return Outcome{.output = *std::move(value)};
}

Result<Asked> asked_by(Making& making) {
    const auto at = making.step.pointer + "/" + std::string(to_text(making.step.kind)) + "/input";
    auto input = making.names.fill(making.flow, at, *making.step.setting("input"));
    if (!input) return std::unexpected(input.error());
    return Asked{*domain::action_kind(making.step.text("action")), making.run.order_id, 0,
                 input->as_object()};
}

Result<Outcome> preview(Making& making) {
    const auto asked = asked_by(making);
    if (!asked) return std::unexpected(asked.error());
    auto shown = making.engine.service().preview(making.unit.state, making.request(), asked->action,
                                                 asked->order_id, 0, asked->input);
    if (!shown) return std::unexpected(shown.error());
    return Outcome{.output = shown->at("plan"), .input = asked->input};
}

Result<Outcome> submit(Making& making) {
    const auto asked = asked_by(making);
    if (!asked) return std::unexpected(asked.error());
    const auto row = making.unit.state.order(asked->order_id);
    if (!row) return fail(ErrorKind::NotFound, "no_such_order", "this run has no order");
    auto done = making.engine.service().submit(making.unit.state, making.request(), asked->action,
                                               asked->order_id, row->version, asked->input);
    if (!done) return std::unexpected(done.error());
    making.run.action_id = done->at("action_id").as_string();
    return Outcome{.output = *std::move(done), .input = asked->input};
}

Result<Outcome> pause(Making& making) {
    const auto length = to_milliseconds(making.step.settings().as_string());
    const auto until = making.memory.object("current")["started_at"].as_int64() + length;
    if (making.now_ms >= until || making.engine.assumes()) return Outcome{};
    return Outcome{.kind = Outcome::Kind::waiting, .due_at = until, .message = "for a time"};
}

Result<Outcome> branch(Making& making) {
    const auto yes = making.names.holds(making.script("if"));
    if (!yes) return std::unexpected(yes.error());
    return Outcome{.output = *yes,
                   .list = making.step.pointer + (*yes ? "/branch/then" : "/branch/else")};
}

Result<Outcome> for_each(Making& making) {
    auto items = making.names.run(making.script("in"));
    if (!items) return std::unexpected(items.error());
    // An empty table of Lua is neither list nor object.
    if (items->is_object() && items->get_object().empty()) *items = json::array();
    if (!items->is_array())
        return fail(ErrorKind::Invalid, "script_failed", "for_each needs a list");
    const auto count = items->get_array().size();
    if (count > kMostItems)
        return fail(ErrorKind::Invalid, "too_many_items",
                    "for_each goes over at most " + std::to_string(kMostItems) + " items");
    if (count == 0) return Outcome{.output = 0};
    const std::string as = making.step.text("as");
    making.memory.object("loops")[making.step.pointer] = {
        {"index", 0}, {"items", *std::move(items)}, {"as", as.empty() ? "item" : as}};
    return Outcome{.output = count, .list = making.step.pointer + "/for_each/do"};
}

Result<Outcome> begin_child(Making& making) {
    json::object input;
    if (const auto* written = making.step.setting("input")) {
        auto filled = making.names.fill(making.flow, making.step.pointer + "/flow/input", *written);
        if (!filled) return std::unexpected(filled.error());
        input = filled->as_object();
    }
    const auto child = making.engine.start(
        making.unit, making.request(),
        {making.step.text("name"), making.run.order_id, making.run.case_id, input, making.run.id});
    if (!child) return std::unexpected(child.error());
    making.memory.object("current")["child"] = child->id;
    return Outcome{.kind = Outcome::Kind::waiting,
                   .output = {{"run", child->id}},
                   .input = input,
                   .message = "for the flow " + child->flow};
}

Result<Outcome> run_flow(Making& making) {
    const auto* known = making.memory.object("current").if_contains("child");
    if (known == nullptr) return begin_child(making);
    const std::string id(known->as_string());
    const auto child = making.unit.runs.run(id);
    if (!child || child->state == RunState::done) return Outcome{.output = {{"run", id}}};
    if (is_over(child->state))
        return fail(ErrorKind::Conflict, "flow_failed",
                    "the run " + id + " was " + std::string(to_text(child->state)));
    return Outcome{.kind = Outcome::Kind::waiting,
                   .output = {{"run", id}},
                   .message = "for the flow " + child->flow};
}

Result<Outcome> note(Making& making) {
    const auto text =
        making.names.say(making.flow, making.step.pointer + "/note", making.step.settings());
    if (!text) return std::unexpected(text.error());
    journal(making.engine, making.unit, making.request(), making.run, "flow.note",
            {{"text", *text}});
    return Outcome{.output = json::value(*text)};
}

using Make = Result<Outcome> (*)(Making&);

Make maker(StepKind kind) {
    switch (kind) {
        case StepKind::check:
            return check;
        case StepKind::approval:
            return make_approval;
        case StepKind::preview:
            return preview;
        case StepKind::submit:
            return submit;
        case StepKind::wait:
            return make_wait;
        case StepKind::pause:
            return pause;
        case StepKind::command:
            return make_command;
        case StepKind::branch:
            return branch;
        case StepKind::for_each:
            return for_each;
        case StepKind::flow:
            return run_flow;
        case StepKind::note:
            return note;
        case StepKind::exception:
            return make_exception;
        case StepKind::link:
            return make_link;
        default:
            return compute;
    }
}

}  // namespace

servicing::Request Making::request() const {
    return {run.started_by, memory.text("trace"), now_ms, memory.text("role")};
}

Script Making::script(std::string_view member) const {
    std::string pointer = step.pointer + "/" + std::string(to_text(step.kind));
    const json::value* lua = &step.settings();
    if (!member.empty()) {
        pointer += "/" + std::string(member);
        lua = step.setting(member);
    }
    return flow.script(pointer, lua->as_string());
}

Result<Outcome> make_step(Making& making) {
    const bool first = making.run.state == RunState::ready;
    if (const auto* when = making.step.written.if_contains("when"); first && when != nullptr) {
        const auto wanted = making.names.holds(
            making.flow.script(making.step.pointer + "/when", when->as_string()));
        if (!wanted) return std::unexpected(wanted.error());
        if (!*wanted) return Outcome{.kind = Outcome::Kind::skipped};
    }
    return maker(making.step.kind)(making);
}

}  // namespace orderhub::flows
