#include "commands.hpp"

#include <algorithm>
#include <orderhub/money.hpp>

#include "once.hpp"
#include "reason.hpp"

namespace orderhub::vendure {
namespace {

const json::object& member(const json::object& object, std::string_view key) {
    return as_object(object.at(key), key);
}

void refuse_if_error(const json::object& answer) {
    if (answer.contains("errorCode")) throw refusal(answer);
}

json::object refund_result(const json::object& row) {
    const std::string_view state = refund_state(text_of(row, "state"));
    json::object result{{"external_id", id_of(row, "id")}, {"state", state}};
    put_text(result, "reference", text_of(row, "transactionId"), 255);
    if (state == "failed") result["message"] = "the payment method answered that the refund failed";
    return result;
}

std::int64_t refund_amount(const json::object& payload) {
    const std::string_view currency = required_text(payload, "currency");
    if (currency != required_text(member(payload, "order"), "currency"))
        throw sdk::rejected("wrong_currency", "the refund's currency is not the order's");
    std::int64_t amount = 0;
    std::string reason;
    try {
        amount = sdk::to_minor(required_text(payload, "amount"), currency);
    } catch (const std::invalid_argument& thrown) {
        reason = thrown.what();
    }
    if (!reason.empty()) throw sdk::rejected("bad_amount", reason);
    if (amount <= 0) throw sdk::rejected("bad_amount", "a refund must be more than nothing");
    return amount;
}

void check_refund(const json::object& order, std::string_view payment, std::string_view currency) {
    if (text_of(order, "currencyCode") != currency)
        throw sdk::rejected("wrong_currency", "the shop keeps this order in " +
                                                  std::string(text_of(order, "currencyCode")));
    const json::array& payments = list_of(order, "payments");
    if (std::none_of(payments.begin(), payments.end(), [&](const json::value& each) {
            return id_of(as_object(each, "payments"), "id") == payment;
        }))
        throw sdk::rejected("payment_not_found", "the order has no such payment");
}

std::vector<CancelledLine> cancelled_lines(const json::object& payload) {
    std::vector<CancelledLine> lines;
    for (const json::value& each : list_of(payload, "lines")) {
        const json::object& row = as_object(each, "lines");
        lines.push_back({id_of(row, "line"), whole(row, "quantity")});
    }
    return lines;
}

/// Vendure would answer an unknown line id with an internal error, whose outcome nobody can tell.
void check_lines(const json::object& order, const std::vector<CancelledLine>& lines) {
    const json::array& known = list_of(order, "lines");
    for (const CancelledLine& wanted : lines)
        if (std::none_of(known.begin(), known.end(), [&](const json::value& each) {
                return id_of(as_object(each, "lines"), "id") == wanted.line;
            }))
            throw sdk::rejected("line_not_found", "the order has no product line " + wanted.line +
                                                      "; deliveries and fees cannot be cancelled");
}

}  // namespace

void execute_refund(sdk::Call& call, const Config& config, Client& client,
                    const sdk::Command& command) {
    const json::object& payload = command.payload;
    const std::int64_t amount = refund_amount(payload);
    const std::string payment = id_of(member(payload, "payment"), "external_id");
    const std::string reason = with_key(text_of(payload, "reason"), command.key);
    perform_once(call, config, client,
                 {id_of(member(payload, "order"), "external_id"),
                  [&](const json::object& order) -> std::optional<json::object> {
                      const json::object* row = find_refund(order, command.key);
                      if (row == nullptr) return std::nullopt;
                      return refund_result(*row);
                  },
                  [&](const json::object& order) {
                      check_refund(order, payment, required_text(payload, "currency"));
                  },
                  [&] {
                      const json::object answer = client.refund(call, payment, amount, reason);
                      refuse_if_error(answer);
                      return refund_result(answer);
                  }});
}

void execute_cancel(sdk::Call& call, const Config& config, Client& client,
                    const sdk::Command& command) {
    const std::string order_id = id_of(member(command.payload, "order"), "external_id");
    const std::vector<CancelledLine> lines = cancelled_lines(command.payload);
    const std::string reason = with_key(text_of(command.payload, "reason"), command.key);
    perform_once(call, config, client,
                 {order_id,
                  [&](const json::object& order) -> std::optional<json::object> {
                      const json::object* entry = find_cancellation(order, command.key);
                      if (entry == nullptr) return std::nullopt;
                      return json::object{{"external_id", id_of(*entry, "id")}};
                  },
                  [&](const json::object& order) { check_lines(order, lines); },
                  [&] {
                      refuse_if_error(client.cancel(call, order_id, lines, reason));
                      return json::object();
                  }});
}

}  // namespace orderhub::vendure
