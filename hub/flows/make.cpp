// The steps that wait, ask, and reach outside.
#include <algorithm>
#include <boost/json/array.hpp>

#include "hub/domain/snapshot.hpp"
#include "hub/flows/step.hpp"
#include "hub/flows/waits.hpp"
#include "hub/schemas/schemas.hpp"

namespace orderhub::flows {

namespace json = boost::json;

namespace {

Result<bool> is_there(Making& making) {
    if (making.step.setting("until") != nullptr) return making.names.holds(making.script("until"));
    if (making.step.setting("event") != nullptr)
        return has_event(making.unit, making.run, making.step.text("event"),
                         making.memory.number("journal_start"));
    return has_come(making.unit, making.run, making.step.text("for"),
                    making.memory.array("commands"));
}

std::string what_for(const Step& step) {
    if (step.setting("until") != nullptr) return "until " + step.text("until");
    const std::string event = step.text("event");
    return "for " + (event.empty() ? step.text("for") : event);
}

Instant deadline(Making& making) {
    if (making.step.setting("within") == nullptr) return 0;
    return making.memory.object("current")["started_at"].as_int64() +
           to_milliseconds(making.step.text("within"));
}

/// The cases that a note can be written to.
std::vector<servicing::CaseRow> cases_of(const Making& making) {
    std::vector<servicing::CaseRow> rows;
    if (!making.run.order_id.empty())
        rows = making.unit.state.find_cases({.order_id = making.run.order_id});
    if (!making.run.case_id.empty() &&
        std::ranges::find(rows, making.run.case_id, &servicing::CaseRow::id) == rows.end())
        if (auto own = making.unit.state.case_by_id(making.run.case_id))
            rows.push_back(*std::move(own));
    std::erase_if(rows, [&](const servicing::CaseRow& row) {
        return !making.engine.settings().can_execute(row.connector, "case.note");
    });
    return rows;
}

Result<Outcome> write_notes(Making& making) {
    const auto text = making.names.say(making.flow, making.step.pointer + "/command/text",
                                       *making.step.setting("text"));
    if (!text) return std::unexpected(text.error());
    const auto request = making.request();
    const auto work = making.work(request);
    json::array keys;
    for (const servicing::CaseRow& row : cases_of(making)) {
        auto command = servicing::case_command(work, row.connector, row.id, making.run.order_id,
                                               "case.note", "nt");
        keys.emplace_back(command.key);
        work.send(std::move(command),
                  {{"case", {{"external_id", row.external_id}}}, {"text", *text}});
    }
    for (const json::value& key : keys)
        making.memory.array("commands").push_back(key);
    return Outcome{.output = {{"keys", keys}}, .input = {{"text", *text}}};
}

std::string connector_for(const Making& making, const std::string& kind) {
    if (!kind.starts_with("fulfilment.")) return making.engine.settings().route(kind);
    const auto order = making.unit.state.order(making.run.order_id);
    return order ? order->connector : std::string();
}

Result<Outcome> send_payload(Making& making) {
    const std::string kind = making.step.text("kind");
    auto payload = making.names.fill(making.flow, making.step.pointer + "/command/payload",
                                     *making.step.setting("payload"));
    if (!payload) return std::unexpected(payload.error());
    if (const auto fits = schemas::validate("commands/" + kind + ".schema.json", *payload); !fits)
        return fail(ErrorKind::Invalid, "bad_payload", fits.error().message, fits.error().field);
    const auto request = making.request();
    const auto work = making.work(request);
    servicing::OutgoingCommand command;
    command.connector = connector_for(making, kind);
    if (command.connector.empty() || !work.settings.can_execute(command.connector, kind))
        return fail(ErrorKind::Unavailable, "no_connector",
                    "no configured connector can carry out " + kind);
    command.order_key = command.order_id = making.run.order_id;
    command.kind = kind;
    command.key = work.id("fc");
    making.memory.array("commands").emplace_back(command.key);
    Outcome outcome{.output = {{"keys", json::array{command.key}}}, .input = *payload};
    work.send(std::move(command), payload->as_object());
    return outcome;
}

/// What refunds the run's action made come to.
Result<bool> needs_asking(Making& making) {
    if (making.step.setting("refunds_above") == nullptr) return true;
    const auto request = making.request();
    const auto order = making.work(request).order(making.run.order_id);
    if (!order) return std::unexpected(order.error());
    domain::Minor total;
    for (const domain::Refund& refund : order->refunds)
        if (refund.action_id == making.run.action_id && refund.kind != domain::RefundKind::transfer)
            total += refund.amount;
    return over_limit(making.step, total, order->currency);
}

/// The id of the order that a script names by its id or number.
Result<std::string> order_named(const Making& making, const std::string& named) {
    if (making.unit.state.order(named)) return named;
    for (const servicing::OrderRow& row : making.unit.state.find_orders({.text = named}))
        if (row.number == named) return row.id;
    return fail(ErrorKind::NotFound, "no_such_order", "there is no order " + named);
}

/// Nothing, one order or a list of them.
Result<std::vector<std::string>> orders_named(const Making& making, const json::value& given) {
    std::vector<std::string> ids;
    const bool empty_table = given.is_object() && given.get_object().empty();
    if (given.is_null() || empty_table) return ids;
    const json::array list = given.is_array() ? given.get_array() : json::array{given};
    for (const json::value& each : list) {
        if (!each.is_string())
            return fail(ErrorKind::Invalid, "script_failed",
                        "link needs ids or numbers of orders, as text");
        auto id = order_named(making, std::string(each.get_string()));
        if (!id) return std::unexpected(std::move(id).error());
        ids.push_back(*std::move(id));
    }
    return ids;
}

}  // namespace

Result<Outcome> make_wait(Making& making) {
    const auto there = is_there(making);
    if (!there) return std::unexpected(there.error());
    if (*there) return Outcome{.output = {{"came", true}}};
    if (making.engine.assumes())
        return Outcome{.output = {{"came", true}, {"assumed", what_for(making.step)}}};
    const Instant until = deadline(making);
    if (until == 0 || making.now_ms < until)
        return Outcome{
            .kind = Outcome::Kind::waiting, .due_at = until, .message = what_for(making.step)};
    if (!making.step.written.contains("otherwise"))
        return fail(ErrorKind::Conflict, "too_late",
                    "what it waited for did not come in time: " + what_for(making.step));
    return Outcome{.output = {{"came", false}}, .list = making.step.pointer + "/otherwise"};
}

Result<Outcome> make_command(Making& making) {
    return making.step.setting("text") != nullptr ? write_notes(making) : send_payload(making);
}

Result<Outcome> make_exception(Making& making) {
    const auto text = making.names.say(making.flow, making.step.pointer + "/exception/message",
                                       *making.step.setting("message"));
    if (!text) return std::unexpected(text.error());
    const auto request = making.request();
    const auto work = making.work(request);
    auto order = work.order(making.run.order_id);
    if (!order) return std::unexpected(order.error());
    domain::ProcessException exception;
    exception.code = making.step.text("code");
    exception.subject = making.run.id;
    exception.category = making.step.setting("category") ? making.step.text("category") : "order";
    exception.severity = making.step.setting("severity") ? making.step.text("severity") : "high";
    exception.priority = exception.severity;
    exception.message = *text;
    exception.raised_at = making.now_ms;
    domain::raise_exception(*order, std::move(exception));
    work.save(*order);
    work.journal("flow.exception", *order,
                 {{"run", making.run.id}, {"code", making.step.text("code")}});
    return Outcome{.output = json::value(*text)};
}

Result<Outcome> make_link(Making& making) {
    if (making.run.case_id.empty())
        return fail(ErrorKind::NotFound, "no_such_case", "this run has no case");
    const auto given = making.names.run(making.script(""));
    if (!given) return std::unexpected(given.error());
    const auto orders = orders_named(making, *given);
    if (!orders) return std::unexpected(orders.error());
    ORDERHUB_TRY(making.engine.service().decide_case(making.unit.state, making.request(),
                                                     making.run.case_id, *orders,
                                                     "flow:" + making.flow.name));
    if (const auto row = making.unit.state.case_by_id(making.run.case_id))
        making.run.order_id = row->order_id;
    return Outcome{.output = json::array(orders->begin(), orders->end())};
}

Result<Outcome> make_approval(Making& making) {
    if (making.run.state != RunState::ready) {
        if (const Instant until = deadline(making); until != 0 && making.now_ms >= until)
            return fail(ErrorKind::Conflict, "not_decided", "nobody decided in time");
        return Outcome{.kind = Outcome::Kind::asking,
                       .due_at = deadline(making),
                       .message = making.run.message,
                       .ask_role = making.run.ask_role};
    }
    const auto needed = needs_asking(making);
    if (!needed) return std::unexpected(needed.error());
    if (!*needed) return Outcome{.kind = Outcome::Kind::skipped};
    if (making.engine.assumes()) return Outcome{.output = {{"assumed", making.step.text("role")}}};
    std::string reason = making.flow.title;
    if (const auto* written = making.step.setting("reason")) {
        const auto text =
            making.names.say(making.flow, making.step.pointer + "/approval/reason", *written);
        if (!text) return std::unexpected(text.error());
        reason = *text;
    }
    return Outcome{.kind = Outcome::Kind::asking,
                   .due_at = deadline(making),
                   .message = reason,
                   .ask_role = making.step.text("role")};
}

}  // namespace orderhub::flows
