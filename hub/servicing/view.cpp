#include "hub/servicing/view.hpp"

#include <algorithm>

#include "hub/domain/status.hpp"
#include "hub/domain/words.hpp"
#include "hub/servicing/codec.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

json::value instant(std::int64_t at) {
    return at == 0 ? json::value(nullptr) : json::value(to_rfc3339(at));
}

json::object address_view(const domain::Address& from) {
    return {{"name", from.name},         {"company", from.company}, {"line1", from.line1},
            {"line2", from.line2},       {"city", from.city},       {"state", from.state},
            {"postcode", from.postcode}, {"country", from.country}, {"phone", from.phone}};
}

json::array adjustments_view(const domain::Line& line, const domain::Currency& currency) {
    json::array views;
    for (const domain::Adjustment& each : line.adjustments)
        views.push_back({{"level", each.order_level ? "order" : "line"},
                         {"label", each.label},
                         {"amount", amount_json(each.amount, currency)}});
    return views;
}

json::object quantities_view(const domain::Line& line) {
    const bool product = line.kind == domain::LineKind::product;  // an agent acts on nothing else
    return {{"ordered", line.ordered},
            {"cancelled", line.cancelled},
            {"allocated", line.allocated},
            {"fulfilled", line.fulfilled},
            {"return_initiated", line.return_initiated},
            {"returned", line.returned},
            {"reshipped", line.reshipped},
            {"current", line.quantity()},
            {"available_to_cancel",
             product ? std::max<std::int64_t>(0, line.available_to_cancel()) : 0},
            {"available_to_return",
             product ? std::max<std::int64_t>(0, line.available_to_return()) : 0}};
}

json::object line_view(const domain::Line& line, const domain::Order& order) {
    const domain::Currency& currency = order.currency;
    return {{"id", line.id},
            {"external_id", line.external_id},
            {"kind", domain::to_text(line.kind)},
            {"sku", line.sku},
            {"name", line.name},
            {"status", domain::to_text(domain::status(line))},
            {"quantities", quantities_view(line)},
            {"unit_price", amount_json(line.unit_price, currency)},
            {"list", amount_json(line.list, currency)},
            {"adjustments", adjustments_view(line, currency)},
            {"original", amount_json(line.original, currency)},
            {"current", amount_json(domain::value(line.pool, order.tax_locale), currency)},
            {"taxes", taxes_view(line.pool.taxes, currency)}};
}

json::object change_view(const domain::ChangeOrder& change, const domain::Order& order) {
    json::array lines;
    for (const domain::ChangeLine& part : change.lines) {
        const domain::Line* line = domain::find_line(order, part.line_id);
        lines.push_back({{"line_id", part.line_id},
                         {"name", line == nullptr ? std::string() : line->name},
                         {"quantity", part.quantity},
                         {"delta", amount_json(part.delta, order.currency)}});
    }
    json::object view{{"kind", domain::to_text(change.kind)},
                      {"origin", change.origin},
                      {"actor", change.actor},
                      {"reason", change.reason},
                      {"lines", std::move(lines)},
                      {"delta", amount_json(change.delta, order.currency)}};
    if (!change.id.empty()) view["id"] = change.id;
    if (change.at != 0) view["at"] = to_rfc3339(change.at);
    return view;
}

json::object refund_view(const domain::Refund& refund, const domain::Currency& currency) {
    return {{"id", refund.id},
            {"external_id", refund.external_id},
            {"payment", refund.payment},
            {"amount", domain::to_decimal(refund.amount, currency)},
            {"state", domain::to_text(refund.state)},
            {"origin", refund.origin},
            {"change_order", refund.change_order_id},
            {"reason", refund.reason},
            {"reference", refund.reference},
            {"message", refund.message},
            {"at", instant(refund.at)}};
}

json::object memo_view(const domain::CreditMemo& memo, const domain::Order& order) {
    json::object view = memo_record(order, memo, {});
    view.erase("reason");
    view["id"] = memo.id;
    view["state"] = domain::to_text(memo.state);
    view["posted_number"] = memo.posted_number;
    view["message"] = memo.message;
    return view;
}

