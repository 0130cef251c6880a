#pragma once

#include <boost/json.hpp>
#include <cstdint>

// What the stand-in of Stripe remembers: payments, charges, refunds and events as the documents
// that it shows.
namespace orderhub::sandbox::stripe {

struct State {
    boost::json::object intents;   ///< pi_... -> document
    boost::json::object charges;   ///< ch_... -> document
    boost::json::array refunds;    ///< oldest first
    boost::json::array events;     ///< oldest first
    boost::json::object keys;      ///< idempotency key -> {request, status, body, request_id}
    boost::json::object switches;  ///< refund_status, decline_capture, multicapture
    std::int64_t last_id = 0;
};

boost::json::value to_json(const State& state);
State state_of(const boost::json::value& json);

}  // namespace orderhub::sandbox::stripe
