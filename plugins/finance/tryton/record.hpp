// Tryton's customer invoices as canonical records. Pure.
#pragma once

#include <boost/json.hpp>
#include <cstdint>

namespace orderhub::tryton {

/// What an invoice is read with to make a record of it.
boost::json::array posting_fields();

/// A record of kind posting; empty if the invoice has no reference. What lowers the customer's debt
/// is a credit memo. Throws std::exception if a member is missing or of another shape.
boost::json::object posting_record(const boost::json::value& invoice, std::int64_t changed_us,
                                   std::int64_t observed_us);

}  // namespace orderhub::tryton
