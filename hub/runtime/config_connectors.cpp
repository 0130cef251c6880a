#include "hub/runtime/config_connectors.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <chrono>
#include <filesystem>
#include <set>

#include "hub/connectors/directories.hpp"
#include "hub/connectors/installation.hpp"
#include "hub/connectors/webhook_scheme.hpp"
#include "hub/runtime/config_routes.hpp"
#include "hub/runtime/granted_hosts.hpp"
#include "hub/runtime/references.hpp"
#include "hub/schemas/schema.hpp"

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

namespace fs = std::filesystem;

bool contains(const std::vector<std::string>& list, std::string_view text) {
    return std::ranges::find(list, text) != list.end();
}

std::string available(const std::string& folder) {
    std::set<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".so") names.insert(entry.path().stem());
    std::string list;
    for (const auto& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list.empty() ? "there are no libraries in " + folder : folder + " has: " + list;
}

/// Empty if it is neither in the plugin folder nor in the hub's own.
std::string find_library(const std::string& plugins, const std::string& name) {
    auto folders = connectors::own_folders();
    folders.insert(folders.begin(), plugins);
    for (const auto& folder : folders)
        if (auto path = fs::path(folder) / (name + ".so"); fs::exists(path)) return path.string();
    return {};
}

connectors::Isolation isolation_of(std::string_view word) {
    if (word == "in_process") return connectors::Isolation::in_process;
    return word == "process" ? connectors::Isolation::process : connectors::Isolation::sandboxed;
}

/// What to write, where a library is not trusted.
std::string hint_for(std::string_view code) {
    if (code == "unsigned")
        return "; have it signed by a key of trust: keys:, or write unsigned: true here";
    if (code == "unknown_key") return "; add that key to trust: keys: if you trust its owner";
    if (code == "bad_key") return "; mend trust: keys:";
    return {};
}

std::string with_path(const std::string& message, const std::string& path) {
    return message.starts_with(path) ? message : path + ": " + message;
}

/// Reads one entry of the list.
class Reader {
public:
    Reader(const YamlFile& file, const Inspect& inspect, const Config& config, std::size_t index,
           std::vector<Complaint>& complaints)
        : file_(file),
          inspect_(inspect),
          config_(config),
          at_("/connectors/" + std::to_string(index)),
          complaints_(complaints),
          entry_(file.value().at("connectors").at(index).as_object()) {
        out_.name = entry_.at("name").as_string();
    }

    /// What the entry says and the library's manifest; nothing if it is wrong beyond reading on.
    std::optional<std::pair<ConnectorConfig, connectors::Manifest>> read() {
        const std::string library(entry_.at("connector").as_string());
        out_.library = find_library(config_.plugins, library);
        if (out_.library.empty()) {
            complain("/connector",
                     "there is no connector " + library + "; " + available(config_.plugins));
            return std::nullopt;
        }
        read_isolation();
        const auto manifest = inspect_(out_.library, {config_.trusted_keys, out_.is_unsigned});
        if (!manifest) {
            complain("/connector", with_path(manifest.error().message, out_.library) +
                                       hint_for(manifest.error().code));
            return std::nullopt;
        }
        read_settings(*manifest);
        read_secrets(*manifest);
        read_previous_secret(*manifest);
        check_config(*manifest);
        check_hosts(*manifest);
        check_kinds("records", manifest->records);
        check_kinds("commands", manifest->commands);
        check_directories(*manifest);
        return std::pair(std::move(out_), *manifest);
    }

private:
    void complain(std::string_view below, std::string message) {
        complaints_.push_back(
            file_.complaint(at_ + std::string(below), out_.name + ": " + std::move(message)));
    }

    void read_isolation() {
        out_.is_own = connectors::is_own_library(out_.library);
        out_.isolation =
            out_.is_own ? connectors::Isolation::in_process : connectors::Isolation::process;
        if (const auto* word = entry_.if_contains("isolation"))
            out_.isolation = isolation_of(word->as_string());
        if (const auto* memory = entry_.if_contains("memory_mib"))
            out_.memory_mib = memory->as_int64();
        if (const auto* may_be = entry_.if_contains("unsigned"))
            out_.is_unsigned = may_be->as_bool();
    }

    void read_settings(const connectors::Manifest& manifest) {
        if (const auto* config = entry_.if_contains("config")) out_.config = config->as_object();
        out_.granted_hosts = granted("hosts");
        out_.granted_directories = granted("directories");
        if (const auto* interval = entry_.if_contains("poll_interval_s")) {
            out_.poll_interval_s = interval->as_int64();
            if (!manifest.poll_interval)
                complain("/poll_interval_s", "this connector does not poll; remove the line");
        }
        read_rate();
    }

    std::vector<std::string> granted(std::string_view what) const {
        std::vector<std::string> all;
        if (const auto* grant = entry_.if_contains("grant"))
            if (const auto* list = grant->as_object().if_contains(what))
                for (const auto& each : list->as_array())
                    all.emplace_back(each.as_string());
        return all;
    }

