#include "cursor.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace orderhub::request_tracker {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostSeen = 1000;

using Mark = std::pair<std::int64_t, std::int64_t>;

}  // namespace

bool Cursor::has_seen(std::int64_t id) const {
    return id <= floor || std::ranges::binary_search(seen, id, {}, &Mark::first);
}

void Cursor::mark_seen(std::int64_t id, std::int64_t created_s) {
    if (has_seen(id)) return;
    seen.insert(std::ranges::upper_bound(seen, id, {}, &Mark::first), {id, created_s});
}

void Cursor::settle(std::int64_t left) {
    if (seen.empty()) return;
    const std::int64_t newest = std::ranges::max(seen, {}, &Mark::second).second;
    const std::size_t surplus = seen.size() > kMostSeen ? seen.size() - kMostSeen : 0;
    std::size_t settled = 0;
    while (settled < seen.size() && seen[settled].first < left &&
           (settled < surplus || seen[settled].second < newest - kOverlapSeconds))
        ++settled;
    if (settled == 0) return;
    floor = seen[settled - 1].first;
    seen.erase(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(settled));
}

std::string to_text(const Cursor& cursor) {
    json::array seen;
    for (const auto& [id, created] : cursor.seen)
        seen.push_back(json::array{id, created});
    json::array done;
    for (const std::string& id : cursor.since_done)
        done.emplace_back(id);
    return json::serialize(json::object{{"since", cursor.since},
                                        {"since_done", std::move(done)},
                                        {"floor", cursor.floor},
                                        {"seen", std::move(seen)}});
}

std::string backfill_start(std::string_view text) {
    const json::value value = json::parse(text);
    const json::value* from = value.as_object().if_contains("from");
    if (from == nullptr) return {};
    constexpr std::size_t kToTheSecond = 19;  // RT refuses fractions
    return std::string(std::string_view(from->as_string()).substr(0, kToTheSecond)) + "Z";
}

Cursor to_cursor(std::string_view text) {
    const json::object from = json::parse(text).as_object();
    Cursor cursor;
    cursor.since = from.at("since").as_string();
    for (const json::value& id : from.at("since_done").as_array())
        cursor.since_done.emplace_back(id.as_string());
    cursor.floor = from.at("floor").to_number<std::int64_t>();
    for (const json::value& mark : from.at("seen").as_array())
        cursor.seen.emplace_back(mark.at(0).to_number<std::int64_t>(),
                                 mark.at(1).to_number<std::int64_t>());
    return cursor;
}

}  // namespace orderhub::request_tracker
