#include "hub/runtime/config.hpp"

#include <boost/json/parse.hpp>
#include <filesystem>
#include <stdexcept>

#include "hub/runtime/config_access.hpp"
#include "hub/runtime/config_connectors.hpp"
#include "hub/runtime/config_linking.hpp"
#include "hub/runtime/config_servicing.hpp"
#include "hub/runtime/references.hpp"
#include "hub/schemas/schema.hpp"
#include "hub/secrets/keyring.hpp"

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

namespace fs = std::filesystem;

const schemas::Schema& config_schema() {
    static const auto schema = [] {
        auto compiled = schemas::Schema::compile(json::parse(config_schema_text()));
        if (!compiled) throw std::logic_error("config.schema.json: " + compiled.error().message);
        return std::move(*compiled);
    }();
    return schema;
}

std::string text_at(const json::object& object, std::string_view key, std::string otherwise = {}) {
    const auto* value = object.if_contains(key);
    return value ? std::string(value->as_string()) : std::move(otherwise);
}

std::string path_at(const json::object& object, std::string_view key, const fs::path& folder) {
    return (folder / text_at(object, key)).lexically_normal().string();
}

void read_number(const json::object& object, std::string_view key, std::int64_t& number) {
    if (const auto* value = object.if_contains(key)) number = value->to_number<std::int64_t>();
}

LimitsConfig read_limits(const json::object& object) {
    LimitsConfig limits;
    read_number(object, "body_bytes", limits.body_bytes);
    read_number(object, "connections", limits.connections);
    read_number(object, "api_threads", limits.api_threads);
    read_number(object, "request_seconds", limits.request_seconds);
    read_number(object, "connector_call_seconds", limits.connector_call_seconds);
    read_number(object, "store_log_mib", limits.store_log_mib);
    read_number(object, "requests_per_caller", limits.per_caller);
    read_number(object, "requests_per_address", limits.per_address);
    return limits;
}

RetentionConfig read_retention(const json::object& object) {
    RetentionConfig retention;
    read_number(object, "inbox_days", retention.inbox_days);
    read_number(object, "deliveries_days", retention.deliveries_days);
    read_number(object, "closed_cases_days", retention.closed_cases_days);
    return retention;
}

std::vector<secrets::Key> read_secret_keys(const YamlFile& file, const json::array& written,
                                           std::vector<Complaint>& complaints) {
    std::vector<secrets::Key> keys;
    for (const auto& reference : written) {
        const auto at = "/secrets/keys/" + std::to_string(&reference - written.begin());
        const auto text = resolve_secret(reference.as_string().c_str());
        const auto key = text ? secrets::parse_key(*text) : std::nullopt;
        if (key)
            keys.push_back(*key);
        else
            complaints.push_back(file.complaint(
                at, "secrets.keys: " + (text ? "a key is 32 random bytes in base64; `orderhub "
                                               "secrets new-key` makes one"
                                             : text.error().message)));
    }
    return keys;
}

EventsConfig read_events(const json::object& object) {
    EventsConfig events;
    if (const auto* hosts = object.if_contains("private_hosts"))
        for (const auto& host : hosts->as_array())
            events.private_hosts.emplace_back(host.as_string());
    return events;
}

/// "[::1]:8080" gives "::1" and 8080. False if the port is out of range.
bool read_listen(const std::string& text, Config& config) {
    const auto colon = text.rfind(':');
    const auto port = std::stoul(text.substr(colon + 1));
    config.address = text.substr(0, colon);
    if (config.address.starts_with('[')) config.address = config.address.substr(1, colon - 2);
    config.port = static_cast<std::uint16_t>(port);
    return port <= UINT16_MAX;
}

TlsConfig read_tls(const json::object& object, const fs::path& folder) {
    return {path_at(object, "certificate", folder), path_at(object, "key", folder),
            text_at(object, "min_version", "1.2")};
}

/// Passwords and personal data do not go over a network in clear by oversight.
bool may_listen(const Config& config, const json::object& object) {
    const bool is_local = config.address.starts_with("127.") || config.address == "::1";
    const auto* meant = object.if_contains("listen_plain");
    return is_local || config.tls || !config.access.trusted_proxies.empty() ||
           (meant && meant->as_bool());
}

/// What libpq takes, or a reference to it, because it may hold a password.
Result<std::string> read_database(const std::string& text) {
    if (!text.starts_with("postgres")) return resolve_secret(text);
    const auto authority = text.substr(text.find("://") + 3);
    const auto user = authority.substr(0, authority.find_first_of("/?@"));
    if (authority.substr(user.size()).starts_with('@') && user.find(':') != user.npos)
        return fail(ErrorKind::Invalid, "bad_secret",
                    "a password stands in clear; write the whole as ${ENV_NAME} or file:/path, or "
                    "put plain: in front");
    return text;
}

