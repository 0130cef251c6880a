// Who is limited to which storefronts and desks: as documents, and on every route.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "hub/connectors/host.hpp"
#include "hub/domain/scope.hpp"
#include "hub/http/call.hpp"
#include "hub/http/parts.hpp"

namespace orderhub::http {

/// {"storefronts","desks"}: lists of names, null for all.
boost::json::object scope_view(const domain::Scope& scope);

/// What scope_view() wrote; of a member that is absent it is as before. The schema has looked at
/// it.
domain::Scope read_scope(const boost::json::object& document, domain::Scope before = {});

/// Error: Invalid "bad_scope" for a name that is no storefront, or no desk, of this hub.
Result<void> check_scope(connectors::Host& host, const domain::Scope& scope);

/// Storefronts and desks by the scope; what is neither serves them all.
bool sees(const domain::Scope& scope, const connectors::Manifest& manifest,
          std::string_view connector);

/// The answer that refuses a limited caller, before the route runs: a 404 if the path or the body
/// names something that the caller does not see, a 403 "beyond_scope" for what concerns the whole
/// hub, which is every route that is not known to keep within a scope. Reads the store.
std::optional<Response> beyond_scope(const Parts& parts, const Route& route, const Call& call);

/// Whether beyond_scope() lets a limited caller in at all.
bool keeps_within_scope(const Route& route);

/// What a limited caller sees of something that was changed for him: `made`, as `show` tells it
/// within his scope.
template <class Show>
Result<boost::json::object> seen(store::Transaction& transaction, const Caller& caller,
                                 Result<boost::json::object> made, Show show) {
    if (!made || !caller.scope.is_limited()) return made;
    transaction.narrow(caller.scope);
    return show();
}

}  // namespace orderhub::http
