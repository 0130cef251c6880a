#pragma once

#include <boost/json.hpp>
#include <cstdint>

// What the stand-in of WooCommerce remembers: orders as the documents that it shows.
namespace orderhub::sandbox::woo {

struct State {
    boost::json::object orders;    ///< id -> document
    boost::json::object refunds;   ///< id of the order -> list, oldest first
    boost::json::object notes;     ///< id of the order -> list
    boost::json::object switches;  ///< refuse_refund, php_notice
    std::int64_t last_id = 700;
};

boost::json::value to_json(const State& state);
State state_of(const boost::json::value& json);

}  // namespace orderhub::sandbox::woo
