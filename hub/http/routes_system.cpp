#include "hub/http/answer.hpp"
#include "hub/http/openapi.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

Response ready(const Parts& parts) {
    const auto readiness = parts.readiness();
    auto answer = json_answer(readiness.details, readiness.ready ? 200 : 503);
    if (!readiness.ready) answer.headers.push_back({"Retry-After", "1"});
    return answer;
}

}  // namespace

void add_system_routes(std::vector<Route>& routes, const Parts& parts) {
    routes.push_back(route("GET", "/healthz", Right::none,
                           [](Call&) { return json_answer({{"status", "ok"}}); }));
    routes.push_back(
        route("GET", "/readyz", Right::none, [&parts](Call&) { return ready(parts); }));
    routes.push_back(route("GET", "/metrics", Right::none, [&parts](Call&) {
        return Response{200, parts.metrics(), "text/plain; version=0.0.4; charset=utf-8", {}};
    }));
    routes.push_back(route("GET", "/api/v1/openapi.json", Right::none, [](Call&) {
        return Response{200, std::string(openapi_text()), "application/json", {}};
    }));
    routes.push_back(route("GET", "/api/v1/configuration", Right::read_operations, [&parts](Call&) {
        return json_answer({{"configuration", parts.configuration()}});
    }));
    // Not behind requests that wait for a store that does not answer.
    for (auto& one : routes)
        if (one.pattern == "/healthz" || one.pattern == "/readyz" ||
            one.pattern == "/api/v1/openapi.json")
            one.quick = true;
}

}  // namespace orderhub::http
