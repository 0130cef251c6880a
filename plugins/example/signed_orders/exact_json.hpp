// JSON in which numbers keep the digits that they were written with.
#pragma once

#include <boost/json.hpp>
#include <string_view>

namespace orderhub::signed_orders {

/// The document with every number as its text: 12.30 becomes "12.30". A price would lose its last
/// digits as a binary fraction. Its parts lie in `memory`, which outlives it. Throws sdk::Stop (rejected) if
/// it is not JSON.
boost::json::value parse_exact(std::string_view text, boost::json::storage_ptr memory = {});

}  // namespace orderhub::signed_orders
