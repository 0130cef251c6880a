#include "cursor.hpp"

#include <boost/json.hpp>

#include "instant.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

/// A window that begins to read at `from_us`, without looking back further.
Window from(std::int64_t from_us) {
    return {from_us, Place{from_us, 0}};
}

json::object to_json(const Window& window) {
    json::object object{{"high", window.high_us}};
    if (window.place) object["place"] = {{"at", window.place->at_us}, {"id", window.place->id}};
    return object;
}

Window window_of(const json::value& source) {
    Window window{source.at("high").to_number<std::int64_t>(), std::nullopt};
    if (const json::value* place = source.as_object().if_contains("place"))
        window.place = Place{place->at("at").to_number<std::int64_t>(),
                             place->at("id").to_number<std::int64_t>()};
    return window;
}

}  // namespace

Cursor read_cursor(std::string_view text, std::int64_t default_from_us) {
    if (text.empty()) return {from(default_from_us), from(default_from_us)};
    const json::value parsed = json::parse(text);
    if (const json::value* instant = parsed.as_object().if_contains("from")) {
        const std::int64_t from_us = parse_instant(instant->as_string());
        return {from(from_us), from(from_us)};
    }
    return {window_of(parsed.at("created")), window_of(parsed.at("written"))};
}

std::string write_cursor(const Cursor& cursor) {
    return json::serialize(
        json::object{{"created", to_json(cursor.created)}, {"written", to_json(cursor.written)}});
}

}  // namespace orderhub::tryton
