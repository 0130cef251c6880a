#include "settings.hpp"

#include <stdexcept>

#include "salesforce_platform/soql.hpp"

namespace orderhub::service_cloud {
namespace {

std::string text_or(const Json& from, std::string_view key, std::string_view otherwise) {
    return from[key].is_text() ? from[key].text() : std::string(otherwise);
}

std::int64_t number_or(const Json& from, std::string_view key, std::int64_t otherwise) {
    return from[key].is_number() ? from[key].integer() : otherwise;
}

std::string without_slash(std::string text) {
    while (text.ends_with('/'))
        text.pop_back();
    return text;
}

FieldNames to_field_names(const Json& from) {
    return {text_or(from, "order_summary", ""), text_or(from, "order_number", ""),
            text_or(from, "order_url", ""),     text_or(from, "order_digest", ""),
            text_or(from, "order_total", ""),   text_or(from, "link_key", "")};
}

std::int64_t instant_at(const Json& from, std::string_view key) {
    const std::string text = text_or(from, key, "");
    if (text.empty()) return 0;
    const auto instant = salesforce::instant_of(text);
    if (!instant) throw std::invalid_argument(std::string(key) + ": there is no such instant");
    return *instant;
}

}  // namespace

std::string FieldNames::summary_relation() const {
    if (order_summary.ends_with("__c"))
        return order_summary.substr(0, order_summary.size() - 1) + "r";
    return order_summary.substr(0, order_summary.rfind("Id"));
}

std::string FieldNames::summary_number() const {
    return order_summary.empty() ? "" : summary_relation() + ".OrderNumber";
}

Settings to_settings(const Json& config) {
    Settings settings;
    settings.organisation = {without_slash(text_or(config, "base_url", "")),
                             text_or(config, "api_version", "66.0")};
    settings.has_lightning = config["web_url"].is_text();
    settings.web_url = without_slash(text_or(config, "web_url", settings.organisation.base_url));
    settings.condition = text_or(config, "condition", "");
    settings.fields = to_field_names(config["fields"]);
    settings.notes_are_feed_items = text_or(config, "note", "case_comment") == "feed_item";
    settings.emails = !config["emails"].is_bool() || config["emails"].boolean();
    settings.poll_from_ms = instant_at(config, "poll_from");
    settings.request_percent = static_cast<int>(number_or(config, "request_percent", 80));
    settings.max_messages = static_cast<std::size_t>(number_or(config, "max_messages", 50));
    settings.max_message_bytes =
        static_cast<std::size_t>(number_or(config, "max_message_bytes", 16384));
    return settings;
}

}  // namespace orderhub::service_cloud
