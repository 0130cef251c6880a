#include "commands.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "amounts.hpp"
#include "mapping.hpp"

namespace orderhub::stripe {
namespace {

using Capture = sdk::PaymentCapture::Result;
using Reverse = sdk::PaymentReverse::Result;

PaymentName name_of(const std::optional<std::string>& reference) {
    const std::string id = reference.value_or("");
    const bool plain =
        std::ranges::all_of(id, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
    const bool is_intent = id.starts_with("pi_");
    if (!plain || !(is_intent || id.starts_with("ch_") || id.starts_with("py_")))
        throw sdk::rejected("bad_reference", "the payment's reference is '" + id +
                                                 "'; expected one that begins with pi_, ch_ or "
                                                 "py_, as Stripe knows payments");
    return {id, is_intent};
}

std::string text_at(const Json& from, std::string_view key) {
    return from[key].is_text() ? from[key].text() : std::string();
}

bool is_true(const Json& from, std::string_view key) {
    return from[key].is_bool() && from[key].boolean();
}

/// Stripe counts in the payment's currency, whatever the order's is.
void check_currency(const Json& payment, const std::string& currency) {
    std::string theirs = payment.at("currency").text();
    std::ranges::transform(theirs, theirs.begin(), [](unsigned char c) { return std::toupper(c); });
    if (theirs != currency)
        throw sdk::rejected("currency_differs",
                            "the payment is in " + theirs + ", the order in " + currency);
}

/// What is authorized and not yet captured.
std::int64_t capturable(const PaymentName& name, const Json& payment) {
    if (name.is_intent) return payment.at("amount_capturable").integer();
    if (is_true(payment, "captured")) return 0;
    return payment.at("amount").integer() - payment.at("amount_refunded").integer();
}

bool can_be_captured_in_parts(const Json& payment) {
    const Json& multi = payment["latest_charge"]["payment_method_details"]["card"]["multicapture"];
    return text_at(multi, "status") == "available";
}

/// Where a PaymentIntent stands, for a person.
std::string standing(const Json& payment) {
    std::string text = "the payment is " + text_at(payment, "status");
    if (const std::string why = text_at(payment, "cancellation_reason"); !why.empty())
        text += " (" + why + ")";
    return text;
}

/// One that Stripe still works on is asked for again, until it is over or a person looks.
Capture to_capture(const Json& payment) {
    if (text_at(payment, "status") == "processing")
        throw sdk::unknown("processing", "Stripe has not decided about the capture yet");
    Capture result;
    result.state = Capture::State::succeeded;
    return result;
}

Capture failed_capture(std::string message) {
    Capture result;
    result.state = Capture::State::failed;
    result.message = std::move(message);
    return result;
}

Reverse reversed() {
    Reverse result;
    result.state = Reverse::State::succeeded;
    return result;
}

}  // namespace

Json Commands::post_refund(const PaymentName& name, std::int64_t amount,
                           std::string_view order_number) {
    sdk::Fields fields{{name.parameter(), name.id},
                       {"amount", std::to_string(amount)},
                       {"metadata[" + std::string(kKeyName) + "]", std::string(command_.key)},
                       {"metadata[" + std::string(kOrderName) + "]", std::string(order_number)}};
    if (!settings_.refund_reason.empty()) fields.emplace_back("reason", settings_.refund_reason);
    return client_.post("/refunds", fields, command_.key);
}

sdk::RefundCreate::Result Commands::refund(const sdk::RefundCreate& wanted) {
    const PaymentName name = name_of(wanted.payment.reference);
    const std::int64_t amount = to_stripe(wanted.amount, wanted.currency, settings_.ugx_decimals);
    return sdk::do_once(
        call_, command_,
        [&]() -> std::optional<sdk::RefundCreate::Result> {
            const auto found = client_.refund_by_key(name, command_.key);
            return found ? std::optional(to_result(*found)) : std::nullopt;
        },
        [&] {
            check_currency(client_.payment(name), wanted.currency);
            return to_result(post_refund(name, amount, wanted.order.number));
        });
}

Capture Commands::capture_now(const PaymentName& name, const Json& payment, std::int64_t amount) {
    const std::int64_t most = capturable(name, payment);
    if (name.is_intent && text_at(payment, "status") == "canceled")
        return failed_capture(standing(payment));
    if (amount > most)
        throw sdk::rejected("too_much", name.is_intent
                                            ? standing(payment) + ", too little of it is authorized"
                                            : "too little of the charge is authorized");
    const bool in_parts = amount < most && can_be_captured_in_parts(payment);
    if (amount < most && !in_parts && !settings_.releases_rest)
        throw sdk::rejected("captured_once",
                            "the payment can be captured only once, and the rest would be lost; "
                            "partial_capture: release_rest allows it");
    if (!name.is_intent) {
        client_.post("/charges/" + name.id + "/capture", {{"amount", std::to_string(amount)}},
                     command_.key);
        return to_capture({});
    }
    sdk::Fields fields{
        {"amount_to_capture", std::to_string(amount)},
        {"metadata[" + std::string(kCapturesName) + "]", captures_with(payment, command_.key)}};
    if (in_parts) fields.emplace_back("final_capture", "false");
    return to_capture(
        client_.post("/payment_intents/" + name.id + "/capture", fields, command_.key));
}

Capture Commands::capture(const sdk::PaymentCapture& wanted) {
    const PaymentName name = name_of(wanted.payment.reference);
    const std::int64_t amount = to_stripe(wanted.amount, wanted.currency, settings_.ugx_decimals);
    const auto is_ours = [&](const Json& payment) {
        if (name.is_intent) return is_captured_by(payment, command_.key);
        return is_true(payment, "captured") && payment.at("amount_captured").integer() == amount;
    };
    try {
        return sdk::do_once(
            call_, command_,
            [&]() -> std::optional<Capture> {
                const Json payment = client_.payment(name);
                return is_ours(payment) ? std::optional(to_capture(payment)) : std::nullopt;
            },
            [&] {
                const Json payment = client_.payment(name);
                check_currency(payment, wanted.currency);
                return capture_now(name, payment, amount);
            });
    } catch (const sdk::Stop& stop) {
        if (stop.code != "declined") throw;
        return failed_capture(stop.message);
    }
}

Reverse Commands::reverse_now(const PaymentName& name, const Json& payment, std::int64_t amount,
                              std::string_view order_number) {
    if (name.is_intent && text_at(payment, "status") == "canceled") return reversed();
    const std::int64_t authorized = capturable(name, payment);
    if (authorized == 0)
        throw sdk::rejected("not_authorized",
                            name.is_intent ? standing(payment) : "the charge has been captured");
    if (amount != authorized)
        throw sdk::rejected("only_whole",
                            "Stripe gives up an authorization only as a whole, which "
                            "is another amount");
    if (name.is_intent)
        client_.post("/payment_intents/" + name.id + "/cancel",
                     {{"cancellation_reason", "requested_by_customer"}}, command_.key);
    else
        post_refund(name, amount, order_number);
    return reversed();
}

Reverse Commands::reverse(const sdk::PaymentReverse& wanted) {
    const PaymentName name = name_of(wanted.payment.reference);
    const std::int64_t amount = to_stripe(wanted.amount, wanted.currency, settings_.ugx_decimals);
    return sdk::do_once(
        call_, command_,
        [&]() -> std::optional<Reverse> {
            const bool gone = name.is_intent
                                  ? text_at(client_.payment(name), "status") == "canceled"
                                  : client_.refund_by_key(name, command_.key).has_value();
            return gone ? std::optional(reversed()) : std::nullopt;
        },
        [&] {
            const Json payment = client_.payment(name);
            check_currency(payment, wanted.currency);
            return reverse_now(name, payment, amount, wanted.order.number);
        });
}

}  // namespace orderhub::stripe
