#include "salesforce_platform/changes.hpp"

#include <algorithm>
#include <iterator>

#include "salesforce_platform/soql.hpp"

namespace orderhub::salesforce {
namespace {

constexpr std::size_t kMostSeen = 2000;
constexpr std::int64_t kSecondMs = 1000;

std::int64_t whole_second(std::int64_t ms) {
    return ms - ms % kSecondMs;
}

std::string query_of(const Feed& feed, const Mark& mark) {
    return "SELECT Id, SystemModstamp" + (feed.owner_field.empty() ? "" : ", " + feed.owner_field) +
           " FROM " + feed.object + " WHERE SystemModstamp >= " + instant_literal(mark.from_ms) +
           (feed.condition.empty() ? "" : " AND (" + feed.condition + ")") +
           " ORDER BY SystemModstamp, Id";
}

}  // namespace

bool Mark::has_seen(std::int64_t stamp_ms, std::string_view id) const {
    const auto found = seen.find(stamp_ms);
    return stamp_ms < from_ms || (found != seen.end() && found->second.contains(std::string(id)));
}

void Mark::see(std::int64_t stamp_ms, std::string_view id) {
    seen[stamp_ms].emplace(id);
}

void Mark::settle() {
    if (seen.empty()) return;
    const std::int64_t newest = whole_second(seen.rbegin()->first);
    from_ms = std::max(from_ms, whole_second(newest - kOverlapMs));
    std::size_t kept = 0;
    for (auto each = seen.rbegin(); each != seen.rend(); ++each) {
        kept += each->second.size();
        if (kept <= kMostSeen || whole_second(each->first) == newest) continue;
        from_ms = std::max(from_ms, whole_second(each->first) + kSecondMs);
        break;
    }
    seen.erase(seen.begin(), seen.lower_bound(from_ms));
}

Json to_json(const Mark& mark) {
    Json seen = Json::array();
    for (const auto& [stamp, ids] : mark.seen) {
        Json list = Json::array();
        for (const std::string& id : ids)
            list.push(id);
        seen.push(Json::array({stamp, std::move(list)}));
    }
    return Json::object({{"from", mark.from_ms}, {"seen", std::move(seen)}});
}

Mark to_mark(const Json& json) {
    Mark mark;
    mark.from_ms = json.at("from").integer();
    for (const Json& each : json.at("seen").items()) {
        const std::vector<Json>& pair = each.items();
        if (pair.size() != 2) throw sdk::JsonError("a remembered stamp has no ids");
        for (const Json& id : pair[1].items())
            mark.see(pair[0].integer(), id.text());
    }
    return mark;
}

std::vector<Change> next_changes(Client& client, const Feed& feed, Mark& mark, std::size_t most) {
    std::vector<Change> changes;
    if (most == 0) return changes;
    client.query(query_of(feed, mark), [&](const Json& row) {
        const std::string id = row.at("Id").text();
        const auto stamp = instant_of(row.at("SystemModstamp").text());
        if (!stamp) throw sdk::retry("bad_answer", "answered with a row without SystemModstamp");
        if (mark.has_seen(*stamp, id)) return true;
        mark.see(*stamp, id);
        changes.push_back(
            {id, feed.owner_field.empty() ? id : row[feed.owner_field].text_or_empty()});
        return changes.size() < most;
    });
    mark.settle();
    return changes;
}

}  // namespace orderhub::salesforce
