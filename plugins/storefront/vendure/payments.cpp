#include "payments.hpp"

#include <functional>
#include <orderhub/money.hpp>

#include "once.hpp"
#include "payload.hpp"

namespace orderhub::vendure {
namespace {

/// What is to become of an authorized payment.
struct Move {
    std::string_view to;  ///< Vendure's state
    std::function<json::object(const std::string& payment)> ask;
};

const json::object& whole_payment(const json::object& order, const json::object& payload,
                                  std::int64_t amount) {
    const json::object& payment = payment_of(order, payload);
    const std::int64_t all = whole(payment, "amount");
    if (amount == all) return payment;
    const std::string_view currency = required_text(payload, "currency");
    throw sdk::rejected(
        "whole_payment_only",
        "the shop captures and cancels a payment as a whole: " + sdk::to_decimal(all, currency) +
            " " + std::string(currency) + ", not a part");
}

/// Nothing while the payment is neither there nor beyond help. A payment whose capture or
/// cancellation the provider refused stands in state Error, with the provider's words.
std::optional<json::object> outcome_of(const json::object& payment, std::string_view wanted) {
    const std::string_view state = text_of(payment, "state");
    if (state == wanted) return json::object{{"state", "succeeded"}};
    if (state != "Error") return std::nullopt;
    json::object result{{"state", "failed"}};
    put_text(result, "message", text_of(payment, "errorMessage"), 1000);
    return result;
}

/// The shop would ask the provider first and look at the payment's state afterwards, and it cancels
/// a captured payment without giving the money back.
void check_authorized(const json::object& payment) {
    const std::string_view state = text_of(payment, "state");
    if (state != "Authorized")
        throw sdk::rejected("payment_not_authorized",
                            "the payment is " + std::string(state) + ", not Authorized");
}

void move(sdk::Call& call, const Config& config, Client& client, const sdk::Command& command,
          const Move& wanted) {
    const json::object& payload = command.payload;
    const std::int64_t amount = payload_amount(payload);
    const std::string id = id_of(member(payload, "payment"), "external_id");
    perform_once(call, config, client,
                 {id_of(member(payload, "order"), "external_id"),
                  [&](const json::object& order) {
                      return outcome_of(whole_payment(order, payload, amount), wanted.to);
                  },
                  [&](const json::object& order) {
                      check_authorized(whole_payment(order, payload, amount));
                  },
                  [&] {
                      refuse_if_error(wanted.ask(id));
                      return json::object{{"state", "succeeded"}};
                  }});
}

}  // namespace

void execute_capture(sdk::Call& call, const Config& config, Client& client,
                     const sdk::Command& command) {
    move(call, config, client, command,
         {"Settled", [&](const std::string& id) { return client.settle_payment(call, id); }});
}

void execute_reverse(sdk::Call& call, const Config& config, Client& client,
                     const sdk::Command& command) {
    move(call, config, client, command,
         {"Cancelled", [&](const std::string& id) { return client.cancel_payment(call, id); }});
}

}  // namespace orderhub::vendure
