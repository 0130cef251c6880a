#include "settings.hpp"

#include <orderhub/instant.hpp>
#include <stdexcept>

namespace orderhub::zendesk {
namespace {

std::int64_t number_or(const Json& from, std::string_view key, std::int64_t otherwise) {
    return from[key].is_number() ? from[key].integer() : otherwise;
}

std::string without_slash(std::string text) {
    while (text.ends_with('/'))
        text.pop_back();
    return text;
}

/// Whether the OAuth token is used; one way of signing in must be there, whole.
bool uses_access_token(const Json& config) {
    const bool has_access = config["access_token"].is_text();
    const bool has_user = config["user"].is_text();
    const bool has_token = config["api_token"].is_text();
    if (has_access && (has_user || has_token))
        throw std::invalid_argument("access_token stands in place of user and api_token");
    if (!has_access && !(has_user && has_token))
        throw std::invalid_argument("user and api_token are needed, or access_token");
    return has_access;
}

std::int64_t instant_at(const Json& from, std::string_view key) {
    if (!from[key].is_text()) return 0;
    const auto instant = sdk::from_rfc3339(from[key].text());
    if (!instant) throw std::invalid_argument(std::string(key) + ": there is no such instant");
    return *instant;
}

std::vector<std::string> ids_at(const Json& from, std::string_view key) {
    std::vector<std::string> ids;
    if (from[key].is_array())
        for (const Json& id : from[key].items())
            ids.push_back(id.text_or_digits());
    return ids;
}

}  // namespace

Settings to_settings(const Json& config) {
    const Json& fields = config["fields"];
    Settings settings;
    settings.base_url = without_slash(config.at("base_url").text());
    settings.has_access_token = uses_access_token(config);
    settings.groups = ids_at(config, "groups");
    settings.fields = {number_or(fields, "order_number", 0), number_or(fields, "order_url", 0),
                       number_or(fields, "order_digest", 0), number_or(fields, "order_total", 0),
                       number_or(fields, "link_key", 0)};
    settings.poll_from_ms = instant_at(config, "poll_from");
    settings.page_size = number_or(config, "page_size", 50);
    settings.reserve_percent = static_cast<int>(number_or(config, "reserve_percent", 30));
    settings.max_messages = static_cast<std::size_t>(number_or(config, "max_messages", 50));
    settings.max_message_bytes =
        static_cast<std::size_t>(number_or(config, "max_message_bytes", 16384));
    return settings;
}

}  // namespace orderhub::zendesk
