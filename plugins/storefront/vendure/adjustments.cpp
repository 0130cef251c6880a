#include "adjustments.hpp"

#include <cstdlib>

namespace orderhub::vendure {

std::vector<Adjustment> adjustments_of(const json::object& line) {
    std::vector<Adjustment> adjustments;
    for (const json::value& value : list_of(line, "discounts")) {
        const json::object& row = as_object(value, "discounts");
        const Amount amount = amount_of(row, "amount");
        if (amount.is_zero()) continue;
        adjustments.push_back({text_of(row, "type") == "DISTRIBUTED_ORDER_PROMOTION",
                               fit(text_of(row, "description"), 255), amount});
    }
    return adjustments;
}

Amount sum_of(const std::vector<Adjustment>& adjustments) {
    Amount sum;
    for (const Adjustment& each : adjustments)
        sum = sum + each.amount;
    return sum;
}

void close_gap(std::vector<Adjustment>& adjustments, Amount list, Amount total) {
    const Amount gap = total - list - sum_of(adjustments);
    if (gap.is_zero()) return;
    Adjustment* largest = nullptr;
    for (Adjustment& each : adjustments)
        if (each.order_level &&
            (largest == nullptr || std::abs(each.amount.inc) > std::abs(largest->amount.inc)))
            largest = &each;
    if (largest != nullptr)
        largest->amount = largest->amount + gap;
    else
        adjustments.push_back({false, "rounding", gap});
}

json::array to_json(const std::vector<Adjustment>& adjustments, std::string_view currency) {
    json::array rows;
    for (const Adjustment& each : adjustments)
        rows.push_back(json::object{{"level", each.order_level ? "order" : "line"},
                                    {"label", each.label},
                                    {"amount", to_json(each.amount, currency)}});
    return rows;
}

}  // namespace orderhub::vendure
