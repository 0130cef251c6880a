#include "hub/http/api.hpp"

#include <atomic>
#include <exception>
#include <memory>
#include <utility>

#include "hub/http/access.hpp"
#include "hub/http/problem.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/scope.hpp"

namespace orderhub::http {

namespace {

constexpr std::size_t kMaxWaiting = 1024;

using Clock = std::chrono::steady_clock;

/// Tells the observer about the answer on its way out; lets only the first one pass.
Respond observed(const Observe& observe, std::string method, std::string_view pattern,
                 Respond respond) {
    return [&observe, method = std::move(method), pattern, respond = std::move(respond),
            start = Clock::now(), given = std::make_shared<std::atomic_flag>()](Response response) {
        if (given->test_and_set()) return;
        observe(method, pattern, response.status, Clock::now() - start);
        respond(std::move(response));
    };
}

Response too_many(std::int64_t wait_ms) {
    auto answer = problem(429, "too_many_requests", "Too many requests; slow down.");
    answer.headers.push_back({"Retry-After", std::to_string((wait_ms + 999) / 1000)});
    return answer;
}

Response busy() {
    const auto error =
        fail(ErrorKind::Unavailable, "busy", "Too many requests wait; try again.").error();
    return problem(error);
}

}  // namespace

Api::Api(Parts parts)
    : parts_(std::move(parts)),
      console_{.frame_ancestors = parts_.panel.frame_ancestors},
      feed_(parts_.store, parts_.service),
      by_address_(parts_.rates.by_address),
      by_caller_(parts_.rates.by_caller),
      provider_(parts_),
      pool_(parts_.threads, kMaxWaiting) {
    add_intake_routes(routes_, parts_);
    add_system_routes(routes_, parts_);
    add_order_routes(routes_, parts_);
    add_case_routes(routes_, parts_);
    add_panel_routes(routes_, parts_);
    add_customer_routes(routes_, parts_);
    add_erasure_routes(routes_, parts_);
    add_delivery_routes(routes_, parts_);
    add_inbox_routes(routes_, parts_);
    add_connector_routes(routes_, parts_);
    add_replay_routes(routes_, parts_);
    add_reconciliation_routes(routes_, parts_);
    add_flow_routes(routes_, parts_);
    add_event_routes(routes_, feed_);
    add_audit_routes(routes_, parts_);
    add_subscription_routes(routes_, parts_);
    add_token_routes(routes_, parts_);
    add_secret_routes(routes_, parts_);
    add_session_routes(routes_, parts_, attempts_);
    add_user_routes(routes_, parts_);
    provider_.add_routes(routes_);
}

void Api::stop() {
    feed_.stop();
    provider_.stop();
    pool_.stop();
}

void Api::handle(Request request, Respond respond) {
    Call call;
    std::string_view pattern = "none";
    const Route* route = nullptr;
    Response at_once;
    if (auto target = parse_target(request.target)) {
        call.target = std::move(*target);
        auto found = find_route(routes_, request.method, call.target, call.parameters);
        if (found) {
            route = *found;
            pattern = route->pattern;
        } else if (auto answer = console_.answer(request, call.target)) {
            pattern = "console";
            at_once = std::move(*answer);
        } else {
            at_once = std::move(found).error();
        }
    } else {
        at_once = problem(400, "bad_target", "The address cannot be read.");
    }
    call.respond = observed(parts_.observe, request.method, pattern, std::move(respond));
    call.request = std::move(request);
    if (!route) return call.respond(std::move(at_once));
    if (route->pattern.starts_with("/api/"))
        if (const auto wait = by_address_.take(call.request.address, parts_.now_ms()); wait > 0)
            return call.respond(too_many(wait));
    if (route->quick) return run(*route, std::move(call));
    auto answer = call.respond;
    const bool taken =
        pool_.submit([this, route, waiting = std::make_shared<Call>(std::move(call))] {
            run(*route, std::move(*waiting));
        });
    if (!taken) answer(busy());
}

Checked<Caller> Api::authenticate(const Request& request) const {
    const std::int64_t now = parts_.now_ms();
    if (!request.header("authorization").empty())
        return authenticate_token(parts_.store, request, now);
    if (!cookie_of(request, kSessionCookie).empty())
        return authenticate_session(parts_.store, request, parts_.sessions, now);
    return std::unexpected(problem(401, "not_authenticated",
                                   "Sign in, or send a token: Authorization: Bearer <token>."));
}

void Api::run(const Route& route, Call call) {
    auto answer = call.respond;
    try {
        call.trace = trace_of(call.request.header("traceparent"));
        if (route.right != Right::none) {
            auto caller = authenticate(call.request);
            if (!caller) return answer(std::move(caller).error());
            call.caller = std::move(*caller);
            if (const auto wait = by_caller_.take(call.caller.id, parts_.now_ms()); wait > 0)
                return answer(too_many(wait));
            if (!may(call.caller.role, route.right))
                return answer(problem(403, "not_allowed",
                                      "This needs the right " + std::string(to_text(route.right)) +
                                          ", which the role " +
                                          std::string(to_text(call.caller.role)) +
                                          " does not have."));
            if (auto refused = beyond_scope(parts_, route, call))
                return answer(std::move(*refused));
        }
        route.run(std::move(call));
    } catch (const std::exception& error) {
        parts_.log_error("request failed: " + std::string(route.method) + " " +
                         std::string(route.pattern) + ": " + error.what());
        answer(problem(500, "internal", "The request failed inside the hub; see its log."));
    }
}

}  // namespace orderhub::http
