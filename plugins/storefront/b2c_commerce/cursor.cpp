#include "cursor.hpp"

#include <orderhub/instant.hpp>

namespace orderhub::b2c_commerce {
namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;

documents::Mark mark_from(std::int64_t from_ms) {
    documents::Mark mark;
    mark.from_ms = from_ms - from_ms % 1000;
    return mark;
}

ExportProgress to_exports(const Json& json) {
    return {documents::to_mark(json), json.at("name").text(), json.at("changed").integer(),
            static_cast<std::size_t>(json.at("done").integer())};
}

Json to_json(const ExportProgress& exports) {
    Json json = documents::to_json(exports.files);
    json.set("name", exports.name);
    json.set("changed", exports.changed_ms);
    json.set("done", static_cast<std::int64_t>(exports.done));
    return json;
}

}  // namespace

Cursor to_cursor(const Settings& settings, std::string_view text, std::int64_t now_ms) {
    const std::int64_t begin = settings.poll_from_ms != 0 ? settings.poll_from_ms : now_ms - kDayMs;
    Cursor cursor{mark_from(begin)};
    if (!text.empty()) {
        const Json json = Json::parse(text);
        cursor.is_backfill = json["backfill"].is_bool() || json["from"].is_text();
        if (json["from"].is_number()) {
            cursor.orders = documents::to_mark(json);
        } else {
            const auto from = sdk::from_rfc3339(json.at("from").text());
            if (!from) throw sdk::JsonError("the cursor's 'from' is no instant");
            cursor.orders = mark_from(*from);
        }
        if (!json["exports"].is_null()) cursor.exports = to_exports(json["exports"]);
    }
    if (!cursor.exports && !cursor.is_backfill && !settings.export_directory.empty())
        cursor.exports = ExportProgress{mark_from(begin), {}};
    return cursor;
}

std::string to_text(const Cursor& cursor) {
    Json json = documents::to_json(cursor.orders);
    if (cursor.is_backfill) json.set("backfill", true);
    if (cursor.exports) json.set("exports", to_json(*cursor.exports));
    return json.dump();
}

}  // namespace orderhub::b2c_commerce
