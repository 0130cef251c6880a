#include "settings.hpp"

#include <orderhub/instant.hpp>
#include <stdexcept>
#include <string_view>

namespace orderhub::stripe {
namespace {

std::string text_or(const Json& from, std::string_view key, std::string_view otherwise) {
    return from[key].is_text() ? from[key].text() : std::string(otherwise);
}

}  // namespace

Settings to_settings(const Json& config) {
    Settings settings;
    settings.base_url = text_or(config, "api_url", "");
    while (settings.base_url.ends_with('/'))
        settings.base_url.pop_back();
    settings.base_url += "/v1";
    settings.api_version = text_or(config, "api_version", "2026-10-28.endive");
    settings.account = text_or(config, "account", "");
    settings.refund_reason = text_or(config, "refund_reason", "requested_by_customer");
    if (settings.refund_reason == "none") settings.refund_reason.clear();
    settings.releases_rest = text_or(config, "partial_capture", "refuse") == "release_rest";
    if (config["ugx_decimals"].is_number())
        settings.ugx_decimals = static_cast<int>(config["ugx_decimals"].integer());
    const std::string from = text_or(config, "poll_from", "");
    const auto instant = sdk::from_rfc3339(from);
    if (!from.empty() && !instant)
        throw std::invalid_argument("poll_from: there is no such instant");
    settings.poll_from_s = instant.value_or(0) / 1000;
    settings.page_size = config["page_size"].is_number() ? config["page_size"].integer() : 100;
    return settings;
}

}  // namespace orderhub::stripe
