#include "hub/connectors/webhook_scheme.hpp"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>

namespace orderhub::connectors {
namespace {

constexpr std::string_view kFromConfig = "config:";

std::string_view configured(const Secrets& secrets, std::string_view key) {
    const std::string* found = secrets.find_plain(key);
    return found ? std::string_view(*found) : std::string_view{};
}

void replace(std::string& text, const Secrets& secrets) {
    if (text.starts_with(kFromConfig))
        text = configured(secrets, std::string_view(text).substr(kFromConfig.size()));
}

}  // namespace

WebhookScheme::Kind to_webhook_kind(std::string_view word) {
    if (word == "standard-webhooks") return WebhookScheme::Kind::standard_webhooks;
    if (word == "timestamped-hmac-sha256") return WebhookScheme::Kind::timestamped_hmac_sha256;
    return word == "token" ? WebhookScheme::Kind::token : WebhookScheme::Kind::hmac_sha256;
}

Result<void> configure(WebhookScheme& scheme, const Secrets& secrets) {
    const std::string header_key = scheme.header.starts_with(kFromConfig)
                                       ? scheme.header.substr(kFromConfig.size())
                                       : std::string();
    if (!scheme.kind_key.empty())
        scheme.kind = to_webhook_kind(configured(secrets, scheme.kind_key));
    if (!scheme.encoding_key.empty())
        scheme.base64 = configured(secrets, scheme.encoding_key) == "base64";
    for (std::string* text :
         {&scheme.header, &scheme.prefix, &scheme.id_header, &scheme.timestamp_header})
        replace(*text, secrets);
    for (std::string* name : {&scheme.header, &scheme.id_header, &scheme.timestamp_header})
        boost::algorithm::to_lower(*name);
    if (scheme.kind != WebhookScheme::Kind::standard_webhooks && scheme.header.empty())
        return fail(ErrorKind::Invalid, "bad_config",
                    "/" + header_key + " is missing; it names the header that carries the " +
                        (scheme.kind == WebhookScheme::Kind::token ? "token" : "signature"),
                    "/" + header_key);
    return {};
}

}  // namespace orderhub::connectors
