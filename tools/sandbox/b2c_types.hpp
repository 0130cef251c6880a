#pragma once

#include <boost/json.hpp>
#include <cstdint>

// What the stand-in of Salesforce B2C Commerce remembers: orders as the documents that it shows.
namespace orderhub::sandbox::b2c {

struct State {
    boost::json::object orders;    ///< order number -> document
    boost::json::object notes;     ///< order number -> list
    boost::json::array events;     ///< bodies of oms-status-events, with "orderNo"
    boost::json::object sessions;  ///< access token -> scope
    boost::json::object switches;  ///< load, oms_active
    std::int64_t last_number = 0;
};

boost::json::value to_json(const State& state);
State state_of(const boost::json::value& json);

}  // namespace orderhub::sandbox::b2c
