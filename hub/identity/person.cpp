#include "hub/identity/person.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <string_view>

namespace orderhub::identity {

namespace {

namespace json = boost::json;

constexpr std::size_t kLongestName = 64;

std::string text_at(const json::object& claims, std::string_view key) {
    const auto* value = claims.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// The claim of that name, dots and all, or the one within others that its dots lead to.
const json::value* find(const json::object& claims, std::string_view path) {
    if (const auto* whole = claims.if_contains(path)) return whole;
    const auto dot = path.find('.');
    if (dot == path.npos) return nullptr;
    const auto* outer = claims.if_contains(path.substr(0, dot));
    return outer && outer->is_object() ? find(outer->as_object(), path.substr(dot + 1)) : nullptr;
}

bool has(const json::value& claim, std::string_view wanted) {
    if (claim.is_string()) return claim.as_string() == wanted;
    return claim.is_array() &&
           std::ranges::find(claim.as_array(), json::value(wanted)) != claim.as_array().end();
}

std::string role_of(const json::object& claims, const Settings& settings) {
    const auto* claim = settings.role_claim.empty() ? nullptr : find(claims, settings.role_claim);
    if (claim)
        for (const auto& [value, role] : settings.roles)
            if (has(*claim, value)) return role;
    return settings.default_role;
}

void add(domain::ConnectorNames& to, const domain::ConnectorNames& more) {
    if (!to || !more)
        to = std::nullopt;
    else
        for (const auto& name : *more)
            if (!domain::has(to, name)) to->push_back(name);
}

std::optional<domain::Scope> scope_of(const json::object& claims, const Settings& settings) {
    if (settings.limits.empty()) return std::nullopt;
    using Names = std::vector<std::string>;
    domain::Scope all{Names{}, Names{}};
    const auto* claim = find(claims, settings.limit_claim);
    for (const auto& [value, scope] : settings.limits) {
        if (!claim || !has(*claim, value)) continue;
        add(all.storefronts, scope.storefronts);
        add(all.desks, scope.desks);
    }
    return all;
}

/// At most so many bytes, cut between characters.
std::string shortened(std::string text) {
    if (text.size() <= kLongestName) return text;
    std::size_t end = kLongestName;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    text.resize(end);
    return text;
}

std::string first_of(std::initializer_list<std::string> texts) {
    for (const auto& text : texts)
        if (!text.empty()) return shortened(text);
    return {};
}

}  // namespace

Person person_of(const json::object& claims, const Settings& settings) {
    const auto subject = text_at(claims, "sub");
    const auto name =
        first_of({text_at(claims, "preferred_username"), text_at(claims, "email"), subject});
    return {subject, name, first_of({text_at(claims, "name"), name}), role_of(claims, settings),
            scope_of(claims, settings)};
}

bool is_complete(const json::object& claims, const Settings& settings) {
    return claims.contains("name") && claims.contains("preferred_username") &&
           (settings.role_claim.empty() || find(claims, settings.role_claim)) &&
           (settings.limits.empty() || find(claims, settings.limit_claim));
}

}  // namespace orderhub::identity
