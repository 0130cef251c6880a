#include "feed.hpp"

#include <algorithm>
#include <optional>

namespace orderhub::zendesk {
namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
constexpr std::int64_t kHeldBackMs = 2 * 60 * 1000;

Position starting_at(std::int64_t from_ms, std::int64_t now_ms) {
    Position position = latest_start(now_ms);
    position.from_s = std::clamp<std::int64_t>(from_ms / 1000, 0, position.from_s);
    return position;
}

/// Nothing for a text that this connector did not write.
std::optional<Position> stored(std::string_view cursor, std::int64_t now_ms) {
    try {
        const Json json = Json::parse(cursor);
        if (json["after"].is_text()) return Position{json["after"].text(), 0};
        if (json["from_s"].is_number()) return Position{"", json["from_s"].integer()};
        const auto from = sdk::from_rfc3339(json["from"].text_or_empty());
        if (from) return starting_at(*from, now_ms);
    } catch (const sdk::JsonError&) {
        return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Position latest_start(std::int64_t now_ms) {
    return {"", std::max<std::int64_t>((now_ms - kHeldBackMs) / 1000, 0)};
}

Position to_position(const Settings& settings, std::string_view cursor, std::int64_t now_ms) {
    if (cursor.empty())
        return starting_at(settings.poll_from_ms != 0 ? settings.poll_from_ms : now_ms - kDayMs,
                           now_ms);
    const auto known = stored(cursor, now_ms);
    if (!known) throw sdk::rejected("bad_cursor", "the stored cursor is not one of this connector");
    return *known;
}

std::string to_cursor(const Position& position) {
    Json json = Json::object();
    if (position.after.empty())
        json.set("from_s", position.from_s);
    else
        json.set("after", position.after);
    return json.dump();
}

Json read_export(const Settings& settings, Client& client, const Position& position) {
    sdk::Fields query{{"per_page", std::to_string(settings.page_size)},
                      {"include", "users,groups"}};
    if (position.after.empty())
        query.emplace_back("start_time", std::to_string(position.from_s));
    else
        query.emplace_back("cursor", position.after);
    Json page = client.get("/incremental/tickets/cursor.json", query);
    if (!page["tickets"].is_array())
        throw sdk::retry("bad_answer", "the page of the export has no list of tickets");
    return page;
}

Position next_position(const Json& page, const Position& position) {
    const Json& after = page["after_cursor"];
    if (!after.is_text() || after.text().empty()) return position;
    return {after.text(), 0};
}

}  // namespace orderhub::zendesk
