// One request on its way through the API, and the table of routes that it may take.
#pragma once

#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/domain/scope.hpp"
#include "hub/http/message.hpp"
#include "hub/http/rights.hpp"
#include "hub/http/target.hpp"

namespace orderhub::http {

/// Who sent a request.
struct Caller {
    std::string id;    ///< of the token, or of the user who has signed in
    std::string name;  ///< as it stands in the journal
    Role role = Role::reader;
    domain::Scope scope = {};
    std::string session = {};  ///< hash of the session; empty for a token
};

struct Call {
    Request request;
    Target target;
    std::vector<std::pair<std::string_view, std::string>> parameters;  ///< of the route's pattern
    Caller caller;
    std::string trace;  ///< 32 hex digits: the caller's trace id, or a fresh one
    Respond respond;

    /// A parameter of the pattern; empty if the route has none of that name.
    std::string_view parameter(std::string_view name) const {
        for (const auto& [key, value] : parameters)
            if (key == name) return value;
        return {};
    }
};

/// A value, or the answer that refuses the request.
template <class T>
using Checked = std::expected<T, Response>;

struct Route {
    std::string_view method;
    /// Segments, of which "{name}" and "{name}:verb" match any text:
    /// "/api/v1/deliveries/{id}:retry".
    std::string_view pattern;
    Right right = Right::manage_access;
    /// Must call respond() or hand the call on. On the socket thread if `quick`, else on the pool.
    std::function<void(Call)> run;
    bool quick = false;
};

/// A route that answers at once, on the pool.
inline Route route(std::string_view method, std::string_view pattern, Right right,
                   std::function<Response(Call&)> answer) {
    return {method, pattern, right, [answer = std::move(answer)](Call call) {
                auto response = answer(call);
                call.respond(std::move(response));
            }};
}

/// Finds the route of a method and path and fills `parameters`. Otherwise the 404 or 405.
Checked<const Route*> find_route(const std::vector<Route>& routes, std::string_view method,
                                 const Target& target,
                                 std::vector<std::pair<std::string_view, std::string>>& parameters);

}  // namespace orderhub::http
