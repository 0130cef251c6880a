#include "mapping.hpp"

#include <algorithm>
#include <cctype>

#include "amounts.hpp"

namespace orderhub::stripe {
namespace {

std::string text_at(const Json& from, std::string_view key) {
    return from[key].is_text() ? from[key].text() : std::string();
}

/// A status that is null or new has not been decided.
template <class State>
State state_of(const Json& refund) {
    const std::string status = text_at(refund, "status");
    if (status == "succeeded") return State::succeeded;
    return status == "failed" || status == "canceled" ? State::failed : State::pending;
}

/// Why it waits, or why it failed.
std::string words_of(const Json& refund) {
    const std::string status = text_at(refund, "status");
    if (status == "failed") {
        const std::string why = text_at(refund, "failure_reason");
        return why.empty() ? "Stripe gives no reason" : why;
    }
    if (status == "canceled") return "canceled";
    if (status == "requires_action") return "the customer must act";
    return status == "pending" ? text_at(refund, "pending_reason") : std::string();
}

/// By which the customer's bank finds it, once there is one.
std::string reference_of(const Json& refund) {
    const Json& details = refund["destination_details"];
    return text_at(details[text_at(details, "type")], "reference");
}

std::optional<std::string> if_any(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

}  // namespace

bool is_captured_by(const Json& payment, std::string_view key) {
    const std::string keys = " " + text_at(payment["metadata"], kCapturesName) + " ";
    return keys.find(" " + std::string(key) + " ") != std::string::npos;
}

std::string captures_with(const Json& payment, std::string_view key) {
    constexpr std::size_t kLongest = 500;
    std::string keys = text_at(payment["metadata"], kCapturesName);
    if (!keys.empty()) keys += ' ';
    keys += key;
    while (keys.size() > kLongest)
        keys.erase(0, keys.find(' ') + 1);
    return keys;
}

sdk::RefundCreate::Result to_result(const Json& refund) {
    sdk::RefundCreate::Result result;
    result.external_id = refund.at("id").text();
    result.state = state_of<sdk::RefundCreate::Result::State>(refund);
    result.reference = if_any(reference_of(refund));
    result.message = if_any(words_of(refund));
    return result;
}

std::optional<sdk::Refund> to_record(const Json& refund, const Settings& settings,
                                     std::string observed_at) {
    sdk::Refund record;
    record.key = text_at(refund["metadata"], kKeyName);
    record.order_number = text_at(refund["metadata"], kOrderName);
    if (record.key.empty() || record.order_number.empty()) return std::nullopt;
    record.currency = upper(refund.at("currency").text());
    const auto amount =
        from_stripe(refund.at("amount").integer(), record.currency, settings.ugx_decimals);
    if (!amount) return std::nullopt;
    record.amount = *amount;
    record.source.external_id = refund.at("id").text();
    record.source.observed_at = std::move(observed_at);
    record.state = state_of<sdk::Refund::State>(refund);
    record.reference = if_any(reference_of(refund));
    record.message = if_any(words_of(refund));
    return record;
}

std::string refund_of_event(const Json& event) {
    const Json& object = event["data"]["object"];
    return text_at(object, "object") == "refund" ? text_at(object, "id") : std::string();
}

}  // namespace orderhub::stripe
