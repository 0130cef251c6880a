// The provider, as the operator has described it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hub/domain/scope.hpp"

namespace orderhub::identity {

struct Settings {
    std::string issuer;  ///< as the provider names itself, exactly
    std::string client_id;
    std::string client_secret;
    std::string name;          ///< of the provider, for people: "Sign in with NAME"
    std::string redirect_uri;  ///< where the provider sends the browser back to
    std::vector<std::string> scopes{"openid", "profile", "email"};
    /// The claim that decides the role: its name, or names with dots for a claim within a claim.
    std::string role_claim;
    /// Value of that claim, role of the hub. Of somebody who has several the first one counts.
    std::vector<std::pair<std::string, std::string>> roles;
    std::string default_role;  ///< of those who have none of them; empty: they are refused
    /// The claim that decides what people see, written like role_claim.
    std::string limit_claim;
    /// Value of that claim, what it lets somebody see. Of several all count together; who has none
    /// sees nothing. Empty: the provider does not say.
    std::vector<std::pair<std::string, domain::Scope>> limits;
};

/// How far the clocks of hub and provider may differ.
inline constexpr std::int64_t kSkewS = 60;

}  // namespace orderhub::identity
