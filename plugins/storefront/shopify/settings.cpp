#include "settings.hpp"

#include <orderhub/instant.hpp>
#include <stdexcept>
#include <string_view>

namespace orderhub::shopify {
namespace {

std::string text_or(const Json& from, std::string_view key, std::string_view otherwise) {
    return from[key].is_text() ? from[key].text() : std::string(otherwise);
}

bool bool_or(const Json& from, std::string_view key, bool otherwise) {
    return from[key].is_bool() ? from[key].boolean() : otherwise;
}

std::int64_t number_or(const Json& from, std::string_view key, std::int64_t otherwise) {
    return from[key].is_number() ? from[key].integer() : otherwise;
}

}  // namespace

Settings to_settings(const Json& config) {
    std::string shop = text_or(config, "shop_url", "");
    while (shop.ends_with('/'))
        shop.pop_back();
    Settings settings;
    settings.api_version = text_or(config, "api_version", "2026-10");
    settings.endpoint = shop + "/admin/api/" + settings.api_version + "/graphql.json";
    settings.shop_domain = shop.substr(shop.find("://") + 3);
    settings.orders_url = shop + "/admin/orders/";
    settings.has_fixed_token = config["access_token"].is_text();
    settings.managed = bool_or(config, "managed", true);
    settings.restocks = bool_or(config, "restock", true);
    settings.restocks_returns = bool_or(config, "restock_returns", false);
    settings.notifies = bool_or(config, "notify_customer", false);
    settings.restock_location = text_or(config, "restock_location", "");
    settings.page_size = number_or(config, "page_size", 50);
    settings.line_page_size = number_or(config, "line_page_size", 25);
    settings.overlap_ms = number_or(config, "overlap_s", 300) * 1000;
    const std::string from = text_or(config, "poll_from", "");
    const auto instant = sdk::from_rfc3339(from);
    if (!from.empty() && !instant)
        throw std::invalid_argument("poll_from: there is no such instant");
    settings.poll_from_ms = instant.value_or(0);
    return settings;
}

}  // namespace orderhub::shopify
