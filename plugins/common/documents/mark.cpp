#include "documents/mark.hpp"

#include <algorithm>
#include <iterator>

namespace orderhub::documents {
namespace {

constexpr std::size_t kMostSeen = 2000;
constexpr std::int64_t kSecondMs = 1000;

std::int64_t whole_second(std::int64_t ms) {
    return ms - ms % kSecondMs;
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

}  // namespace orderhub::documents
