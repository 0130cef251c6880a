#pragma once

#include <boost/json.hpp>
#include <cstdint>

// What the stand-in organisation remembers: rows as JSON, because objects differ in nothing but
// fields.
namespace orderhub::sandbox::salesforce {

struct State {
    boost::json::object rows;      ///< object -> id -> row
    boost::json::object last_ids;  ///< object -> number of its last row
    boost::json::object sessions;  ///< access token -> user
    boost::json::object switches;  ///< page_size, requests, most_requests, public_key, ...
    boost::json::object locators;  ///< what further pages of a query hold; not kept over a restart
    std::int64_t locators_made = 0;
};

boost::json::value to_json(const State& state);
State state_of(const boost::json::value& json);

}  // namespace orderhub::sandbox::salesforce
