#include "hub/connectors/settings_check.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "hub/connectors/directories.hpp"
#include "hub/connectors/webhook_scheme.hpp"
#include "hub/schemas/schema.hpp"

namespace orderhub::connectors {
namespace {

namespace json = boost::json;

auto bad_config(const std::string& message, std::string field = {}) {
    return fail(ErrorKind::Invalid, "bad_config", message, std::move(field));
}

bool is_secret(const Manifest& manifest, std::string_view key) {
    return std::ranges::find(manifest.secrets, key) != manifest.secrets.end();
}

Result<json::object> parsed(const std::string& text) {
    json::error_code error;
    json::value document = json::parse(text, error);
    if (error) return bad_config("the configuration is not JSON: " + error.message());
    if (!document.is_object()) return bad_config("the configuration must be an object");
    return std::move(document.as_object());
}

/// A secret in the configuration itself would reach the connector.
Result<void> check_placeholders(const Manifest& manifest, const json::object& config) {
    for (const std::string& key : manifest.secrets) {
        const json::value* value = config.if_contains(key);
        if (value && *value != json::value("{{secret:" + key + "}}"))
            return bad_config("/" + key + " is a secret and must be given as one", "/" + key);
    }
    return {};
}

Result<void> check_schema(const Manifest& manifest, json::object config,
                          const InstanceSettings& settings) {
    for (const auto& [key, value] : settings.secrets) {
        if (key == kPreviousSecret) continue;
        if (!is_secret(manifest, key))
            return bad_config("/" + key + " is not a secret of this connector", "/" + key);
        config[key] = value;
    }
    const auto schema = schemas::Schema::compile(json::parse(manifest.config_schema));
    if (!schema) return std::unexpected(schema.error());
    if (const auto valid = schema->validate(config); !valid)
        return bad_config(valid.error().message, valid.error().field);
    return {};
}

std::map<std::string, std::string, std::less<>> plain_texts(const Manifest& manifest,
                                                            const json::object& config) {
    std::map<std::string, std::string, std::less<>> texts;
    for (const auto& [key, value] : config)
        if (value.is_string() && !is_secret(manifest, key)) texts.emplace(key, value.as_string());
    return texts;
}

}  // namespace

Result<CheckedSettings> check_settings(const Manifest& manifest, const InstanceSettings& settings) {
    const auto config = parsed(settings.config);
    if (!config) return std::unexpected(config.error());
    ORDERHUB_TRY(check_placeholders(manifest, *config));
    ORDERHUB_TRY(check_schema(manifest, *config, settings));
    auto permissions = Permissions::resolve(manifest, *config, settings.granted_hosts);
    if (!permissions) return std::unexpected(permissions.error());
    ORDERHUB_TRY(check_directories(manifest, *config, settings.granted_directories));
    return CheckedSettings{std::move(*permissions),
                           Secrets(settings.secrets, plain_texts(manifest, *config))};
}

}  // namespace orderhub::connectors
