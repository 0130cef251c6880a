#include "settings.hpp"

#include <orderhub/instant.hpp>
#include <stdexcept>
#include <string_view>

namespace orderhub::b2c_commerce {
namespace {

std::string text_or(const Json& from, std::string_view key, std::string_view otherwise) {
    return from[key].is_text() ? from[key].text() : std::string(otherwise);
}

std::string without_slash(std::string text) {
    while (text.ends_with('/'))
        text.pop_back();
    return text;
}

/// The tenant of an organisation stands in the scope, too: a slip there is told before any request.
void check_scope(const std::string& organization, const std::string& scope) {
    const std::string tenant =
        "SALESFORCE_COMMERCE_API:" + organization.substr(std::string_view("f_ecom_").size());
    if (scope.find(tenant) == std::string::npos)
        throw std::invalid_argument("scope: it must name the tenant of organization_id, " + tenant);
}

}  // namespace

Settings to_settings(const Json& config) {
    Settings settings;
    const std::string organization = text_or(config, "organization_id", "");
    check_scope(organization, text_or(config, "scope", ""));
    settings.site_id = text_or(config, "site_id", "");
    settings.orders_url = without_slash(text_or(config, "api_url", "")) +
                          "/checkout/orders/v1/organizations/" + organization + "/orders";
    const std::string ocapi = without_slash(text_or(config, "ocapi_url", ""));
    if (!ocapi.empty())
        settings.notes_url = ocapi + "/s/" + settings.site_id + "/dw/shop/" +
                             text_or(config, "ocapi_version", "v24_5") + "/orders";
    settings.tracking_url = text_or(config, "tracking_url", "");
    settings.tells_by_status = text_or(config, "tell", "oms_events") == "shipping_status";
    settings.managed = !config["managed"].is_bool() || config["managed"].boolean();
    const std::string from = text_or(config, "poll_from", "");
    const auto instant = sdk::from_rfc3339(from);
    if (!from.empty() && !instant)
        throw std::invalid_argument("poll_from: there is no such instant");
    settings.poll_from_ms = instant.value_or(0);
    settings.page_size = config["page_size"].is_number() ? config["page_size"].integer() : 50;
    settings.export_directory = text_or(config, "export_directory", "");
    return settings;
}

}  // namespace orderhub::b2c_commerce
