#include "poll.hpp"

#include <algorithm>

#include "mapping.hpp"

namespace orderhub::shopify {
namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::size_t kBatch = 100;       ///< orders that one poll reads
constexpr std::size_t kMostSeen = 3'000;  ///< more are read again, which does no harm

std::string search_of(std::int64_t from_ms) {
    // to the second, as the shop's stamps are; quoted, or only the day counts
    const std::string instant = sdk::to_rfc3339(from_ms - from_ms % 1000);
    return "updated_at:>='" + instant.substr(0, 19) + "Z'";
}

std::int64_t instant_of(const std::string& text) {
    const auto instant = sdk::from_rfc3339(text);
    if (!instant) throw sdk::JsonError("'updatedAt' is no instant");
    return *instant;
}

/// A page of what changed. A cursor that the shop does not take any more is given up: the window
/// begins anew.
Json page_of(const Settings& settings, Client& client, sdk::Call& call, Mark& mark) {
    const auto read = [&] {
        return client
            .send(kChanged,
                  Json::object({{"query", search_of(mark.from_ms)},
                                {"first", settings.page_size},
                                {"after", mark.after.empty() ? Json() : Json(mark.after)}}))
            .at("orders");
    };
    Json page;
    const auto stop = sdk::attempt(call, [&] { page = read(); });
    if (!stop) return page;
    if (stop->outcome != OH_REJECTED || mark.after.empty()) throw sdk::Stop(*stop);
    mark.after.clear();
    return read();
}

/// The window is read to its end: the next one begins where a late entry may still come.
void end_window(const Settings& settings, Mark& mark) {
    mark.after.clear();
    mark.from_ms = std::max(mark.from_ms, mark.high_ms - settings.overlap_ms);
    std::erase_if(mark.seen,
                  [&](const auto& each) { return instant_of(each.second) < mark.from_ms; });
}

void see(Mark& mark, const std::string& number, const std::string& updated_at) {
    mark.high_ms = std::max(mark.high_ms, instant_of(updated_at));
    if (mark.seen.size() < kMostSeen || mark.seen.contains(number)) mark.seen[number] = updated_at;
}

}  // namespace

Mark to_mark(const Settings& settings, std::string_view cursor, std::int64_t now_ms) {
    Mark mark;
    mark.from_ms = settings.poll_from_ms != 0 ? settings.poll_from_ms : now_ms - kDayMs;
    if (cursor.empty()) return mark;
    const Json json = Json::parse(cursor);
    mark.from_ms = instant_of(json.at("from").text());
    if (json["high"].is_text()) mark.high_ms = instant_of(json["high"].text());
    if (json["after"].is_text()) mark.after = json["after"].text();
    if (json["seen"].is_object())
        for (const auto& [number, updated_at] : json["seen"].members())
            mark.seen[number] = updated_at.text();
    return mark;
}

std::string to_cursor(const Mark& mark) {
    Json seen = Json::object();
    for (const auto& [number, updated_at] : mark.seen)
        seen.set(number, updated_at);
    Json json = Json::object({{"from", sdk::to_rfc3339(mark.from_ms)},
                              {"high", sdk::to_rfc3339(mark.high_ms)},
                              {"seen", std::move(seen)}});
    if (!mark.after.empty()) json.set("after", mark.after);
    return json.dump();
}

void emit_changes(const Settings& settings, Client& client, sdk::Call& call, Mark& mark,
                  sdk::LeftOut& left_out) {
    for (std::size_t emitted = 0;;) {
        const Json page = page_of(settings, client, call, mark);
        for (const Json& row : page.at("nodes").items()) {
            const std::string number = number_of(row.at("id"));
            const std::string listed = row.at("updatedAt").text();
            const auto known = mark.seen.find(number);
            if (known != mark.seen.end() && known->second >= listed) continue;
            // one at least, or a poll that began late would never get on; then the same page again
            if (emitted >= kBatch || (emitted > 0 && !call.has_time())) return;
            const std::string read = take_order(settings, client, call, number, left_out);
            see(mark, number, std::max(read, listed));
            ++emitted;
        }
        const Json& info = page.at("pageInfo");
        if (!info.at("hasNextPage").boolean()) break;
        mark.after = info.at("endCursor").text();
    }
    end_window(settings, mark);
}

void emit_document(const Settings& settings, sdk::Call& call, const OrderDocument& document) {
    sdk::map_or_reject(
        [&] { call.emit(to_order(settings, document.order, document.observed_at)); });
}

void emit_order(const Settings& settings, Client& client, sdk::Call& call,
                const std::string& number) {
    if (const auto document = read_order(settings, client, call, number))
        emit_document(settings, call, *document);
}

std::string take_order(const Settings& settings, Client& client, sdk::Call& call,
                       const std::string& number, sdk::LeftOut& left_out) {
    const auto document = read_order(settings, client, call, number);
    if (!document) return {};
    left_out.take(number, [&] { emit_document(settings, call, *document); });
    return document->order.at("updatedAt").text();
}

}  // namespace orderhub::shopify