    void read_rate() {
        const auto* limit = entry_.if_contains("rate_limit");
        if (!limit) return;
        const double per_second = limit->at("per_second").to_number<double>();
        const auto* burst = limit->as_object().if_contains("burst");
        const std::chrono::duration<double> interval(1 / per_second);
        out_.rate = {std::chrono::duration_cast<std::chrono::nanoseconds>(interval),
                     burst ? static_cast<std::uint32_t>(burst->as_int64())
                           : std::max(1U, static_cast<std::uint32_t>(per_second))};
    }

    void read_secrets(const connectors::Manifest& manifest) {
        for (auto& [key, value] : out_.config) {
            const auto below = "/config/" + std::string(key);
            if (!contains(manifest.secrets, key)) {
                if (value.is_string() && is_environment_reference(value.as_string().c_str()))
                    complain(below, "only a secret may be a reference; write the value itself");
                continue;
            }
            read_secret(key, below, value);
            value = "{{secret:" + std::string(key) + "}}";
        }
    }

    /// While the sender of webhooks goes over to a new secret, both are good.
    void read_previous_secret(const connectors::Manifest& manifest) {
        constexpr std::string_view kKey = "previous_webhook_secret";
        const auto* value = entry_.if_contains(kKey);
        if (!value) return;
        const auto below = "/" + std::string(kKey);
        if (!manifest.webhook || !out_.config.contains(manifest.webhook->secret_key))
            return complain(below,
                            "no webhook secret is configured that came after it; remove "
                            "the line");
        read_secret(connectors::kPreviousSecret, below, *value);
    }

    void read_secret(std::string_view key, const std::string& below, const json::value& value) {
        if (!value.is_string())
            return complain(below, "a secret is text: ${ENV_NAME}, file:/path or plain:TEXT");
        auto secret = resolve_secret(value.as_string().c_str());
        if (!secret) return complain(below, secret.error().message);
        out_.secrets.emplace_back(key, std::move(*secret));
    }

    void check_config(const connectors::Manifest& manifest) {
        const auto schema = schemas::Schema::compile(json::parse(manifest.config_schema));
        if (!schema) return complain("/connector", "its manifest: " + schema.error().message);
        const auto fits = schema->validate(out_.config);
        if (!fits) complain("/config" + fits.error().field, fits.error().message);
    }

    void check_hosts(const connectors::Manifest& manifest) {
        for (const auto& wanted : wanted_hosts(manifest, out_.config))
            if (!is_granted(out_.granted_hosts, wanted.host))
                complain("/grant", "talks to " + wanted.host + wanted.reason +
                                       ", which is not granted; add \"" + wanted.host +
                                       "\" to grant: hosts:, or change that setting");
    }

    /// What the hub's own connectors do is granted with the hub, unless it is written down.
    void check_kinds(std::string_view what, const std::vector<std::string>& wanted) {
        const auto* grant = entry_.if_contains("grant");
        const auto* list = grant ? grant->as_object().if_contains(what) : nullptr;
        if (!list && out_.is_own) return;
        std::string missing;
        for (const std::string& kind : wanted)
            if (!list ||
                std::ranges::find(list->as_array(), json::value(kind)) == list->as_array().end())
                missing += (missing.empty() ? "" : ", ") + kind;
        if (!missing.empty())
            complain("/grant", "its " + std::string(what) + " " + missing +
                                   " are not granted; add " + missing +
                                   " to grant: " + std::string(what) + ":");
    }

    void check_directories(const connectors::Manifest& manifest) {
        const auto all = connectors::wanted_directories(manifest, out_.config);
        const bool has_any = !all.empty() || !out_.granted_directories.empty();
        if (has_any && out_.isolation == connectors::Isolation::sandboxed)
            complain("/isolation",
                     "works with files" + (all.empty() ? "" : " in " + all.front().path) +
                         ", which a sandboxed connector cannot; use process, or take away the "
                         "setting and the grant");
        for (const auto& wanted : all)
            if (!connectors::is_granted_directory(out_.granted_directories, wanted.path))
                complain("/grant",
                         "works in " + wanted.path +
                             (wanted.key.empty() ? "" : " (its setting " + wanted.key + ")") +
                             ", which is not granted; add \"" + wanted.path +
                             "\" to grant: directories:, or change that setting");
    }

    const YamlFile& file_;
    const Inspect& inspect_;
    const Config& config_;
    std::string at_;
    std::vector<Complaint>& complaints_;
    const json::object& entry_;
    ConnectorConfig out_;
};

}  // namespace

void read_connectors(const YamlFile& file, const Inspect& inspect, Config& config,
                     std::vector<Complaint>& complaints) {
    Manifests manifests;
    const auto* list = file.value().as_object().if_contains("connectors");
    const std::size_t count = list ? list->as_array().size() : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name(list->at(i).at("name").as_string());
        const auto [place, is_new] = manifests.emplace(name, std::nullopt);
        if (!is_new) {
            complaints.push_back(
                file.complaint("/connectors/" + std::to_string(i) + "/name",
                               "there are two connectors named " + name + "; rename one"));
            continue;
        }
        auto entry = Reader(file, inspect, config, i, complaints).read();
        if (!entry) continue;
        config.connectors.push_back(std::move(entry->first));
        place->second = std::move(entry->second);
    }
    read_routes(file, manifests, config, complaints);
    read_payments(file, manifests, config, complaints);
}

}  // namespace orderhub::runtime
