// The routes of the API, by subject. Internal to hub/http. The parts outlive the routes.
#pragma once

#include <vector>

#include "hub/http/attempts.hpp"
#include "hub/http/call.hpp"
#include "hub/http/event_feed.hpp"
#include "hub/http/parts.hpp"

namespace orderhub::http {

void add_intake_routes(std::vector<Route>& routes, const Parts& parts);
void add_system_routes(std::vector<Route>& routes, const Parts& parts);
void add_order_routes(std::vector<Route>& routes, const Parts& parts);
void add_case_routes(std::vector<Route>& routes, const Parts& parts);
void add_customer_routes(std::vector<Route>& routes, const Parts& parts);
void add_erasure_routes(std::vector<Route>& routes, const Parts& parts);
void add_delivery_routes(std::vector<Route>& routes, const Parts& parts);
void add_inbox_routes(std::vector<Route>& routes, const Parts& parts);
void add_connector_routes(std::vector<Route>& routes, const Parts& parts);
void add_reconciliation_routes(std::vector<Route>& routes, const Parts& parts);
void add_replay_routes(std::vector<Route>& routes, const Parts& parts);
void add_flow_routes(std::vector<Route>& routes, const Parts& parts);
void add_event_routes(std::vector<Route>& routes, EventFeed& feed);
void add_audit_routes(std::vector<Route>& routes, const Parts& parts);
void add_panel_routes(std::vector<Route>& routes, const Parts& parts);
void add_subscription_routes(std::vector<Route>& routes, const Parts& parts);
void add_secret_routes(std::vector<Route>& routes, const Parts& parts);
void add_token_routes(std::vector<Route>& routes, const Parts& parts);
void add_session_routes(std::vector<Route>& routes, const Parts& parts, Attempts& attempts);
void add_user_routes(std::vector<Route>& routes, const Parts& parts);

/// Adds routes whose answers need the parts: add(method, pattern, right, function). A function is
/// called as function(parts, call), on the pool, and gives the answer.
inline auto adding(std::vector<Route>& routes, const Parts& parts) {
    return [&routes, &parts](std::string_view method, std::string_view pattern, Right right,
                             auto function) {
        routes.push_back(route(method, pattern, right,
                               [&parts, function](Call& call) { return function(parts, call); }));
    };
}

/// Who acts, and when, as servicing wants to know it.
inline servicing::Request acting(const Parts& parts, const Call& call) {
    return {"agent:" + call.caller.name, call.trace, parts.now_ms(),
            std::string(to_text(call.caller.role)), call.request.address};
}

/// The same as routing wants to know it.
inline routing::Actor deciding(const Call& call) {
    return {"agent:" + call.caller.name, call.request.address, call.trace};
}

}  // namespace orderhub::http
