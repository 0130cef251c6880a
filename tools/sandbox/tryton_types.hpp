#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

// What the stand-in ERP remembers: every record is a JSON object in Tryton's own notation (as
// answered by read: Decimal and date objects, ids of related records), kept by model name.
namespace orderhub::sandbox::tryton {

namespace json = boost::json;

struct Session {
    std::string key;
    std::int64_t used = 0;  ///< microseconds
};

struct Switches {
    std::int64_t session_timeout_ms = 300'000;  ///< idle time after which `post` wants a login
};

struct State {
    std::map<std::string, std::vector<json::value>> records;
    std::map<std::string, std::int64_t> last_id;   ///< by model
    std::map<std::string, std::int64_t> sequence;  ///< last number by prefix
    std::map<std::string, std::int64_t> last_day;  ///< latest accounting day by prefix
    std::vector<Session> sessions;
    Switches switches;
};

BOOST_DESCRIBE_STRUCT(Session, (), (key, used))
BOOST_DESCRIBE_STRUCT(Switches, (), (session_timeout_ms))
BOOST_DESCRIBE_STRUCT(State, (), (records, last_id, sequence, last_day, sessions, switches))

}  // namespace orderhub::sandbox::tryton
