#include "hub/servicing/desk.hpp"

#include <algorithm>

#include "hub/domain/return_orders.hpp"
#include "hub/domain/status.hpp"
#include "hub/linking/contact.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/customers/customers.hpp"
#include "hub/servicing/linking/matching.hpp"
#include "hub/servicing/linking/order_index.hpp"
#include "hub/servicing/returns.hpp"

namespace orderhub::servicing {

namespace {

std::string digits_of(const std::string& phone) {
    std::string result;
    for (const char c : phone)
        if ((c >= '0' && c <= '9') || (c == '+' && result.empty())) result += c;
    return result;
}

OrderRow to_row(const domain::Order& order) {
    OrderRow row;
    row.id = order.id;
    row.version = order.version;
    row.document = encode(order);
    row.connector = order.connector;
    row.external_id = order.external_id;
    row.number = order.number;
    row.email = linking::normal_email(order.customer.email);
    row.customer_name = order.customer.name;
    row.phone = digits_of(order.customer.phone);
    row.status = domain::to_text(domain::status(order));
    row.currency = order.currency.code;
    row.grand_total = domain::to_decimal(domain::total(order).inc, order.currency);
    row.placed_at = to_rfc3339(order.placed_at);
    row.updated_at = to_rfc3339(order.updated_at);
    row.has_exception = std::ranges::any_of(order.exceptions, [](const auto& each) {
        return each.state == domain::ExceptionState::active;
    });
    for (const domain::Fulfilment& each : order.fulfilments)
        if (!each.tracking_number.empty()) row.tracking_numbers.push_back(each.tracking_number);
    // The books know a document by its number alone, and people look orders up by it.
    for (const auto* documents : {&order.credit_memos, &order.invoices})
        for (const domain::Document& each : *documents)
            row.tracking_numbers.push_back(each.number);
    for (const domain::ReturnOrder& each : order.return_orders)
        row.tracking_numbers.push_back(each.number);
    if (std::ranges::any_of(order.return_orders, domain::may_receive, &domain::ReturnOrder::state))
        row.tracking_numbers.emplace_back(kExpectedReturn);
    return row;
}

CaseRow to_row(const domain::Case& from) {
    CaseRow row;
    row.id = from.id;
    row.version = from.version;
    row.document = encode(from);
    row.connector = from.connector;
    row.external_id = from.external_id;
    row.subject = from.subject;
    row.requester_email = linking::normal_email(from.requester.email);
    row.state = from.state;
    row.decision = word(from.decision);
    row.order_id = from.order_id;
    row.further_orders = from.further_orders;
    row.updated_at = to_rfc3339(from.updated_at);
    return row;
}

template <class Parts>
void give_ids(const Work& work, Parts& parts, std::string_view prefix) {
    for (auto& part : parts)
        if (part.id.empty()) part.id = work.id(prefix);
}

}  // namespace

domain::Policy Work::policy() const {
    domain::Policy policy = settings.policy;
    const auto limits = settings.gift_limits.find(request.role);
    if (limits != settings.gift_limits.end()) {
        policy.goodwill_limit = limits->second.goodwill;
        policy.appeasement_limit = limits->second.appeasement;
    }
    return policy;
}

Result<domain::Order> Work::order(std::string_view id) const {
    const auto row = state.order(id);
    if (!row)
        return fail(ErrorKind::NotFound, "no_such_order", "there is no order " + std::string(id));
    return decode_order(row->document);
}

Result<domain::Case> Work::support_case(std::string_view id) const {
    const auto row = state.case_by_id(id);
    if (!row)
        return fail(ErrorKind::NotFound, "no_such_case", "there is no case " + std::string(id));
    return decode_case(row->document);
}

std::vector<std::int64_t> Work::save(domain::Order& order) const {
    give_ids(*this, order.change_orders, "co");
    give_ids(*this, order.refunds, "rf");
    give_ids(*this, order.fulfilments, "fo");
    give_ids(*this, order.exceptions, "px");
    const bool is_new = ++order.version == 1;
    order.updated_at = request.now_ms;
    OrderRow row = to_row(order);
    row.match_keys = match_keys(order, settings.linking);
    assign_customer(*this, order, row);
    state.save_order(row);
    if (is_new)
        settings.goods_words->add(order);
    else
        refresh_links(*this, order);
    return std::move(row.match_keys);
}

void Work::save(domain::Case& support_case) const {
    ++support_case.version;
    support_case.updated_at = request.now_ms;
    CaseRow row = to_row(support_case);
    row.match_keys = match_keys(support_case, settings.linking);
    assign_customer(*this, support_case, row);
    state.save_case(row);
}

void Work::journal(std::string type, std::string_view order_id, std::string_view case_id,
                   const boost::json::object& data) const {
    Event event;
    event.id = id("ev");
    event.type = std::move(type);
    event.order_id = order_id;
    event.case_id = case_id;
    event.actor = request.actor;
    event.trace = request.trace;
    event.data = boost::json::serialize(data);
    event.at = to_rfc3339(request.now_ms);
    event.address = request.address;
    state.append(std::move(event));
}

void Work::journal(std::string type, const domain::Order& order, boost::json::object data) const {
    data["order_version"] = order.version;
    journal(std::move(type), order.id, {}, data);
}

void Work::send(OutgoingCommand command, const boost::json::object& payload) const {
    command.payload = boost::json::serialize(payload);
    state.send(command);
}

boost::json::object amount_json(const domain::Amount& amount, const domain::Currency& currency) {
    return {{"ex", domain::to_decimal(amount.ex, currency)},
            {"tax", domain::to_decimal(amount.tax, currency)},
            {"inc", domain::to_decimal(amount.inc, currency)}};
}

}  // namespace orderhub::servicing
