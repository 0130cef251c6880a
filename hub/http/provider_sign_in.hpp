// Signing in with the company's OpenID Connect provider: the way there and the way back.
#pragma once

#include <string_view>
#include <vector>

#include "hub/http/call.hpp"
#include "hub/http/parts.hpp"
#include "hub/http/pool.hpp"

namespace orderhub::http {

inline constexpr std::string_view kProviderPath = "/api/v1/session/oidc";

/// Answers on threads of its own: a provider that is slow must not take those of the API. The parts
/// outlive it.
class ProviderSignIn {
public:
    explicit ProviderSignIn(const Parts& parts);

    void add_routes(std::vector<Route>& routes);
    /// Ends what is under way.
    void stop() { pool_.stop(); }

private:
    using Answer = Response (ProviderSignIn::*)(Call&);

    void add(std::vector<Route>& routes, std::string_view pattern, Answer answer);
    Response begin(Call& call);
    Response finish(Call& call);
    Response enter(Call& call, const identity::Person& person, const std::string& return_to);

    const Parts& parts_;
    Pool pool_;
};

}  // namespace orderhub::http
