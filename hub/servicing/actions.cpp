// Actions of an agent: preview and submit are one plan, shown or carried out.
#include "hub/domain/actions.hpp"

#include <fmt/format.h>

#include "hub/domain/status.hpp"
#include "hub/servicing/codec.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

struct Input {
    std::vector<domain::UnitsOfLine> units;
    std::string reason;
};

Result<domain::UnitsOfLine> read_units(const json::value& from, std::size_t index) {
    const std::string at = "/lines/" + std::to_string(index);
    const auto* object = from.if_object();
    if (object == nullptr)
        return fail(ErrorKind::Invalid, "bad_line", "a line must be an object", at);
    const auto* id = object->if_contains("line_id");
    if (id == nullptr || !id->is_string())
        return fail(ErrorKind::Invalid, "bad_line", "line_id must be text", at + "/line_id");
    const auto* quantity = object->if_contains("quantity");
    if (quantity == nullptr || !quantity->is_int64())
        return fail(ErrorKind::Invalid, "bad_quantity", "quantity must be a whole number",
                    at + "/quantity");
    for (const auto& [name, value] : *object)
        if (name != "line_id" && name != "quantity")
            return fail(ErrorKind::Invalid, "unknown_field", "a line has line_id and quantity only",
                        at + "/" + std::string(name));
    return domain::UnitsOfLine{std::string(id->get_string()), quantity->get_int64()};
}

Result<Input> read_input(const json::object& from) {
    Input input;
    for (const auto& [name, value] : from)
        if (name != "lines" && name != "reason")
            return fail(ErrorKind::Invalid, "unknown_field", "an action has lines and reason only",
                        "/" + std::string(name));
    const auto* lines = from.if_contains("lines");
    if (lines == nullptr || !lines->is_array())
        return fail(ErrorKind::Invalid, "no_lines", "lines must be a list", "/lines");
    for (std::size_t i = 0; i < lines->get_array().size(); ++i) {
        auto units = read_units(lines->get_array()[i], i);
        if (!units) return std::unexpected(std::move(units).error());
        input.units.push_back(*std::move(units));
    }
    const auto* reason = from.if_contains("reason");
    if (reason == nullptr || !reason->is_string() || reason->get_string().empty() ||
        reason->get_string().size() > 200)
        return fail(ErrorKind::Invalid, "no_reason", "reason must be text of 1 to 200 bytes",
                    "/reason");
    input.reason = reason->get_string();
    return input;
}

Result<void> check_version(const domain::Order& order, std::int64_t expected) {
    if (expected == 0 || expected == order.version) return {};
    return fail(ErrorKind::Conflict, "order_changed",
                fmt::format("the order is at version {}, the request is for version {}: look at it "
                            "again",
                            order.version, expected));
}

Result<domain::Plan> make_plan(const domain::Order& order, Action action, const Input& input) {
    return action == Action::cancel ? domain::plan_cancel(order, input.units, input.reason)
                                    : domain::plan_return(order, input.units, input.reason);
}

domain::CreditMemo make_memo(const domain::Order& order, const domain::ChangeOrder& change) {
    domain::CreditMemo memo;
    memo.change_order_id = change.id;
    memo.at = change.at;
    memo.total = -change.delta;
    for (const domain::ChangeLine& part : change.lines) {
        const domain::Line& line = *domain::find_line(order, part.line_id);
        domain::MemoLine entry{line.kind, line.sku, line.name, part.quantity, -part.delta, {}};
        for (const domain::Tax& tax : part.taxes)
            entry.taxes.push_back({tax.label, tax.rate, -tax.amount});
        memo.lines.push_back(std::move(entry));
    }
    return memo;
}

json::object order_reference(const domain::Order& order) {
    return {{"external_id", order.external_id},
            {"number", order.number},
            {"currency", order.currency.code}};
}

OutgoingCommand command_for(const domain::Order& order, const domain::ChangeOrder& change,
                            std::string connector, std::string kind, std::string key) {
    OutgoingCommand command;
    command.connector = std::move(connector);
    command.order_key = order.id;
    command.kind = std::move(kind);
    command.key = std::move(key);
    command.order_id = order.id;
    command.change_order_id = change.id;
    return command;
}

void send_cancel(const Work& work, const domain::Order& order, const domain::ChangeOrder& change) {
    json::array lines;
    for (const domain::ChangeLine& part : change.lines)
        lines.push_back({{"line", domain::find_line(order, part.line_id)->external_id},
                         {"quantity", part.quantity}});
    work.send(command_for(order, change, order.connector, "order.cancel", change.key),
              {{"order", order_reference(order)},
               {"lines", std::move(lines)},
               {"reason", change.reason}});
}

void send_refund(const Work& work, const domain::Order& order, const domain::ChangeOrder& change,
                 const domain::Refund& refund) {
    work.send(command_for(order, change, order.connector, "refund.create", refund.key),
              {{"order", order_reference(order)},
               {"payment", {{"external_id", refund.payment}}},
               {"amount", domain::to_decimal(refund.amount, order.currency)},
               {"currency", order.currency.code},
               {"reason", change.reason}});
}