Config read_base(const YamlFile& file, std::vector<Complaint>& complaints) {
    const auto& object = file.value().as_object();
    const auto folder = fs::absolute(file.path()).parent_path();
    Config config;
    if (!read_listen(text_at(object, "listen", "127.0.0.1:8080"), config))
        complaints.push_back(file.complaint("/listen", "the port of listen is 0 to 65535"));
    config.public_url = text_at(object, "public_url");
    config.credit_memo_prefix = text_at(object, "credit_memo_prefix", config.credit_memo_prefix);
    config.invoice_prefix = text_at(object, "invoice_prefix", config.invoice_prefix);
    config.return_prefix = text_at(object, "return_prefix", config.return_prefix);
    if (config.public_url.ends_with('/')) config.public_url.pop_back();
    config.data = path_at(object, "data", folder);
    config.file = fs::absolute(file.path()).string();
    config.plugins = path_at(object, "plugins", folder);
    if (object.contains("flows")) config.flows = path_at(object, "flows", folder);
    if (const auto* trust = object.if_contains("trust"))
        if (const auto* keys = trust->as_object().if_contains("keys"))
            for (const auto& key : keys->as_array())
                config.trusted_keys.emplace_back(key.as_string());
    if (const auto* written = object.if_contains("database")) {
        auto database = read_database(written->as_string().c_str());
        if (database)
            config.database = std::move(*database);
        else
            complaints.push_back(
                file.complaint("/database", "database: " + database.error().message));
    }
    if (const auto* log = object.if_contains("log")) {
        config.log.level = text_at(log->as_object(), "level", config.log.level);
        config.log.format = text_at(log->as_object(), "format", config.log.format);
    }
    if (const auto* secrets = object.if_contains("secrets"))
        config.secret_keys =
            read_secret_keys(file, secrets->as_object().at("keys").as_array(), complaints);
    if (const auto* retention = object.if_contains("retention"))
        config.retention = read_retention(retention->as_object());
    if (const auto* events = object.if_contains("events"))
        config.events = read_events(events->as_object());
    config.access = read_access(file, complaints);
    if (const auto* tls = object.if_contains("tls"))
        config.tls = read_tls(tls->as_object(), folder);
    if (!may_listen(config, object))
        complaints.push_back(file.complaint(
            "/listen",
            "listen: what is sent there could be read on its way; give tls, or name the proxy that "
            "has it in access.trusted_proxies, or write listen_plain: true if you mean it"));
    if (const auto* limits = object.if_contains("limits"))
        config.limits = read_limits(limits->as_object());
    return config;
}

/// What to write instead, where the schema's own words do not say it.
std::string hint_for(const std::string& pointer) {
    if (pointer == "/listen") return "; write an address and a port, such as 127.0.0.1:8080";
    if (pointer == "/database")
        return "; write postgresql://user@host/database, or ${ENV_NAME} or file:/path for it";
    if (pointer == "/public_url") return "; write an address such as https://orders.example.com";
    const bool gift = pointer.ends_with("/goodwill") || pointer.ends_with("/appeasement");
    if (pointer.starts_with("/servicing/conditions/") || gift)
        return "; write a percentage from 0 to 100 in quotes, such as \"12.5\"";
    if (pointer.starts_with("/connectors/") && pointer.ends_with("/name"))
        return "; write small letters, digits, - and _, beginning with a letter";
    if (pointer.starts_with("/connectors/") && pointer.ends_with("/connector"))
        return "; write the library's name without .so";
    return {};
}

/// The file, if it fits the schema.
std::optional<YamlFile> read_checked(const std::string& path, std::vector<Complaint>& complaints) {
    auto file = YamlFile::read(path, complaints);
    if (!complaints.empty()) return std::nullopt;
    if (const auto fits = config_schema().validate(file.value()); !fits) {
        complaints.push_back(file.complaint(fits.error().field,
                                            fits.error().message + hint_for(fits.error().field)));
        return std::nullopt;
    }
    return file;
}

}  // namespace

std::expected<Config, std::vector<Complaint>> load_base_config(const std::string& path) {
    std::vector<Complaint> complaints;
    const auto file = read_checked(path, complaints);
    if (!file) return std::unexpected(std::move(complaints));
    auto config = read_base(*file, complaints);
    if (!complaints.empty()) return std::unexpected(std::move(complaints));
    return config;
}

std::expected<Config, std::vector<Complaint>> load_config(const std::string& path,
                                                          const Inspect& inspect) {
    std::vector<Complaint> complaints;
    const auto file = read_checked(path, complaints);
    if (!file) return std::unexpected(std::move(complaints));
    auto config = read_base(*file, complaints);
    config.servicing = read_servicing(*file, complaints);
    const auto& object = file->value().as_object();
    if (object.contains("linking"))
        config.linking =
            load_linking(path_at(object, "linking", fs::absolute(path).parent_path()), complaints);
    read_connectors(*file, inspect, config, complaints);
    if (!complaints.empty()) return std::unexpected(std::move(complaints));
    return config;
}

}  // namespace orderhub::runtime
