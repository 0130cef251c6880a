#include "cursor.hpp"

#include <algorithm>

#include "instant.hpp"

namespace orderhub::vendure {
namespace {

constexpr std::int64_t kVersion = 1;

json::object to_json(const Position& position) {
    json::array seen;
    for (const auto& [id, instant] : position.seen)
        seen.push_back(json::array{id, instant});
    return {{"at", position.at_ms}, {"seen", std::move(seen)}};
}

Position position_of(const json::object& object) {
    Position position{whole(object, "at"), {}};
    for (const json::value& each : list_of(object, "seen")) {
        const json::array& pair = each.as_array();
        position.seen.emplace_back(std::string_view(pair.at(0).as_string()), pair.at(1).as_int64());
    }
    return position;
}

void put_position(json::object& object, std::string_view key,
                  const std::optional<Position>& position) {
    if (position) object[key] = to_json(*position);
}

std::optional<Position> optional_position(const json::object& object, std::string_view key) {
    const json::object* found = object_of(object, key);
    if (found == nullptr) return std::nullopt;
    return position_of(*found);
}

json::object to_json(const Window& window) {
    json::object object{{"high", window.high_ms}};
    put_position(object, "position", window.position);
    return object;
}

Window window_of(const json::object& cursor, std::string_view key) {
    const json::object& object = as_object(cursor.at(key), key);
    return {whole(object, "high"), optional_position(object, "position")};
}

Cursor starting_at(std::int64_t from_ms) {
    Cursor cursor;
    cursor.backfill_from_ms = from_ms;
    cursor.updated = {from_ms, Position{from_ms, {}}};
    cursor.placed = cursor.updated;
    return cursor;
}

}  // namespace

bool Position::has_seen(std::string_view id, std::int64_t instant_ms) const {
    return std::any_of(seen.begin(), seen.end(), [&](const auto& each) {
        return each.first == id && each.second == instant_ms;
    });
}

void Position::advance(std::string id, std::int64_t instant_ms) {
    at_ms = std::max(at_ms, instant_ms);
    seen.emplace_back(std::move(id), instant_ms);
    std::erase_if(seen, [&](const auto& each) { return each.second < at_ms - 1; });
}

Cursor read_cursor(std::string_view text, std::int64_t default_from_ms) {
    if (text.empty()) return starting_at(default_from_ms);
    const json::value parsed = json::parse(text);
    const json::object& object = as_object(parsed, "cursor");
    if (const std::string_view from = text_of(object, "from"); !from.empty())
        return starting_at(parse_instant(from));
    if (whole(object, "v") != kVersion) throw MappingError("the cursor is of another version");
    Cursor cursor;
    if (object.contains("backfill")) {
        cursor.backfill_from_ms = whole(object, "backfill");
        cursor.backfill_placed = object.at("backfill_placed").as_bool();
    }
    cursor.updated = window_of(object, "updated");
    cursor.placed = window_of(object, "placed");
    cursor.sweep_number = whole(object, "sweep_number");
    cursor.sweep_due_ms = whole(object, "sweep_due");
    cursor.sweep = optional_position(object, "sweep");
    if (object.contains("leavers"))
        cursor.leavers = static_cast<std::size_t>(whole(object, "leavers"));
    cursor.closed_due_ms = whole(object, "closed_due");
    cursor.closed = optional_position(object, "closed");
    return cursor;
}

std::string write_cursor(const Cursor& cursor) {
    json::object object{{"v", kVersion},
                        {"updated", to_json(cursor.updated)},
                        {"placed", to_json(cursor.placed)},
                        {"sweep_number", cursor.sweep_number},
                        {"sweep_due", cursor.sweep_due_ms},
                        {"closed_due", cursor.closed_due_ms}};
    if (cursor.backfill_from_ms) {
        object["backfill"] = *cursor.backfill_from_ms;
        object["backfill_placed"] = cursor.backfill_placed;
    }
    put_position(object, "sweep", cursor.sweep);
    if (cursor.leavers) object["leavers"] = *cursor.leavers;
    put_position(object, "closed", cursor.closed);
    return json::serialize(object);
}

}  // namespace orderhub::vendure
