#include "hub/flows/walk.hpp"

#include <charconv>

namespace orderhub::flows {

namespace json = boost::json;

namespace {

std::string parent_of(std::string_view pointer) {
    return std::string(pointer.substr(0, pointer.rfind('/')));
}

std::size_t index_of(std::string_view pointer) {
    const auto digits = pointer.substr(pointer.rfind('/') + 1);
    std::size_t index = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), index);
    return index;
}

/// The step that a list belongs to; empty for "/after" and for a compensation, which end by
/// themselves.
std::string owner_of(const Flow& flow, const std::string& list) {
    if (list.ends_with("/compensate")) return {};
    for (std::string at = parent_of(list); !at.empty(); at = parent_of(at))
        if (flow.at(at) != nullptr) return at;
    return {};
}

/// Goes on with the next item of a loop, if there is one.
bool has_next_item(const std::string& owner, json::object& loops) {
    const auto found = loops.find(owner);
    if (found == loops.end()) return false;
    json::object& loop = found->value().as_object();
    const auto index = loop["index"].to_number<std::size_t>() + 1;
    loop["index"] = index;
    if (index < loop["items"].as_array().size()) return true;
    loops.erase(found);
    return false;
}

std::string leave(const Flow& flow, const std::string& list, json::object& loops) {
    const std::string owner = owner_of(flow, list);
    if (owner.empty()) return {};
    const std::string body = owner + "/for_each/do";
    if (list == body && has_next_item(owner, loops)) return body + "/0";
    return next(flow, owner, loops);
}

}  // namespace

std::string enter(const Flow& flow, const std::string& list, json::object& loops) {
    std::string first = list + "/0";
    if (flow.at(first) != nullptr) return first;
    loops.erase(parent_of(parent_of(list)));
    return leave(flow, list, loops);
}

std::string next(const Flow& flow, const std::string& pointer, json::object& loops) {
    const std::string list = parent_of(pointer);
    std::string sibling = list + "/" + std::to_string(index_of(pointer) + 1);
    if (flow.at(sibling) != nullptr) return sibling;
    return leave(flow, list, loops);
}

}  // namespace orderhub::flows
