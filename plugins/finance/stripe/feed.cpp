#include "feed.hpp"

#include <algorithm>
#include <set>

#include "mapping.hpp"

namespace orderhub::stripe {
namespace {

constexpr std::int64_t kDayS = 24 * 60 * 60;
/// Events may show up later than their second says.
constexpr std::int64_t kOverlapS = 60;
constexpr std::size_t kMostSeen = 500;
constexpr std::int64_t kPageNeedsMs = 30'000;

std::int64_t number_at(const Json& from, std::string_view key) {
    return from[key].is_number() ? from[key].integer() : 0;
}

sdk::Fields query_of(const Settings& settings, const Mark& mark) {
    sdk::Fields query{{"created[gte]", std::to_string(mark.from_s)},
                      {"limit", std::to_string(settings.page_size)}};
    for (const char* type :
         {"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"})
        query.emplace_back("types[]", type);
    if (!mark.after.empty()) query.emplace_back("starting_after", mark.after);
    return query;
}

void emit_document(const Settings& settings, sdk::Call& call, const Json& refund,
                   const std::string& observed_at) {
    sdk::map_or_reject([&] {
        if (const auto record = to_record(refund, settings, observed_at)) call.emit(*record);
    });
}

/// One walk.
class Walk {
public:
    Walk(const Settings& settings, Client& client, sdk::Call& call, Mark mark,
         sdk::LeftOut& left_out)
        : settings_(settings),
          client_(client),
          call_(call),
          left_out_(left_out),
          mark_(std::move(mark)),
          seen_(mark_.seen.begin(), mark_.seen.end()) {}

    void run() {
        bool more = true;
        do {
            const Page page = client_.events(query_of(settings_, mark_));
            for (const Json& event : page.rows)
                take(event);
            more = page.has_more && !page.rows.empty();
            if (!more)
                finish();
            else if (mark_.after == page.rows.back().at("id").text())
                throw sdk::retry("page_loop", "the list of events leads in a circle");
            else
                mark_.after = page.rows.back().at("id").text();
            call_.set_cursor(to_cursor(mark_));
        } while (more && call_.has_time(kPageNeedsMs));
    }

private:
    void take(const Json& event) {
        const std::string id = event.at("id").text();
        const std::int64_t created = event.at("created").integer();
        mark_.newest_s = std::max(mark_.newest_s, created);
        if (!seen_.insert(id).second) return;
        if (created >= mark_.newest_s - kOverlapS) mark_.seen.push_back(id);
        const std::string refund = refund_of_event(event);
        if (!refund.empty() && emitted_.insert(refund).second)
            take_refund(settings_, client_, call_, refund, left_out_);
    }

    /// The newest first, so that what is cut off is what the next walk need not see.
    void finish() {
        mark_.from_s = std::max(mark_.from_s, mark_.newest_s - kOverlapS);
        mark_.newest_s = 0;
        mark_.after.clear();
        if (mark_.seen.size() > kMostSeen)
            mark_.seen.erase(mark_.seen.begin(),
                             mark_.seen.end() - static_cast<std::ptrdiff_t>(kMostSeen));
    }

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    sdk::LeftOut& left_out_;
    Mark mark_;
    std::set<std::string> seen_;
    std::set<std::string> emitted_;
};

}  // namespace

Mark to_mark(const Settings& settings, std::string_view cursor, std::int64_t now_ms) {
    Mark mark;
    mark.from_s = settings.poll_from_s != 0 ? settings.poll_from_s : now_ms / 1000 - kDayS;
    if (cursor.empty()) return mark;
    const Json kept = Json::parse(cursor);
    if (kept["from"].is_text()) {
        mark.from_s = sdk::from_rfc3339(kept["from"].text()).value_or(mark.from_s * 1000) / 1000;
        return mark;
    }
    mark.from_s = number_at(kept, "from");
    mark.newest_s = number_at(kept, "newest");
    if (kept["after"].is_text()) mark.after = kept["after"].text();
    if (kept["seen"].is_array())
        for (const Json& each : kept["seen"].items())
            mark.seen.push_back(each.text());
    return mark;
}

std::string to_cursor(const Mark& mark) {
    Json kept = Json::object({{"from", mark.from_s}});
    if (!mark.after.empty()) kept.set("after", mark.after).set("newest", mark.newest_s);
    Json seen = Json::array();
    for (const std::string& each : mark.seen)
        seen.push(each);
    return kept.set("seen", std::move(seen)).dump();
}

void poll_events(const Settings& settings, Client& client, sdk::Call& call, Mark mark,
                 sdk::LeftOut& left_out) {
    Walk(settings, client, call, std::move(mark), left_out).run();
}

void emit_refund(const Settings& settings, Client& client, sdk::Call& call, const std::string& id) {
    const std::string observed_at = call.now();
    if (const auto refund = client.refund(id)) emit_document(settings, call, *refund, observed_at);
}

void take_refund(const Settings& settings, Client& client, sdk::Call& call, const std::string& id,
                 sdk::LeftOut& left_out) {
    const std::string observed_at = call.now();
    if (const auto refund = client.refund(id))
        left_out.take(id, [&] { emit_document(settings, call, *refund, observed_at); });
}

}  // namespace orderhub::stripe
