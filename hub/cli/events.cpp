// events tail
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/journal.hpp"
#include "hub/cli/resolve.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct TailOptions {
    std::string order;
    std::int64_t last = 20;
    bool follow = false;
};

std::string event_line(const json::value& event) {
    const auto* object = event.if_object();
    const auto* data = object == nullptr ? nullptr : object->if_contains("data");
    std::string about = text(event, "/order_id");
    if (about.empty()) about = text(event, "/case_id");
    return printable(fmt::format("{:>7}  {}  {:<28}  {}  {}  {}", text(event, "/sequence"),
                                 instant(event, "/at"), text(event, "/type"), about,
                                 text(event, "/actor"),
                                 data == nullptr ? "" : json::serialize(*data))) +
           "\n";
}

/// The events of one order, all pages of them.
Expected<json::array> events_of(Session& session, const std::string& order) {
    json::array events;
    std::int64_t after = 0;
    while (true) {
        const auto page = session.client.get(
            fmt::format("/api/v1/orders/{}/events?after={}&limit=200", encoded(order), after));
        if (!page) return std::unexpected(page.error());
        const json::array& found = items(page->document, "/items");
        const std::int64_t next = next_of(page->document);
        if (found.empty() || next <= after) return events;
        events.insert(events.end(), found.begin(), found.end());
        after = next;
    }
}

Expected<json::array> newest_events(Session& session, std::int64_t end, std::int64_t count) {
    const std::int64_t after = std::max<std::int64_t>(0, end - count);
    const auto page = session.client.get(
        fmt::format("/api/v1/events?after={}&limit={}", after, std::max<std::int64_t>(1, count)));
    if (!page) return std::unexpected(page.error());
    return items(page->document, "/items");
}

Expected<json::array> history(Session& session, const std::string& order, std::int64_t end,
                              std::int64_t count) {
    auto events = order.empty() ? newest_events(session, end, count) : events_of(session, order);
    if (!events) return events;
    const auto past_end = std::ranges::find_if(
        *events, [end](const json::value& each) { return whole_number(each, "/sequence") > end; });
    events->erase(past_end, events->end());
    const auto surplus = static_cast<std::int64_t>(events->size()) - count;
    if (surplus > 0) events->erase(events->begin(), events->begin() + surplus);
    return events;
}

bool print_events(const Session& session, const json::array& events, const std::string& order) {
    std::string out;
    for (const json::value& event : events)
        if (order.empty() || text(event, "/order_id") == order)
            out += session.json ? json::serialize(event) + "\n" : event_line(event);
    return print(out);
}

/// Until the hub goes away, the reader does, or Ctrl-C.
Expected<int> follow(Session& session, const std::string& order, std::int64_t after) {
    constexpr std::int64_t kLongestWait = 25;
    const std::int64_t wait_s =
        std::clamp<std::int64_t>(session.client.timeout().count() / 2, 1, kLongestWait);
    while (true) {
        const auto page = session.client.get(
            fmt::format("/api/v1/events?after={}&limit=500&wait_s={}", after, wait_s));
        if (!page) return std::unexpected(page.error());
        if (!print_events(session, items(page->document, "/items"), order)) return kFailed;
        after = std::max(after, next_of(page->document));
    }
}

Expected<int> tail(Session& session, const TailOptions& options) {
    std::string order;
    if (!options.order.empty()) {
        const auto id = order_id(session, options.order);
        if (!id) return std::unexpected(id.error());
        order = *id;
    }
    const auto end = last_sequence(session.client);
    if (!end) return std::unexpected(end.error());
    const auto events = history(session, order, *end, options.last);
    if (!events) return std::unexpected(events.error());
    if (session.json && !options.follow)
        return print(json::serialize(json::object{{"items", *events}, {"next", *end}}) + "\n")
                   ? kOk
                   : kFailed;
    if (!print_events(session, *events, order)) return kFailed;
    return options.follow ? follow(session, order, *end) : kOk;
}

}  // namespace

void add_events(const Groups& groups) {
    auto options = std::make_shared<TailOptions>();
    auto* command = add_group(groups, "events", "The journal")
                        ->add_subcommand("tail",
                                         "The newest events; with --json and --follow one "
                                         "document a line");
    command->add_flag("--follow", options->follow, "Go on with what happens next");
    command->add_option("--order", options->order, "Only those of this order (id or number)");
    command->add_option("--last", options->last, "How many of the past")
        ->check(CLI::Range(0, 500))
        ->capture_default_str();
    on_hub(groups, command, options, tail);
}

}  // namespace orderhub::cli
