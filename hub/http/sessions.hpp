// People who have signed in with a browser: cookie, CSRF value, timeouts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/http/call.hpp"
#include "hub/store/store.hpp"

namespace orderhub::http {

struct SessionLimits {
    std::int64_t idle_ms = 30LL * 60 * 1000;           ///< without a request
    std::int64_t absolute_ms = 12LL * 60 * 60 * 1000;  ///< since the sign-in
};

inline constexpr std::string_view kSessionCookie = "orderhub_session";
inline constexpr std::string_view kCsrfHeader = "x-orderhub-csrf";

/// The value of a cookie of the request; empty if absent.
std::string_view cookie_of(const Request& request, std::string_view name);

/// Set-Cookie for a fresh session, or for its end if `secret` is empty. HttpOnly, SameSite=Strict,
/// and Secure when the request came over TLS.
connectors::Header session_cookie(const Request& request, std::string_view secret);

/// Begins a session and gives the cookie's secret. Ended ones are deleted on the way.
struct NewSession {
    std::string secret;
    store::UserSession row;
};
NewSession begin_session(store::Transaction& transaction, const store::User& user,
                         const SessionLimits& limits, std::int64_t now_ms,
                         std::string_view address);

/// Who sent this request by its cookie. Refusals: 401 "not_authenticated" (unknown, ended, the user
/// is not active), 403 "bad_csrf" if a request that may change something does not bring the
/// session's value. Reads the store, and writes once a minute: not on the socket thread.
Checked<Caller> authenticate_session(store::Store& store, const Request& request,
                                     const SessionLimits& limits, std::int64_t now_ms);

}  // namespace orderhub::http
