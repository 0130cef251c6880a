// Which order a case is about: what to look up, and what to make of what was found. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/case.hpp"

namespace orderhub::linking {

/// An order that the store found for a signal of the case.
struct Candidate {
    std::string order_id;
    std::string number;
    std::string email;  ///< normal_email()
    bool cancelled = false;
    bool named = false;  ///< its number stands in the case
};

struct Verdict {
    domain::Decision decision = domain::Decision::none;
    std::string order_id;  ///< if linked
    std::vector<domain::Suggestion>
        suggestions;  ///< best first, at most five; of a link, its evidence
};

/// Lower case, without surrounding blanks.
std::string normal_email(std::string_view text);

/// Words of the subject, of the desk's order field and of what the customer wrote (quoted history
/// left out) that could be order numbers: 4 to 32 letters, digits and dashes. Each once, at most
/// 200, in order.
std::vector<std::string> possible_numbers(const domain::Case& support_case);

/// Links if exactly one order is named and belongs to the requester, or none is named and the
/// requester has exactly one order that is not cancelled. A number of somebody else's order is
/// suggested, never linked.
Verdict decide(const domain::Case& support_case, const std::vector<Candidate>& candidates);

}  // namespace orderhub::linking
