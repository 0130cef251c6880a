#include "commands.hpp"

#include "once.hpp"
#include "payload.hpp"
#include "reason.hpp"

namespace orderhub::vendure {
namespace {

json::object refund_result(const json::object& row) {
    const std::string_view state = refund_state(text_of(row, "state"));
    json::object result{{"external_id", id_of(row, "id")}, {"state", state}};
    put_text(result, "reference", text_of(row, "transactionId"), 255);
    if (state == "failed") result["message"] = "the payment method answered that the refund failed";
    return result;
}

}  // namespace

void execute_refund(sdk::Call& call, const Config& config, Client& client,
                    const sdk::Command& command) {
    const json::object& payload = command.payload;
    const std::int64_t amount = payload_amount(payload);
    const std::string payment = id_of(member(payload, "payment"), "external_id");
    const std::string reason = with_key(text_of(payload, "reason"), command.key);
    perform_once(call, config, client,
                 {id_of(member(payload, "order"), "external_id"),
                  [&](const json::object& order) -> std::optional<json::object> {
                      const json::object* row = find_refund(order, command.key);
                      if (row == nullptr) return std::nullopt;
                      return refund_result(*row);
                  },
                  [&](const json::object& order) { payment_of(order, payload); },
                  [&] {
                      const json::object answer = client.refund(call, payment, amount, reason);
                      refuse_if_error(answer);
                      return refund_result(answer);
                  }});
}

void execute_cancel(sdk::Call& call, const Config& config, Client& client,
                    const sdk::Command& command) {
    const std::string order_id = id_of(member(command.payload, "order"), "external_id");
    const std::vector<LineUnits> lines = payload_lines(command.payload);
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