json::array payments_view(const domain::Order& order) {
    json::array views;
    for (const domain::Payment& each : order.payments)
        views.push_back(
            {{"external_id", each.external_id},
             {"method", each.method},
             {"state", domain::to_text(each.state)},
             {"amount", domain::to_decimal(each.amount, order.currency)},
             {"available_to_refund",
              domain::to_decimal(domain::available_to_refund(order, each), order.currency)},
             {"reference", each.reference},
             {"at", instant(each.at)}});
    return views;
}

json::array fulfilments_view(const domain::Order& order) {
    json::array views;
    for (const domain::Fulfilment& each : order.fulfilments) {
        json::array lines;
        for (const domain::FulfilmentLine& part : each.lines)
            lines.push_back({{"line_id", part.line_id}, {"quantity", part.quantity}});
        views.push_back({{"external_id", each.external_id},
                         {"state", domain::to_text(each.state)},
                         {"carrier", each.carrier},
                         {"tracking_number", each.tracking_number},
                         {"tracking_url", each.tracking_url},
                         {"lines", std::move(lines)},
                         {"at", instant(each.at)}});
    }
    return views;
}

json::array exceptions_view(const domain::Order& order) {
    json::array views;
    for (const domain::ProcessException& each : order.exceptions)
        views.push_back({{"id", each.id},
                         {"code", each.code},
                         {"subject", each.subject},
                         {"category", each.category},
                         {"severity", each.severity},
                         {"status", each.active ? "active" : "resolved"},
                         {"message", each.message},
                         {"raised_at", instant(each.raised_at)},
                         {"resolved_at", instant(each.resolved_at)}});
    return views;
}

json::object money_view(const domain::Order& order) {
    const auto text = [&](domain::Minor amount) {
        return domain::to_decimal(amount, order.currency);
    };
    return {{"authorized", text(domain::authorized(order))},
            {"captured", text(domain::captured(order))},
            {"refunded", text(domain::refunded(order))}};
}

json::object totals_view(const domain::Order& order) {
    const domain::Amount original = domain::original_total(order);
    const domain::Amount current = domain::total(order);
    return {{"original", amount_json(original, order.currency)},
            {"changes", amount_json(current - original, order.currency)},
            {"current", amount_json(current, order.currency)}};
}

json::object header_view(const domain::Order& order) {
    return {{"id", order.id},
            {"version", order.version},
            {"number", order.number},
            {"connector", order.connector},
            {"external_id", order.external_id},
            {"channel", order.channel},
            {"url", order.url},
            {"currency", order.currency.code},
            {"tax_locale", order.tax_locale == domain::TaxLocale::net ? "net" : "gross"},
            {"status", domain::to_text(domain::status(order))},
            {"payment_status", domain::to_text(domain::payment_status(order))},
            {"storefront_state", order.storefront_state},
            {"placed_at", instant(order.placed_at)},
            {"updated_at", instant(order.updated_at)},
            {"customer", customer_view(order.customer)},
            {"billing_address", address_view(order.billing_address)},
            {"shipping_address", address_view(order.shipping_address)}};
}

}  // namespace

json::object customer_view(const domain::Customer& customer) {
    return {{"external_id", customer.external_id},
            {"name", customer.name},
            {"email", customer.email},
            {"phone", customer.phone}};
}

json::array taxes_view(const std::vector<domain::Tax>& taxes, const domain::Currency& currency) {
    json::array views;
    for (const domain::Tax& tax : taxes)
        views.push_back({{"label", tax.label},
                         {"rate", tax.rate},
                         {"amount", domain::to_decimal(tax.amount, currency)}});
    return views;
}

json::object step_view(const StepRow& step) {
    return {{"delivery", step.delivery_id},
            {"kind", step.kind},
            {"connector", step.connector},
            {"state", step.state},
            {"attempts", step.attempts},
            {"message", step.message},
            {"change_order", step.change_order_id},
            {"updated_at", step.updated_at}};
}

json::object memo_record(const domain::Order& order, const domain::CreditMemo& memo,
                         const std::string& reason) {
    json::array lines;
    for (const domain::MemoLine& line : memo.lines)
        lines.push_back({{"kind", domain::to_text(line.kind)},
                         {"sku", line.sku},
                         {"name", line.name},
                         {"quantity", line.quantity},
                         {"total", amount_json(line.total, order.currency)},
                         {"taxes", taxes_view(line.taxes, order.currency)}});
    return {{"number", memo.number},
            {"date", to_rfc3339(memo.at).substr(0, 10)},
            {"currency", order.currency.code},
            {"reason", reason},
            {"totals", amount_json(memo.total, order.currency)},
            {"order_number", order.number},
            {"change_order", memo.change_order_id},
            {"customer", customer_view(order.customer)},
            {"lines", std::move(lines)}};
}

