#include "hub/routing/json_changes.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <string>

#include "hub/domain/pointer.hpp"
#include "hub/routing/polled_records.hpp"

namespace orderhub::routing {

namespace json = boost::json;

namespace {

constexpr int kDeepest = 64;

class Comparison {
public:
    void compare(const json::value& before, const json::value& after, const std::string& path,
                 int depth) {
        if (before == after) return;
        if (depth < kDeepest && before.is_object() && after.is_object())
            return members(before.get_object(), after.get_object(), path, depth);
        if (depth < kDeepest && before.is_array() && after.is_array())
            return places(before.get_array(), after.get_array(), path, depth);
        found.push_back({{"op", "replace"}, {"path", path}, {"before", before}, {"value", after}});
    }

    json::array found;

private:
    void members(const json::object& before, const json::object& after, const std::string& path,
                 int depth) {
        for (const auto& [name, value] : before) {
            const json::value* now = after.if_contains(name);
            if (now != nullptr)
                compare(value, *now, pointer_below(path, name), depth + 1);
            else
                removed(value, pointer_below(path, name));
        }
        for (const auto& [name, value] : after)
            if (!before.contains(name)) added(value, pointer_below(path, name));
    }

    void places(const json::array& before, const json::array& after, const std::string& path,
                int depth) {
        const std::size_t both = std::min(before.size(), after.size());
        for (std::size_t at = 0; at < both; ++at)
            compare(before[at], after[at], pointer_below(path, std::to_string(at)), depth + 1);
        // From the end, so that the changes can be made one after the other.
        for (std::size_t at = before.size(); at > both; --at)
            removed(before[at - 1], pointer_below(path, std::to_string(at - 1)));
        for (std::size_t at = both; at < after.size(); ++at)
            added(after[at], pointer_below(path, std::to_string(at)));
    }

    void removed(const json::value& value, const std::string& path) {
        found.push_back({{"op", "remove"}, {"path", path}, {"before", value}});
    }
    void added(const json::value& value, const std::string& path) {
        found.push_back({{"op", "add"}, {"path", path}, {"value", value}});
    }
};

}  // namespace

json::array json_changes(const json::value& before, const json::value& after) {
    Comparison comparison;
    comparison.compare(before, after, "", 0);
    return std::move(comparison.found);
}

json::array text_changes(std::string_view before, std::string_view after) {
    json::error_code not_before;
    json::error_code not_after;
    const json::value was = json::parse(before, not_before);
    const json::value is = json::parse(after, not_after);
    if (!not_before && !not_after) return json_changes(was, is);
    if (before == after) return {};
    return {json::object{{"op", "replace"},
                         {"path", ""},
                         {"before_sha256", sha256_hex(before)},
                         {"value_sha256", sha256_hex(after)}}};
}

}  // namespace orderhub::routing
