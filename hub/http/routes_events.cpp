#include <limits>

#include "hub/http/input.hpp"
#include "hub/http/problem.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kMaxPage = 500;
constexpr std::int64_t kDefaultPage = 100;
constexpr std::int64_t kMaxWaitSeconds = 30;

Checked<EventFeed::Wish> read_wish(const Target& target) {
    if (auto known = only_parameters(target, {"after", "limit", "wait_s"}); !known)
        return std::unexpected(known.error());
    const auto after =
        number_parameter(target, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    const auto wait_s = number_parameter(target, "wait_s", 0, 0, kMaxWaitSeconds);
    for (const auto* number : {&after, &limit, &wait_s})
        if (!*number) return std::unexpected(number->error());
    return EventFeed::Wish{
        *after, static_cast<std::uint32_t>(*limit), std::chrono::seconds(*wait_s), {}};
}

}  // namespace

void add_event_routes(std::vector<Route>& routes, EventFeed& feed) {
    routes.push_back({"GET", "/api/v1/events", Role::agent, [&feed](Call call) {
                          auto wish = read_wish(call.target);
                          if (!wish) return call.respond(wish.error());
                          wish->respond = std::move(call.respond);
                          feed.ask(std::move(*wish));
                      }});
}

}  // namespace orderhub::http
