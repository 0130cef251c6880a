#include <charconv>
#include <limits>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/problem.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kMaxPage = 500;
constexpr std::int64_t kDefaultPage = 100;
constexpr std::int64_t kMaxWaitSeconds = 30;
constexpr std::string_view kStreamType = "text/event-stream";

Checked<std::int64_t> read_after(EventFeed& feed, const Target& target) {
    const auto newest = number_parameter(target, "newest", -1, 0, kMaxPage);
    if (!newest) return std::unexpected(newest.error());
    if (*newest >= 0) {
        const auto place = feed.before_newest(*newest);
        return place ? Checked<std::int64_t>(*place) : std::unexpected(problem(place.error()));
    }
    return number_parameter(target, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
}

Checked<EventFeed::Wish> read_wish(EventFeed& feed, const Call& call) {
    const Target& target = call.target;
    if (auto known = only_parameters(target, {"after", "newest", "limit", "wait_s"}); !known)
        return std::unexpected(known.error());
    const auto after = read_after(feed, target);
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    const auto wait_s = number_parameter(target, "wait_s", 0, 0, kMaxWaitSeconds);
    for (const auto* number : {&after, &limit, &wait_s})
        if (!*number) return std::unexpected(number->error());
    return EventFeed::Wish{*after,
                           static_cast<std::uint32_t>(*limit),
                           std::chrono::seconds(*wait_s),
                           {},
                           call.caller.scope};
}

/// A client that comes back repeats its first address, and says in Last-Event-ID what it saw since.
Checked<std::int64_t> read_place(EventFeed& feed, const Call& call) {
    if (auto known = only_parameters(call.target, {"after", "newest"}); !known)
        return std::unexpected(known.error());
    const auto last = call.request.header("last-event-id");
    if (last.empty()) return read_after(feed, call.target);
    std::int64_t sequence = 0;
    const auto* end = last.data() + last.size();
    const auto [rest, error] = std::from_chars(last.data(), end, sequence);
    if (error != std::errc{} || rest != end || sequence < 0)
        return std::unexpected(
            problem(400, "bad_last_event_id", "Last-Event-ID is the id of an event: a number."));
    return sequence;
}

Response stream(EventFeed& feed, const Call& call) {
    const auto after = read_place(feed, call);
    if (!after) return after.error();
    Response response;
    if (auto pieces = feed.follow(*after, call.caller.scope))
        response.pieces = std::move(*pieces);
    else
        return problem(fail(ErrorKind::Unavailable, "too_many_streams",
                            "As many clients follow the events as may; try again later.")
                           .error());
    response.content_type = kStreamType;
    response.headers.push_back({"X-Accel-Buffering", "no"});
    return response;
}

void page(EventFeed& feed, Call call) {
    auto wish = read_wish(feed, call);
    if (!wish) return call.respond(wish.error());
    wish->give = [respond = std::move(call.respond)](const EventFeed::Page& found) {
        respond(found ? json_answer(*found) : problem(found.error()));
    };
    feed.ask(std::move(*wish));
}

}  // namespace

void add_event_routes(std::vector<Route>& routes, EventFeed& feed) {
    routes.push_back({"GET", "/api/v1/events", Right::read_service, [&feed](Call call) {
                          if (call.request.header("accept").find(kStreamType) ==
                              std::string_view::npos)
                              return page(feed, std::move(call));
                          call.respond(stream(feed, call));
                      }});
}

}  // namespace orderhub::http
