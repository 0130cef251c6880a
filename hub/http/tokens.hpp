// Making a bearer token, for the API and for the command line when the hub is stopped.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>

#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::http {

struct NewToken {
    std::string name;
    std::string role;
    std::int64_t expires_at_ms = 0;  ///< 0: never
    domain::Scope scope = {};
};

/// Stores a fresh token's hash. Gives {"id","name","role","scope","created_at","expires_at",
/// "token"}: the only time that the token is seen. Error: Invalid "bad_token" for an empty name or
/// an unknown role.
Result<boost::json::object> create_token(store::Transaction& transaction,
                                         const servicing::MakeId& make_id, std::int64_t now_ms,
                                         const NewToken& wanted);

}  // namespace orderhub::http
