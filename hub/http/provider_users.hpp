// The users that a provider vouches for.
#pragma once

#include <optional>
#include <string>

#include "hub/http/call.hpp"
#include "hub/http/parts.hpp"

namespace orderhub::http {

/// Who signs in, made or brought up to date; or why that is refused: "no_role", "switched_off".
struct Admitted {
    std::optional<store::User> user;
    std::string_view refusal;
};

/// Known by issuer and subject alone: a name or an e-mail address may be claimed by anybody. Who
/// has lost the role loses the sessions too.
Admitted admit(const Parts& parts, Call& call, store::Transaction& transaction,
               const identity::Person& person);

}  // namespace orderhub::http