json::object order_view(const domain::Order& order, const std::vector<StepRow>& steps,
                        const std::vector<CaseRow>& cases) {
    json::object view = header_view(order);
    view["totals"] = totals_view(order);
    view["money"] = money_view(order);
    json::array lines, changes, refunds, memos, step_views, case_views;
    for (const domain::Line& line : order.lines)
        lines.push_back(line_view(line, order));
    for (const StepRow& step : steps)
        step_views.push_back(step_view(step));
    for (const domain::ChangeOrder& change : order.change_orders)
        changes.push_back(change_view(change, order));
    for (const domain::Refund& refund : order.refunds)
        refunds.push_back(refund_view(refund, order.currency));
    for (const domain::CreditMemo& memo : order.credit_memos)
        memos.push_back(memo_view(memo, order));
    for (const CaseRow& row : cases)
        case_views.push_back({{"id", row.id},
                              {"connector", row.connector},
                              {"external_id", row.external_id},
                              {"subject", row.subject},
                              {"state", row.state}});
    view["lines"] = std::move(lines);
    view["payments"] = payments_view(order);
    view["refunds"] = std::move(refunds);
    view["fulfilments"] = fulfilments_view(order);
    view["change_orders"] = std::move(changes);
    view["credit_memos"] = std::move(memos);
    view["exceptions"] = exceptions_view(order);
    view["cases"] = std::move(case_views);
    view["steps"] = std::move(step_views);
    return view;
}

json::object plan_view(const domain::Order& order, const domain::Plan& plan) {
    json::array refunds, steps;
    if (plan.change.kind == domain::ChangeKind::cancel) steps.emplace_back("order.cancel");
    for (const domain::PlannedRefund& part : plan.refunds) {
        refunds.push_back({{"payment", part.payment},
                           {"amount", domain::to_decimal(part.amount, order.currency)}});
        steps.emplace_back("refund.create");
    }
    if (plan.credit_memo) steps.emplace_back("credit_memo.post");
    const domain::Amount before = domain::total(order);
    json::object view{{"order_id", order.id},
                      {"order_version", order.version},
                      {"action", domain::to_text(plan.change.kind)},
                      {"currency", order.currency.code},
                      {"change_order", change_view(plan.change, order)},
                      {"totals",
                       {{"before", amount_json(before, order.currency)},
                        {"after", amount_json(before + plan.change.delta, order.currency)}}},
                      {"refunds", std::move(refunds)},
                      {"steps", std::move(steps)}};
    view["credit_memo"] = plan.credit_memo
                              ? json::value(amount_json(-plan.change.delta, order.currency))
                              : json::value(nullptr);
    return view;
}

json::object case_view(const domain::Case& from) {
    json::array suggestions, messages;
    for (const domain::Suggestion& each : from.suggestions) {
        json::array evidence;
        for (const std::string& sentence : each.evidence)
            evidence.emplace_back(sentence);
        suggestions.push_back({{"order_id", each.order_id},
                               {"number", each.number},
                               {"score", each.score},
                               {"evidence", std::move(evidence)}});
    }
    for (const domain::CaseMessage& each : from.messages)
        messages.push_back({{"direction", each.direction},
                            {"author", each.author},
                            {"at", instant(each.at)},
                            {"text", each.text}});
    return {{"id", from.id},
            {"version", from.version},
            {"connector", from.connector},
            {"external_id", from.external_id},
            {"subject", from.subject},
            {"state", from.state},
            {"desk_state", from.desk_state},
            {"queue", from.queue},
            {"url", from.url},
            {"created_at", instant(from.created_at)},
            {"requester", customer_view(from.requester)},
            {"decision", domain::to_text(from.decision)},
            {"decided_by", from.decided_by},
            {"order_id", from.order_id.empty() ? json::value(nullptr) : json::value(from.order_id)},
            {"suggestions", std::move(suggestions)},
            {"messages", std::move(messages)}};
}

}  // namespace orderhub::servicing
