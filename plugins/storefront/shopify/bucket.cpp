#include "bucket.hpp"

#include <algorithm>

namespace orderhub::shopify {
namespace {

/// Points are whole numbers that are written with a decimal point here and there.
std::int64_t points(const sdk::Json& value) {
    if (!value.is_number()) return 0;
    const std::string digits = value.text_or_digits();
    return sdk::Json::number(digits.substr(0, digits.find_first_of(".eE"))).integer();
}

}  // namespace

void Bucket::note(std::string_view operation, const sdk::Json& cost, std::int64_t now_ms) {
    const sdk::Json& status = cost["throttleStatus"];
    if (!status.is_object()) return;
    status_ = {points(status["maximumAvailable"]), points(status["currentlyAvailable"]),
               points(status["restoreRate"]), now_ms};
    if (const std::int64_t asked = points(cost["requestedQueryCost"]); asked > 0)
        costs_[std::string(operation)] = asked;
}

std::int64_t Bucket::wait_ms(std::string_view operation, std::int64_t reserve_percent,
                             std::int64_t now_ms) const {
    const auto cost = costs_.find(operation);
    if (cost == costs_.end() || status_.a_second <= 0) return 0;
    const std::int64_t reserve =
        std::min(status_.most * reserve_percent / 100, status_.most - cost->second);
    const std::int64_t needed = cost->second + std::max<std::int64_t>(reserve, 0);
    const std::int64_t since = std::max<std::int64_t>(now_ms - status_.at_ms, 0);
    const std::int64_t missing = (needed - status_.available) * 1000 - since * status_.a_second;
    if (missing <= 0) return 0;
    return (missing + status_.a_second - 1) / status_.a_second;
}

}  // namespace orderhub::shopify
