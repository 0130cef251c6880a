#include "payload.hpp"

#include <algorithm>
#include <orderhub/money.hpp>

#include "graphql.hpp"

namespace orderhub::vendure {

const json::object& member(const json::object& object, std::string_view key) {
    const json::object* found = object_of(object, key);
    if (found == nullptr)
        throw MappingError("the command's member " + std::string(key) + " is no object");
    return *found;
}

std::int64_t payload_amount(const json::object& payload) {
    const std::string_view currency = required_text(payload, "currency");
    if (currency != required_text(member(payload, "order"), "currency"))
        throw sdk::rejected("wrong_currency", "the amount's currency is not the order's");
    std::int64_t amount = 0;
    std::string reason;
    try {
        amount = sdk::to_minor(required_text(payload, "amount"), currency);
    } catch (const std::invalid_argument& thrown) {
        reason = thrown.what();
    }
    if (!reason.empty()) throw sdk::rejected("bad_amount", reason);
    if (amount <= 0) throw sdk::rejected("bad_amount", "the amount must be more than nothing");
    return amount;
}

std::vector<LineUnits> payload_lines(const json::object& payload) {
    std::vector<LineUnits> lines;
    for (const json::value& each : list_of(payload, "lines")) {
        const json::object& row = as_object(each, "lines");
        if (row.contains("line")) lines.push_back({id_of(row, "line"), whole(row, "quantity")});
    }
    return lines;
}

void check_lines(const json::object& order, const std::vector<LineUnits>& lines) {
    const json::array& known = list_of(order, "lines");
    for (const LineUnits& wanted : lines)
        if (std::none_of(known.begin(), known.end(), [&](const json::value& each) {
                return id_of(as_object(each, "lines"), "id") == wanted.line;
            }))
            throw sdk::rejected("line_not_found",
                                "the order has no product line " + wanted.line +
                                    "; deliveries and fees are neither cancelled nor sent");
}

const json::object& payment_of(const json::object& order, const json::object& payload) {
    const std::string_view kept_in = text_of(order, "currencyCode");
    if (kept_in != required_text(payload, "currency"))
        throw sdk::rejected("wrong_currency",
                            "the shop keeps this order in " + std::string(kept_in));
    const std::string wanted = id_of(member(payload, "payment"), "external_id");
    for (const json::value& each : list_of(order, "payments")) {
        const json::object& payment = as_object(each, "payments");
        if (id_of(payment, "id") == wanted) return payment;
    }
    throw sdk::rejected("payment_not_found", "the order has no such payment");
}

void refuse_if_error(const json::object& answer) {
    if (answer.contains("errorCode")) throw refusal(answer);
}

}  // namespace orderhub::vendure
