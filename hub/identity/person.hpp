// Who has signed in, by the provider's claims.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "hub/identity/settings.hpp"

namespace orderhub::identity {

struct Person {
    std::string subject;    ///< never changes and is never another's, at this issuer
    std::string name;       ///< for the journal; another person may claim the same
    std::string full_name;  ///< for people
    std::string role;       ///< of the hub; empty: has none
    /// Nothing if the provider does not say.
    std::optional<domain::Scope> scope = std::nullopt;
};

/// Of claims that were checked.
Person person_of(const boost::json::object& claims, const Settings& settings);

/// Whether all that person_of() looks for is there.
bool is_complete(const boost::json::object& claims, const Settings& settings);

}  // namespace orderhub::identity
