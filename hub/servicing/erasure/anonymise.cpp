#include "hub/servicing/erasure/anonymise.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 9> kAboutPeople{
    "customer",         "customer_email", "requester", "recipient", "billing_address",
    "shipping_address", "address",        "email",     "phone"};
/// What people typed, or what may cite them.
constexpr std::array<std::string_view, 4> kFreeText{"reason", "changes", "evidence", "note"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

domain::Address place(const domain::Address& address) {
    domain::Address left;
    left.state = address.state;
    left.country = address.country;
    return left;
}

void leave_place(json::object& parent, std::string_view name) {
    auto* found = parent.if_contains(name);
    if (found == nullptr || !found->is_object()) return;
    json::object left;
    for (const auto* kept : {"state", "country"})
        if (const auto* value = found->get_object().if_contains(kept)) left[kept] = *value;
    *found = std::move(left);
}

/// Calls `change` with each object of a list.
template <class Change>
void each(json::object& parent, std::string_view name, Change change) {
    auto* found = parent.if_contains(name);
    if (found == nullptr || !found->is_array()) return;
    for (auto& value : found->get_array())
        if (value.is_object()) change(value.get_object());
}

void clear(json::object& parent, std::string_view name) {
    auto* found = parent.if_contains(name);
    if (found == nullptr) return;
    if (found->is_string()) *found = "";
    if (found->is_array()) *found = json::array();
    if (found->is_object()) *found = json::object();
}

void anonymise_order(json::object& record) {
    if (auto* customer = record.if_contains("customer"); customer && customer->is_object()) {
        json::object left;
        if (const auto* account = customer->get_object().if_contains("account"))
            left["account"] = *account;
        *customer = std::move(left);
    }
    leave_place(record, "billing_address");
    leave_place(record, "shipping_address");
    each(record, "delivery_groups", [](json::object& group) { leave_place(group, "recipient"); });
    each(record, "fulfilments", [](json::object& fulfilment) {
        clear(fulfilment, "tracking_number");
        clear(fulfilment, "tracking_url");
    });
    for (const auto* list : {"refunds", "cancellations"})
        each(record, list, [](json::object& part) { clear(part, "reason"); });
}

void redact(json::value& value, std::string_view type, const Redaction& redaction);

void redact(json::object& object, std::string_view type, const Redaction& redaction) {
    const bool is_case = type.starts_with("case.");
    for (auto& [name, value] : object) {
        const bool goes = is_one_of(kFreeText, name) || is_one_of(kAboutPeople, name) ||
                          (is_case && (name == "subject" || name == "text"));
        if (goes)
            clear(object, name);
        else
            redact(value, type, redaction);
    }
}

void redact(json::value& value, std::string_view type, const Redaction& redaction) {
    if (auto* text = value.if_string()) {
        *text = redaction.redacted(*text);
    } else if (auto* list = value.if_array()) {
        for (auto& part : *list)
            redact(part, type, redaction);
    } else if (auto* object = value.if_object()) {
        redact(*object, type, redaction);
    }
}

/// What a person typed: one word is a reason that many give; a sentence may say anything.
void redact_words(std::string& text, const Redaction& redaction) {
    if (text.find(' ') != text.npos)
        text = kErased;
    else
        redaction.redact(text);
}

void redact_money(domain::Order& order, const Redaction& redaction) {
    for (auto& each : order.payments)
        for (auto& operation : each.operations)
            redaction.redact(operation.message);
    for (auto& each : order.refunds) {
        redact_words(each.reason, redaction);
        redaction.redact(each.message);
    }
    for (auto* documents : {&order.credit_memos, &order.invoices})
        for (auto& each : *documents) {
            redact_words(each.reason, redaction);
            redaction.redact(each.message);
        }
}

void redact_returns(domain::Order& order, const Redaction& redaction) {
    for (auto& each : order.return_orders) {
        redact_words(each.reason, redaction);
        for (auto& line : each.lines) {
            redact_words(line.reason, redaction);
            redact_words(line.rejection_reason, redaction);
        }
    }
}

}  // namespace

void anonymise(domain::Order& order, const Redaction& redaction) {
    domain::Account account = std::move(order.customer.account);
    redaction.redact(account.name);
    order.customer = {};
    order.customer.account = std::move(account);
    order.billing_address = place(order.billing_address);
    order.shipping_address = place(order.shipping_address);
    for (auto& group : order.delivery_groups)
        group.recipient = place(group.recipient);
    for (auto& each : order.fulfilments) {
        each.tracking_number.clear();
        each.tracking_url.clear();
        redact_words(each.reason, redaction);
    }
    redaction.redact(order.url);
    for (auto& each : order.actions)
        redact_words(each.reason, redaction);
    for (auto& each : order.change_orders)
        redact_words(each.reason, redaction);
    for (auto& each : order.exceptions) {
        redaction.redact(each.message);
        redact_words(each.resolution, redaction);
    }
    redact_money(order, redaction);
    redact_returns(order, redaction);
}

void anonymise(domain::Case& support_case) {
    support_case.subject.clear();
    support_case.requester = {};
    support_case.order_number.clear();
    support_case.messages.clear();
    for (auto& each : support_case.suggestions)
        each.evidence.clear();
}

void anonymise(json::object& record, std::string_view kind) {
    if (kind == "order") return anonymise_order(record);
    for (const auto* name : {"subject", "requester", "order_number", "messages"})
        clear(record, name);
}

std::string anonymised_json(std::string_view text, std::string_view type,
                            const Redaction& redaction) {
    json::error_code failed;
    json::value value = json::parse(text, failed);
    if (failed) return redaction.redacted(text);
    redact(value, type, redaction);
    return json::serialize(value);
}

}  // namespace orderhub::servicing
