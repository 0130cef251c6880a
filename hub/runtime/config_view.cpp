#include "hub/runtime/config_view.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <string>

#include "hub/connectors/webhook_scheme.hpp"

namespace orderhub::runtime {

namespace {

namespace json = boost::json;

constexpr std::string_view kMask = "***";

/// "postgresql://user:word@host/name?password=x" as "postgresql://***@host/name".
std::string without_sign_in(std::string address) {
    address.resize(std::min(address.find('?'), address.size()));
    const auto scheme = address.find("://");
    const auto at = address.rfind('@');
    if (scheme == std::string::npos) return address.empty() ? address : std::string(kMask);
    const auto begin = scheme + 3;
    if (at != std::string::npos && at > begin) address.replace(begin, at - begin, kMask);
    return address;
}

json::array texts(const std::vector<std::string>& from) {
    json::array out;
    for (const auto& each : from)
        out.emplace_back(each);
    return out;
}

json::object connector_view(const ConnectorConfig& connector) {
    json::object settings = connector.config;
    for (const auto& [key, value] : connector.secrets)
        if (key != connectors::kPreviousSecret) settings[key] = kMask;
    json::object out{{"name", connector.name},
                     {"library", connector.library},
                     {"granted_hosts", texts(connector.granted_hosts)},
                     {"granted_directories", texts(connector.granted_directories)},
                     {"poll_interval_s", nullptr},
                     {"config", std::move(settings)}};
    if (connector.poll_interval_s) out["poll_interval_s"] = *connector.poll_interval_s;
    return out;
}

json::object servicing_view(const ServicingConfig& servicing) {
    json::object limits;
    for (const auto& [role, each] : servicing.gift_limits)
        limits[role] = {{"goodwill_basis_points", each.goodwill},
                        {"appeasement_basis_points", each.appeasement}};
    json::object refunds;
    for (const auto& [role, limits_of_role] : servicing.refund_limits) {
        json::object& amounts = refunds[role].emplace_object();
        for (const auto& [currency, amount] : limits_of_role)
            amounts[currency] = amount;
    }
    return {{"gift_limits", std::move(limits)}, {"refund_limits", std::move(refunds)}};
}

json::object limits_view(const LimitsConfig& limits) {
    return {{"body_bytes", limits.body_bytes},
            {"connections", limits.connections},
            {"api_threads", limits.api_threads},
            {"request_seconds", limits.request_seconds},
            {"connector_call_seconds", limits.connector_call_seconds},
            {"store_log_mib", limits.store_log_mib},
            {"requests_per_caller", limits.per_caller},
            {"requests_per_address", limits.per_address}};
}

json::value tls_view(const Config& config) {
    if (!config.tls) return nullptr;
    return {{"certificate", config.tls->certificate}, {"min_version", config.tls->min_version}};
}

json::array payments_view(const Config& config) {
    json::array views;
    for (const auto& each : config.payments)
        views.push_back({{"connector", each.connector},
                         {"storefronts", texts(each.storefronts)},
                         {"methods", texts(each.methods)},
                         {"references", texts(each.references)}});
    return views;
}

}  // namespace

json::object config_view(const Config& config) {
    json::array connectors;
    for (const auto& each : config.connectors)
        connectors.push_back(connector_view(each));
    json::object routes;
    for (const auto& [kind, connector] : config.routes)
        routes[kind] = connector;
    return {{"listen", config.address + ":" + std::to_string(config.port)},
            {"tls", tls_view(config)},
            {"public_url", config.public_url},
            {"credit_memo_prefix", config.credit_memo_prefix},
            {"invoice_prefix", config.invoice_prefix},
            {"return_prefix", config.return_prefix},
            {"data", config.data},
            {"database", without_sign_in(config.database)},
            {"secrets", {{"keys", config.secret_keys.size()}}},
            {"plugins", config.plugins},
            {"log", {{"level", config.log.level}, {"format", config.log.format}}},
            {"limits", limits_view(config.limits)},
            {"retention",
             {{"inbox_days", config.retention.inbox_days},
              {"deliveries_days", config.retention.deliveries_days},
              {"closed_cases_days", config.retention.closed_cases_days}}},
            {"events", {{"private_hosts", texts(config.events.private_hosts)}}},
            {"servicing", servicing_view(config.servicing)},
            {"connectors", std::move(connectors)},
            {"routes", std::move(routes)},
            {"payments", payments_view(config)}};
}

}  // namespace orderhub::runtime
