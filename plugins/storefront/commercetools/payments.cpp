#include "payments.hpp"

#include <algorithm>

#include "documents/members.hpp"
#include "documents/money.hpp"
#include "lines.hpp"

namespace orderhub::commercetools {
namespace {

using documents::first_of;
using documents::instant_at;
using documents::text_at;

constexpr std::size_t kLongestText = 255;
constexpr std::size_t kLongestId = 128;
constexpr std::size_t kLongestKey = 64;
constexpr std::string_view kField = "orderhubKey";
constexpr std::string_view kPrefix = "orderhub-";

bool is(const Json& transaction, std::string_view type, std::string_view state) {
    return text_at(transaction, "type") == type && text_at(transaction, "state") == state;
}

std::int64_t sum_of(const Json& payment, std::string_view type, std::string_view state,
                    const std::string& currency) {
    std::int64_t sum = 0;
    for (const Json& each : list_at(payment, "transactions"))
        if (is(each, type, state)) sum += minor_of(each["amount"], currency);
    return sum;
}

bool has(const Json& payment, std::string_view type, std::string_view state) {
    return std::ranges::any_of(list_at(payment, "transactions"),
                               [&](const Json& each) { return is(each, type, state); });
}

/// A payment is what the last that happened to it made of it.
void take_state(const Json& payment, sdk::OrderPayment& record, const std::string& currency) {
    using State = sdk::OrderPaymentState;
    std::int64_t amount = minor_of(payment.at("amountPlanned"), currency);
    record.state = State::pending;
    if (has(payment, "Charge", "Success")) {
        record.state = State::captured;
        amount = sum_of(payment, "Charge", "Success", currency);
    } else if (has(payment, "CancelAuthorization", "Success")) {
        record.state = State::cancelled;
    } else if (has(payment, "Authorization", "Success")) {
        record.state = State::authorized;
        amount = sum_of(payment, "Authorization", "Success", currency);
    } else if (has(payment, "Charge", "Failure") || has(payment, "Authorization", "Failure")) {
        record.state = State::declined;
    }
    record.amount = sdk::to_decimal(amount, currency);
}

sdk::OrderRefundState refund_state(const Json& transaction) {
    const std::string state = text_at(transaction, "state");
    if (state == "Success") return sdk::OrderRefundState::succeeded;
    return state == "Failure" ? sdk::OrderRefundState::failed : sdk::OrderRefundState::pending;
}

}  // namespace

std::string key_of(const Json& transaction) {
    const std::string field = text_at(transaction["custom"]["fields"], kField);
    if (!field.empty()) return field;
    const std::string id = text_at(transaction, "interactionId");
    return id.starts_with(kPrefix) ? id.substr(kPrefix.size()) : std::string();
}

const Json* find_transaction(const Json& payment, std::string_view key) {
    for (const Json& each : list_at(payment, "transactions"))
        if (text_at(each, "type") == "Refund" && key_of(each) == key) return &each;
    return nullptr;
}

std::int64_t refundable(const Json& payment, const std::string& currency) {
    std::int64_t left = sum_of(payment, "Charge", "Success", currency) -
                        sum_of(payment, "Chargeback", "Success", currency);
    for (const Json& each : list_at(payment, "transactions"))
        if (text_at(each, "type") == "Refund" && text_at(each, "state") != "Failure")
            left -= minor_of(each["amount"], currency);
    return left;
}

Json refund_action(const Settings& settings, const sdk::RefundCreate& wanted, std::string_view key,
                   const std::string& now) {
    Json transaction = Json::object(
        {{"type", "Refund"},
         {"timestamp", now},
         {"amount", Json::object({{"currencyCode", wanted.currency},
                                  {"centAmount", sdk::to_minor(wanted.amount, wanted.currency)}})},
         {"state", settings.refunds_are_done ? "Success" : "Initial"}});
    if (settings.transaction_type.empty()) {
        transaction.set("interactionId", std::string(kPrefix) + std::string(key));
    } else {
        const Json type = Json::object({{"typeId", "type"}, {"key", settings.transaction_type}});
        transaction.set(
            "custom",
            Json::object({{"type", type}, {"fields", Json::object({{std::string(kField), key}})}}));
    }
    return Json::object({{"action", "addTransaction"}, {"transaction", std::move(transaction)}});
}

sdk::RefundCreate::Result result_of(const Json& transaction) {
    sdk::RefundCreate::Result result;
    result.external_id = transaction.at("id").text();
    const auto state = refund_state(transaction);
    result.state = state == sdk::OrderRefundState::succeeded
                       ? sdk::RefundCreateResultState::succeeded
                   : state == sdk::OrderRefundState::failed ? sdk::RefundCreateResultState::failed
                                                            : sdk::RefundCreateResultState::pending;
    if (result.state == sdk::RefundCreateResultState::failed)
        result.message = "the payment's integration has marked the refund as failed";
    return result;
}

void take_payment(const Json& payment, sdk::Order& record) {
    const Json& info = payment["paymentMethodInfo"];
    sdk::OrderPayment shown;
    shown.external_id = payment.at("id").text();
    shown.method = first_of({text_at(info, "method"), text_at(info, "paymentInterface"), "unknown"},
                            kLongestId)
                       .value();
    shown.reference = first_of({text_at(payment, "interfaceId")}, kLongestText);
    shown.at = instant_at(payment, "createdAt");
    take_state(payment, shown, record.currency);
    for (const Json& each : list_at(payment, "transactions")) {
        const std::string type = text_at(each, "type");
        if (type != "Refund" && type != "Chargeback") continue;
        sdk::OrderRefund refund;
        refund.external_id = each.at("id").text();
        refund.payment = shown.external_id;
        refund.amount =
            sdk::to_decimal(minor_of(each.at("amount"), record.currency), record.currency);
        refund.state = refund_state(each);
        if (type == "Chargeback") refund.kind = sdk::OrderRefundKind::chargeback;
        refund.key = first_of({key_of(each)}, kLongestKey);
        refund.reference = first_of({text_at(each, "interactionId")}, kLongestText);
        refund.at = instant_at(each, "timestamp");
        record.refunds.push_back(std::move(refund));
    }
    record.payments.push_back(std::move(shown));
}

}  // namespace orderhub::commercetools
