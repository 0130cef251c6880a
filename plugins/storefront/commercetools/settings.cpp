#include "settings.hpp"

#include <orderhub/instant.hpp>
#include <stdexcept>
#include <string_view>

namespace orderhub::commercetools {
namespace {

std::string text_or(const Json& from, std::string_view key, std::string_view otherwise) {
    return from[key].is_text() ? from[key].text() : std::string(otherwise);
}

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
    const std::string project = config.at("project").text();
    if (config.at("scope").text().find(":" + project) == std::string::npos)
        throw std::invalid_argument("scope: it must name the project, such as manage_orders:" +
                                    project);
    settings.url = config.at("api_url").text();
    while (settings.url.ends_with('/'))
        settings.url.pop_back();
    settings.url += "/" + project;
    settings.language = text_or(config, "language", "en");
    settings.store = text_or(config, "store", "");
    settings.managed = flag_or(config, "managed", true);
    settings.refunds_are_done = text_or(config, "refund_state", "Initial") == "Success";
    settings.transaction_type = text_or(config, "transaction_type", "");
    settings.records_returns = flag_or(config, "record_returns", true);
    settings.poll_from_ms = instant_or_none(config["poll_from"]);
    settings.page_size = config["page_size"].is_number() ? config["page_size"].integer() : 100;
    return settings;
}

}  // namespace orderhub::commercetools
