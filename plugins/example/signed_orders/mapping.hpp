// From the sender's order to the hub's record. Pure.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace orderhub::signed_orders {

/// The record of an order (sdk/schemas/records/order.schema.json). `document` comes from
/// parse_exact; `observed_at_ms` is when it arrived. Throws sdk::Stop (rejected), naming what is
/// wrong, never what stands there.
boost::json::object order_record(const boost::json::value& document, std::int64_t observed_at_ms);

/// 1795000000000 gives "2026-11-18T11:06:40.000Z".
std::string rfc3339(std::int64_t milliseconds);

/// Whether it is an instant as records write it: "2026-11-18T11:06:40Z", up to six decimals of a
/// second, UTC.
bool is_instant(std::string_view text);

}  // namespace orderhub::signed_orders
