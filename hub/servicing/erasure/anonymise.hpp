// Orders, cases and records without the person. Internal to servicing.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "hub/servicing/erasure/redaction.hpp"

namespace orderhub::servicing {

/// Figures, goods, documents and dates stay, and of addresses country and state, which taxes hang
/// on.
void anonymise(domain::Order& order, const Redaction& redaction);
/// Who wrote and what was written go; the link and the state stay.
void anonymise(domain::Case& support_case);

/// A canonical record ("order" or "case") with the same taken out, so that applying it brings
/// nothing back.
void anonymise(boost::json::object& record, std::string_view kind);

/// What was sent to an outside system, or an event's details: members that only tell of the person
/// go, others are redacted.
std::string anonymised_json(std::string_view text, std::string_view type,
                            const Redaction& redaction);

}  // namespace orderhub::servicing
