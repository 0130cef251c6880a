#pragma once

#include <boost/json.hpp>
#include <cstdint>

// What the stand-in of a Shopify shop remembers: orders as the documents that its GraphQL shows.
namespace orderhub::sandbox::shopify {

struct State {
    boost::json::object orders;       ///< gid -> document
    boost::json::object marks;        ///< gid of the owner -> key -> value
    boost::json::object refund_keys;  ///< idempotency key -> {input, refund}
    boost::json::object sessions;     ///< access token -> true
    boost::json::object switches;  ///< available, rate, refund_status, refuse_refund, index_lag_ms
    std::int64_t last_id = 1000;
    std::int64_t bucket_us = 0;  ///< when the bucket was looked at last; available is of then
};

boost::json::value to_json(const State& state);
State state_of(const boost::json::value& json);

}  // namespace orderhub::sandbox::shopify
