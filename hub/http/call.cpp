#include "hub/http/call.hpp"

#include "hub/http/problem.hpp"

namespace orderhub::http {

namespace {

using Parameters = std::vector<std::pair<std::string_view, std::string>>;

/// "{name}:verb" against "text:verb"; a plain segment against itself.
bool match_segment(std::string_view pattern, std::string_view text, Parameters& parameters) {
    if (pattern.empty() || pattern.front() != '{') return pattern == text;
    const auto end = pattern.find('}');
    const auto verb = pattern.substr(end + 1);
    if (text.size() <= verb.size() || !text.ends_with(verb)) return false;
    const auto value = text.substr(0, text.size() - verb.size());
    if (verb.empty() && value.find(':') != value.npos) return false;
    parameters.emplace_back(pattern.substr(1, end - 1), value);
    return true;
}

bool match(std::string_view pattern, const std::vector<std::string>& segments,
           Parameters& parameters) {
    parameters.clear();
    std::size_t index = 0;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const auto part = pattern.substr(0, pattern.find('/'));
        if (index == segments.size() || !match_segment(part, segments[index], parameters))
            return false;
        pattern.remove_prefix(part.size());
        ++index;
    }
    return index == segments.size();
}

}  // namespace

Checked<const Route*> find_route(const std::vector<Route>& routes, std::string_view method,
                                 const Target& target, Parameters& parameters) {
    std::string allowed;
    for (const auto& route : routes) {
        if (!match(route.pattern, target.segments, parameters)) continue;
        if (route.method == method || (method == "HEAD" && route.method == "GET")) return &route;
        allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    if (allowed.empty())
        return std::unexpected(problem(404, "no_such_route", "There is nothing at this address."));
    auto answer = problem(405, "method_not_allowed", "Use " + allowed + " here.");
    answer.headers.push_back({"Allow", allowed});
    return std::unexpected(std::move(answer));
}

}  // namespace orderhub::http