void send_memo(const Work& work, const domain::Order& order, const domain::ChangeOrder& change,
               const domain::CreditMemo& memo) {
    work.send(command_for(order, change, work.settings.route("credit_memo.post"),
                          "credit_memo.post", memo.key),
              {{"memo", memo_record(order, memo, change.reason)}});
}

/// Every effect needs somebody who can carry it out; better said before than parked after.
Result<void> check_routes(const Work& work, const domain::Order& order, const domain::Plan& plan) {
    const auto missing = [](std::string_view kind) {
        return fail(ErrorKind::Unavailable, "no_connector",
                    "no configured connector can carry out " + std::string(kind));
    };
    const auto& can = work.settings.can_execute;
    if (plan.change.kind == domain::ChangeKind::cancel && !can(order.connector, "order.cancel"))
        return missing("order.cancel");
    if (!plan.refunds.empty() && !can(order.connector, "refund.create"))
        return missing("refund.create");
    if (plan.credit_memo && work.settings.route("credit_memo.post").empty())
        return missing("credit_memo.post");
    return {};
}

struct Planned {
    domain::Order order;
    domain::Plan plan;
};

Result<Planned> prepare(const Work& work, Action action, std::string_view order_id,
                        std::int64_t expected_version, const json::object& input) {
    auto order = work.order(order_id);
    if (!order) return std::unexpected(std::move(order).error());
    ORDERHUB_TRY(check_version(*order, expected_version));
    const auto read = read_input(input);
    if (!read) return std::unexpected(read.error());
    auto plan = make_plan(*order, action, *read);
    if (!plan) return std::unexpected(std::move(plan).error());
    ORDERHUB_TRY(check_routes(work, *order, *plan));
    plan->change.origin = "hub";
    plan->change.actor = work.request.actor;
    return Planned{*std::move(order), *std::move(plan)};
}

/// Puts the plan into the order: change order, refunds, memo, each with its id and stable key.
void carry_out(const Work& work, domain::Order& order, domain::Plan& plan) {
    domain::ChangeOrder& change = plan.change;
    change.id = work.id("co");
    change.key = change.id;
    change.at = work.request.now_ms;
    domain::apply_change(order, change);
    for (const domain::PlannedRefund& part : plan.refunds) {
        domain::Refund refund;
        refund.id = refund.key = work.id("rf");
        refund.payment = part.payment;
        refund.amount = part.amount;
        refund.origin = "hub";
        refund.change_order_id = change.id;
        refund.reason = change.reason;
        refund.at = change.at;
        order.refunds.push_back(std::move(refund));
    }
    if (!plan.credit_memo) return;
    domain::CreditMemo memo = make_memo(order, change);
    memo.id = memo.key = work.id("cm");
    memo.number = fmt::format("{}{:06}", work.settings.credit_memo_prefix,
                              work.state.next_number("credit_memo"));
    order.credit_memos.push_back(std::move(memo));
}

void send_all(const Work& work, const domain::Order& order, const domain::ChangeOrder& change) {
    if (change.kind == domain::ChangeKind::cancel) send_cancel(work, order, change);
    for (const domain::Refund& refund : order.refunds)
        if (refund.change_order_id == change.id) send_refund(work, order, change, refund);
    for (const domain::CreditMemo& memo : order.credit_memos)
        if (memo.change_order_id == change.id) send_memo(work, order, change, memo);
}

}  // namespace

Result<json::object> Service::preview(State& state, const Request& request, Action action,
                                      std::string_view order_id, std::int64_t expected_version,
                                      const json::object& input) const {
    const Work work{state, request, settings_};
    const auto planned = prepare(work, action, order_id, expected_version, input);
    if (!planned) return std::unexpected(planned.error());
    return plan_view(planned->order, planned->plan);
}

Result<json::object> Service::submit(State& state, const Request& request, Action action,
                                     std::string_view order_id, std::int64_t expected_version,
                                     const json::object& input) const {
    const Work work{state, request, settings_};
    auto planned = prepare(work, action, order_id, expected_version, input);
    if (!planned) return std::unexpected(std::move(planned).error());
    domain::Order& order = planned->order;
    json::object view = plan_view(order, planned->plan);
    carry_out(work, order, planned->plan);
    const domain::ChangeOrder& change = planned->plan.change;
    send_all(work, order, change);
    work.save(order);
    work.journal("change_order.submitted", order.id, {},
                 {{"change_order", change.id},
                  {"action", view["action"]},
                  {"delta", amount_json(change.delta, order.currency)},
                  {"reason", change.reason}});
    view["change_order"].as_object()["id"] = change.id;
    view["order_version"] = order.version;
    return view;
}

}  // namespace orderhub::servicing
