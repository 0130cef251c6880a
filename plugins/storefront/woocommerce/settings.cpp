#include "settings.hpp"

#include <orderhub/instant.hpp>
#include <stdexcept>

namespace orderhub::woocommerce {
namespace {

bool flag_or(const Json& from, std::string_view key, bool otherwise) {
    return from[key].is_bool() ? from[key].boolean() : otherwise;
}

std::int64_t instant_or_none(const Json& text) {
    if (text.is_null()) return 0;
    const auto instant = sdk::from_rfc3339(text.text());
    if (!instant) throw std::invalid_argument("poll_from: there is no such instant");
    return *instant;
}

}  // namespace

Settings to_settings(const Json& config) {
    Settings settings;
    settings.api_url = config.at("site_url").text();
    while (settings.api_url.ends_with('/'))
        settings.api_url.pop_back();
    if (settings.api_url.ends_with("/wc/v3"))
        throw std::invalid_argument("site_url: the address of the site, without /wp-json/wc/v3");
    settings.api_url += "/wp-json/wc/v3";
    settings.managed = flag_or(config, "managed", true);
    settings.refunds_by_gateway = config["refund_by"] != Json("record");
    settings.restocks = flag_or(config, "restock", true);
    settings.ignored_statuses = {"checkout-draft", "auto-draft", "pending", "failed"};
    if (config["ignored_statuses"].is_array()) {
        settings.ignored_statuses.clear();
        for (const Json& status : config["ignored_statuses"].items())
            settings.ignored_statuses.insert(status.text());
    }
    settings.poll_from_ms = instant_or_none(config["poll_from"]);
    settings.page_size = config["page_size"].is_number() ? config["page_size"].integer() : 50;
    return settings;
}

}  // namespace orderhub::woocommerce
