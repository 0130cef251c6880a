#include "hub/connectors/manifest.hpp"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "hub/connectors/webhook_scheme.hpp"
#include "hub/schemas/schema.hpp"
#include "hub/schemas/schemas.hpp"

namespace orderhub::connectors {
namespace {

namespace json = boost::json;

auto bad_manifest(const std::string& message, std::string field = {}) {
    return fail(ErrorKind::Invalid, "bad_manifest", "its manifest: " + message, std::move(field));
}

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value ? std::string(value->as_string()) : std::string();
}

std::vector<std::string> texts_at(const json::object& object, std::string_view key) {
    std::vector<std::string> texts;
    if (const json::value* list = object.if_contains(key))
        for (const json::value& entry : list->as_array())
            texts.emplace_back(entry.as_string());
    return texts;
}

std::string header_at(const json::object& object, std::string_view key) {
    return boost::algorithm::to_lower_copy(text_at(object, key));
}

/// The key of config:KEY; empty for anything else.
std::string key_of(const std::string& text) {
    constexpr std::string_view kFromConfig = "config:";
    return text.starts_with(kFromConfig) ? text.substr(kFromConfig.size()) : std::string();
}

WebhookScheme webhook_of(const json::object& object) {
    WebhookScheme scheme;
    scheme.kind_key = key_of(text_at(object, "scheme"));
    scheme.encoding_key = key_of(text_at(object, "encoding"));
    scheme.kind = to_webhook_kind(text_at(object, "scheme"));
    scheme.secret_key = text_at(object, "secret");
    scheme.header = header_at(object, "header");
    scheme.prefix = text_at(object, "prefix");
    scheme.base64 = text_at(object, "encoding") == "base64";
    scheme.id_header = header_at(object, "id_header");
    scheme.timestamp_header = header_at(object, "timestamp_header");
    if (const json::value* tolerance = object.if_contains("tolerance_s"))
        scheme.tolerance = std::chrono::seconds(tolerance->to_number<std::int64_t>());
    return scheme;
}

OAuth2Grant grant_of(const json::object& object) {
    OAuth2Grant grant;
    grant.grant = text_at(object, "grant");
    grant.token_url = text_at(object, "token_url");
    grant.client_id_key = text_at(object, "client_id");
    grant.client_secret_key = text_at(object, "client_secret");
    grant.refresh_token_key = text_at(object, "refresh_token");
    grant.private_key_key = text_at(object, "private_key");
    grant.subject_key = text_at(object, "subject");
    grant.client_in_body = text_at(object, "client_auth") == "body";
    grant.scope = text_at(object, "scope");
    grant.audience = text_at(object, "audience");
    return grant;
}

Manifest manifest_of(const json::object& object, std::string_view text) {
    Manifest manifest;
    manifest.name = text_at(object, "name");
    manifest.version = text_at(object, "version");
    manifest.kind = text_at(object, "kind");
    manifest.summary = text_at(object, "summary");
    manifest.stability = text_at(object, "stability");
    manifest.records = texts_at(object, "records");
    manifest.commands = texts_at(object, "commands");
    manifest.hosts = texts_at(object, "hosts");
    manifest.directories = texts_at(object, "directories");
    manifest.secrets = texts_at(object, "secrets");
    if (const json::value* poll = object.if_contains("poll"))
        manifest.poll_interval =
            std::chrono::seconds(poll->at("interval_s").to_number<std::int64_t>());
    if (const json::value* webhook = object.if_contains("webhook"))
        manifest.webhook = webhook_of(webhook->as_object());
    if (const json::value* oauth2 = object.if_contains("oauth2"))
        manifest.oauth2 = grant_of(oauth2->as_object());
    if (const json::value* most = object.if_contains("concurrency"))
        manifest.concurrency = most->to_number<std::uint32_t>();
    manifest.config_schema = json::serialize(object.at("config"));
    manifest.text = text;
    return manifest;
}

Result<void> check_secret(const Manifest& manifest, const std::string& key,
                          const std::string& place) {
    if (std::ranges::find(manifest.secrets, key) != manifest.secrets.end()) return {};
    return bad_manifest(place + " must be listed under secrets", place);
}

Result<void> check_oauth2(const Manifest& manifest) {
    const OAuth2Grant& oauth2 = *manifest.oauth2;
    struct Member {
        const std::string& key;
        std::string name;
        std::string_view grant;  ///< that cannot do without it
        bool is_secret;
    };
    for (const auto& [key, name, grant, is_secret] :
         {Member{oauth2.client_secret_key, "client_secret", "client_credentials", true},
          Member{oauth2.refresh_token_key, "refresh_token", "refresh_token", true},
          Member{oauth2.private_key_key, "private_key", "jwt_bearer", true},
          Member{oauth2.subject_key, "subject", "jwt_bearer", false},
          Member{oauth2.audience, "audience", "jwt_bearer", false}}) {
        const std::string place = "/oauth2/" + name;
        if (key.empty() && oauth2.grant == grant)
            return bad_manifest(place + " is missing; " + oauth2.grant + " needs it", place);
        if (!key.empty() && is_secret) ORDERHUB_TRY(check_secret(manifest, key, place));
    }
    return {};
}

/// What the schema cannot say.
Result<void> check(const Manifest& manifest, const json::value& config_schema) {
    const auto compiled = schemas::Schema::compile(config_schema);
    if (!compiled)
        return bad_manifest("/config" + compiled.error().message,
                            "/config" + compiled.error().field);
    if (manifest.oauth2) ORDERHUB_TRY(check_oauth2(manifest));
    if (!manifest.webhook) return {};
    ORDERHUB_TRY(check_secret(manifest, manifest.webhook->secret_key, "/webhook/secret"));
    if (manifest.webhook->kind != WebhookScheme::Kind::standard_webhooks &&
        manifest.webhook->header.empty())
        return bad_manifest("/webhook/header is missing; only standard-webhooks needs none",
                            "/webhook/header");
    return {};
}

}  // namespace

Result<Manifest> parse_manifest(std::string_view text) {
    json::error_code error;
    const json::value document = json::parse(text, error);
    if (error) return bad_manifest("it is not JSON: " + error.message());
    if (const auto valid = schemas::validate("manifest.schema.json", document); !valid)
        return bad_manifest(valid.error().message, valid.error().field);
    Manifest manifest = manifest_of(document.as_object(), text);
    ORDERHUB_TRY(check(manifest, document.at("config")));
    return manifest;
}

std::string ping_of(const Manifest& manifest) {
    const json::value document = json::parse(manifest.text);
    const json::value* webhook = document.as_object().if_contains("webhook");
    return webhook ? text_at(webhook->as_object(), "ping") : std::string();
}

}  // namespace orderhub::connectors
