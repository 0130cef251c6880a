#pragma once

#include <boost/json.hpp>
#include <cstdint>

// What the stand-in of Zendesk remembers: tickets and comments as the documents that it shows.
namespace orderhub::sandbox::zendesk {

struct State {
    boost::json::object
        tickets;  ///< id -> document, with "generated_us": when a change was made known
    boost::json::object comments;  ///< id of a ticket -> list, oldest first
    boost::json::array users;
    boost::json::array fields;  ///< ticket fields
    boost::json::object
        switches;  ///< hold_back_s, export_limit, ticket_limit, minute_limit, drop_field
    boost::json::object asked;  ///< limited thing -> instants of its requests, in microseconds
    std::int64_t last_id = 35'000;
};

boost::json::value to_json(const State& state);
State state_of(const boost::json::value& json);

}  // namespace orderhub::sandbox::zendesk
