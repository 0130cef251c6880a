#include "settings.hpp"

#include <stdexcept>
#include <string_view>

#include "documents/members.hpp"
#include "salesforce_platform/soql.hpp"

namespace orderhub::salesforce_commerce {
namespace {

std::string without_slash(std::string text) {
    while (text.ends_with('/'))
        text.pop_back();
    return text;
}

bool flag_or(const Json& from, std::string_view key, bool otherwise) {
    return from[key].is_bool() ? from[key].boolean() : otherwise;
}

}  // namespace

Settings to_settings(const Json& config) {
    using documents::text_at;
    Settings settings;
    const std::string version = text_at(config, "api_version");
    settings.organisation = {without_slash(text_at(config, "base_url")),
                             version.empty() ? "66.0" : version};
    settings.has_lightning = config["web_url"].is_text();
    settings.web_url = settings.has_lightning ? without_slash(text_at(config, "web_url"))
                                              : settings.organisation.base_url;
    settings.by_summary = text_at(config, "door") == "order_summary";
    settings.currency = text_at(config, "currency");
    settings.multicurrency = flag_or(config, "multicurrency", false);
    settings.skip_external = flag_or(config, "skip_external", true);
    settings.condition = text_at(config, "condition");
    settings.cancelled_status = text_at(config, "cancelled_status");
    settings.key_field = text_at(config, "key_field");
    settings.payments = flag_or(config, "payments", true);
    const std::string from = text_at(config, "poll_from");
    const auto instant = salesforce::instant_of(from);
    if (!from.empty() && !instant)
        throw std::invalid_argument("poll_from: there is no such instant");
    settings.poll_from_ms = instant.value_or(0);
    settings.request_percent = config["request_percent"].is_number()
                                   ? static_cast<int>(config["request_percent"].integer())
                                   : 80;
    return settings;
}

}  // namespace orderhub::salesforce_commerce
