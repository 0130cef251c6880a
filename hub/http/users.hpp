// Making a user, for the API and for the command line when the hub is stopped.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>

#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::http {

struct NewUser {
    std::string name;
    std::string full_name;
    std::string role;
    std::string password;
    domain::Scope scope = {};
};

/// {"id","name","full_name","role","scope","active","issuer","created_at"}; the issuer is null for
/// who signs in with a password.
boost::json::object shown(const store::User& user);

/// Stores a user with the hash of the password, which is made before: it takes long. Errors:
/// Invalid "bad_user", Conflict "name_taken".
Result<boost::json::object> create_user(store::Transaction& transaction,
                                        const servicing::MakeId& make_id, std::int64_t now_ms,
                                        const NewUser& user, const std::string& password_hash);

}  // namespace orderhub::http
