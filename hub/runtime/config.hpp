// The operator's configuration file, checked.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/connectors/host.hpp"
#include "hub/domain/policy.hpp"
#include "hub/identity/settings.hpp"
#include "hub/linking/settings.hpp"
#include "hub/runtime/yaml_file.hpp"
#include "hub/secrets/box.hpp"
#include "hub/servicing/service.hpp"

namespace orderhub::runtime {

struct LogConfig {
    std::string level = "info";
    std::string format = "text";
};

struct LimitsConfig {
    std::int64_t body_bytes = 1024 * 1024;
    std::int64_t connections = 1024;
    std::int64_t api_threads = 4;
    std::int64_t request_seconds = 15;
    std::int64_t connector_call_seconds = 120;
    std::int64_t per_caller = 200;     ///< requests a second; 0: any number
    std::int64_t per_address = 400;    ///< the same
    std::int64_t store_log_mib = 256;  ///< of the store in a file
};

/// 0: for good.
struct RetentionConfig {
    std::int64_t inbox_days = 180;
    std::int64_t deliveries_days = 730;
    std::int64_t closed_cases_days = 1'095;
};

struct EventsConfig {
    std::vector<std::string> private_hosts;  ///< "host" or "host:port" of subscribers
};

using GiftLimitsByRole = std::map<std::string, servicing::GiftLimits, std::less<>>;
using RefundLimitsByRole = std::map<std::string, servicing::RefundLimits, std::less<>>;

/// What the company has decided about servicing; percentages in hundredths of a percent.
struct ServicingConfig {
    domain::Policy policy;
    GiftLimitsByRole gift_limits{{"agent", {.goodwill = 1'000, .appeasement = 2'500}},
                                 {"supervisor", {.goodwill = 2'500, .appeasement = 5'000}},
                                 {"admin", {.goodwill = 10'000, .appeasement = 10'000}}};
    RefundLimitsByRole refund_limits;
};

struct ConnectorConfig {
    std::string name;
    std::string library;  ///< path of the .so
    bool is_own = false;  ///< lies in the hub's own folder of connectors
    connectors::Isolation isolation = connectors::Isolation::process;
    std::int64_t memory_mib = 512;
    bool is_unsigned = false;  ///< may be
    std::vector<std::string> granted_hosts;
    std::vector<std::string> granted_directories;
    std::optional<std::int64_t> poll_interval_s;
    std::optional<connectors::RateSettings> rate;
    boost::json::object config;                                ///< secrets as placeholders
    std::vector<std::pair<std::string, std::string>> secrets;  ///< key, value
};

struct PanelConfig {
    std::string secret;  ///< empty: there is no panel
    std::vector<std::string> frame_ancestors;
    std::int64_t minutes = 10;
};

struct AccessConfig {
    std::int64_t idle_minutes = 30;
    std::int64_t session_hours = 12;
    std::vector<std::string> trusted_proxies;
    PanelConfig panel;
    std::optional<identity::Settings> oidc;  ///< its redirect_uri is left to the hub
};

/// Absolute paths of PEM files.
struct TlsConfig {
    std::string certificate;
    std::string key;
    std::string min_version = "1.2";
};

struct Config {
    std::string file;  ///< where it was read from
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::optional<TlsConfig> tls;
    std::string public_url;  ///< empty: where it listens
    std::string credit_memo_prefix = "CM-";
    std::string invoice_prefix = "IN-";
    std::string return_prefix = "RMA-";
    std::string data;
    std::vector<secrets::Key> secret_keys;  ///< the first seals what is stored, all open it
    std::string database;  ///< of PostgreSQL, may hold a password; empty: a file in data
    std::string plugins;
    std::string flows;  ///< folder of the company's own flows; empty: only the built-in ones
    std::vector<std::string> trusted_keys;  ///< of minisign
    LogConfig log;
    LimitsConfig limits;
    RetentionConfig retention;
    EventsConfig events;
    ServicingConfig servicing;
    AccessConfig access;
    linking::Settings linking;
    std::vector<ConnectorConfig> connectors;
    std::map<std::string, std::string> routes;  ///< command kind, connector name
    std::vector<servicing::PaymentRoute> payments;
};

/// How to read a library's manifest, if it may be loaded: connectors::inspect_library.
using Inspect = std::function<Result<connectors::Manifest>(const std::string& library,
                                                           const connectors::LibraryTrust& trust)>;

/// All that is wrong with the file, or what it says. Resolves the secrets' references.
std::expected<Config, std::vector<Complaint>> load_config(const std::string& path,
                                                          const Inspect& inspect);

/// Only what tells where the hub listens and keeps its data: for `token create`, which needs no
/// connector.
std::expected<Config, std::vector<Complaint>> load_base_config(const std::string& path);

/// config.schema.json, as embedded.
std::string_view config_schema_text();

}  // namespace orderhub::runtime
