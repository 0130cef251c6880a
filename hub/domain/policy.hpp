// What the company has decided about servicing, as far as planning needs it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace orderhub::domain {

struct Policy {
    /// Condition of a returned unit, and how much of its price is given back, in hundredths of a
    /// percent. Acceptance names one of these.
    std::map<std::string, std::int64_t, std::less<>> conditions{
        {"new", 10'000}, {"opened", 10'000}, {"damaged", 5'000}, {"worthless", 0}};
    std::vector<std::string> refund_first;  ///< payment methods that get money back before others
    std::vector<std::string> refund_last;
    /// Reason codes that an appeasement may have; empty: any text.
    std::vector<std::string> appeasement_reasons;
    // What the one who asks may give, all gifts of an order together, in hundredths of a percent of
    // the order's original total.
    std::int64_t goodwill_limit = 10'000;
    std::int64_t appeasement_limit = 10'000;
};

}  // namespace orderhub::domain
