#include <algorithm>

#include "http_types.hpp"
#include "text.hpp"
#include "vendure_orders.hpp"
#include "vendure_totals.hpp"

namespace orderhub::sandbox::vendure {
namespace {

bool contains_text(const json::value& list, const std::string& text) {
    const auto& array = list.as_array();
    return std::any_of(array.begin(), array.end(),
                       [&](const json::value& one) { return scalar_text(one) == text; });
}

bool text_passes(const json::object& operators, const std::string& text) {
    for (const auto& [name, wanted] : operators) {
        const std::string value = scalar_text(wanted);
        bool good = true;
        if (name == "eq") good = text == value;
        if (name == "notEq") good = text != value;
        if (name == "contains") good = text.find(value) != std::string::npos;
        if (name == "notContains") good = text.find(value) == std::string::npos;
        if (name == "in") good = contains_text(wanted, text);
        if (name == "notIn") good = !contains_text(wanted, text);
        if (name == "isNull") good = text.empty() == (value == "true");
        if (!good) return false;
    }
    return true;
}

/// Compares with the full microseconds, although the API shows milliseconds only: `after` a
/// row's own printed value may well return it.
bool date_passes(const json::object& operators, std::int64_t at) {
    for (const auto& [name, wanted] : operators) {
        const std::int64_t value = wanted.is_string() ? parse_instant(scalar_text(wanted)) : 0;
        bool good = true;
        if (name == "isNull") {
            good = (at == 0) == wanted.as_bool();
        } else if (at == 0) {
            good = false;
        } else if (name == "eq") {
            good = at == value;
        } else if (name == "after") {
            good = at > value;
        } else if (name == "before") {
            good = at < value;
        } else if (name == "between") {
            const auto& range = wanted.as_object();
            good = at >= parse_instant(text_of(range, "start")) &&
                   at <= parse_instant(text_of(range, "end"));
        }
        if (!good) return false;
    }
    return true;
}

bool number_passes(const json::object& operators, std::int64_t number) {
    for (const auto& [name, wanted] : operators) {
        bool good = true;
        if (name == "between") {
            const auto& range = wanted.as_object();
            good = number >= int_of(range, "start") && number <= int_of(range, "end");
        } else if (wanted.is_int64()) {
            const std::int64_t value = wanted.get_int64();
            good = (name == "eq" && number == value) || (name == "lt" && number < value) ||
                   (name == "lte" && number <= value) || (name == "gt" && number > value) ||
                   (name == "gte" && number >= value);
        }
        if (!good) return false;
    }
    return true;
}

bool transaction_passes(const json::object& operators, const Order& order) {
    return std::any_of(order.payments.begin(), order.payments.end(), [&](const Payment& payment) {
        return text_passes(operators, payment.transaction);
    });
}

bool boolean_passes(const json::object& operators, bool value) {
    const auto* wanted = operators.if_contains("eq");
    return wanted == nullptr || wanted->as_bool() == value;
}

bool member_passes(const std::string& name, const json::object& operators, const Order& order) {
    if (name == "id") return text_passes(operators, std::to_string(order.id));
    if (name == "code") return text_passes(operators, order.code);
    if (name == "state") return text_passes(operators, order.state);
    if (name == "type") return text_passes(operators, "Regular");
    if (name == "currencyCode") return text_passes(operators, order.currency);
    if (name == "customerLastName") return text_passes(operators, order.customer.last);
    if (name == "transactionId") return transaction_passes(operators, order);
    if (name == "hubReference") return text_passes(operators, order.hub_reference);
    if (name == "hubNote") return text_passes(operators, order.hub_note);
    if (name == "active") return boolean_passes(operators, order.active);
    if (name == "createdAt") return date_passes(operators, order.created);
    if (name == "updatedAt") return date_passes(operators, order.updated);
    if (name == "orderPlacedAt") return date_passes(operators, order.placed);
    const OrderFigures figures = order_figures(order);
    if (name == "total") return number_passes(operators, figures.total.net);
    return number_passes(operators, figures.total.gross);
}

}  // namespace

bool passes(const json::object& filter, const Order& order) {
    for (const auto& [key, value] : filter) {
        const std::string name(key);
        if (value.is_null()) continue;
        bool good = true;
        if (name == "_and" || name == "_or") {
            const auto& parts = value.as_array();
            const auto check = [&](const json::value& one) {
                return passes(one.as_object(), order);
            };
            good = name == "_and" ? std::all_of(parts.begin(), parts.end(), check)
                                  : std::any_of(parts.begin(), parts.end(), check);
        } else {
            good = member_passes(name, value.as_object(), order);
        }
        if (!good) return false;
    }
    return true;
}

}  // namespace orderhub::sandbox::vendure
