#include "hub/runtime/serve.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "hub/connectors/inspection.hpp"
#include "hub/http/passwords.hpp"
#include "hub/http/tokens.hpp"
#include "hub/runtime/certificate_watch.hpp"
#include "hub/runtime/config.hpp"
#include "hub/runtime/hub.hpp"
#include "hub/runtime/logging.hpp"
#include "hub/runtime/open_store.hpp"
#include "hub/runtime/secret_care.hpp"
#include "hub/secrets/keyring.hpp"
#include "hub/store/not_there.hpp"

namespace orderhub::runtime {

namespace {

using Loaded = std::expected<Config, std::vector<Complaint>>;

/// The configuration with what it names: a certificate that cannot be used is told like the rest.
Loaded load(const std::string& path) {
    auto config = load_config(path, connectors::inspect_library);
    if (!config || !config->tls) return config;
    if (const auto good = http::check_tls(tls_files(*config->tls)); !good)
        return std::unexpected(std::vector<Complaint>{{path, 0, "tls: " + good.error().message}});
    return config;
}

void print(const std::vector<Complaint>& complaints) {
    for (const auto& complaint : complaints)
        std::cerr << complaint.text() << "\n";
}

/// Blocks the signals that end the hub or make it read again, so that every thread started later
/// leaves them to wait().
class EndSignals {
public:
    EndSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGHUP);
        pthread_sigmask(SIG_BLOCK, &set_, &before_);
        std::signal(SIGPIPE, SIG_IGN);
    }
    EndSignals(const EndSignals&) = delete;
    EndSignals& operator=(const EndSignals&) = delete;
    ~EndSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

    int wait() const {
        int signal = 0;
        sigwait(&set_, &signal);
        return signal;
    }
    /// 0 if none comes in so long.
    int wait(std::chrono::seconds limit) const {
        const timespec time{.tv_sec = limit.count(), .tv_nsec = 0};
        return std::max(sigtimedwait(&set_, nullptr, &time), 0);
    }

private:
    sigset_t set_{};
    sigset_t before_{};
};

std::vector<std::string> secrets_of(const Config& config) {
    std::vector<std::string> secrets;
    for (const auto& connector : config.connectors)
        for (const auto& [key, value] : connector.secrets)
            secrets.push_back(value);
    if (!config.database.empty()) secrets.push_back(config.database);
    if (config.access.oidc) secrets.push_back(config.access.oidc->client_secret);
    return secrets;
}

/// Whether a running hub holds this store: it keeps a lock on the file beside it.
bool is_held(const std::filesystem::path& store) {
    const int file = ::open((store.string() + ".lock").c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return false;
    const bool held = ::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(file);
    return held;
}

using Make = std::function<Result<boost::json::object>(store::Transaction&)>;

/// Nothing if a running hub holds the store. Throws std::runtime_error if it cannot be opened or
/// written, or what is made is refused.
std::optional<boost::json::object> make_in_store(const Config& config, const Make& make) {
    if (config.database.empty() && is_held(store_file(config))) return std::nullopt;
    const auto store = open_store(config, 1);
    boost::json::object document;
    const auto outcome = store->write([&](store::Transaction& transaction) -> Result<void> {
        auto made = make(transaction);
        if (!made) return std::unexpected(std::move(made).error());
        document = std::move(*made);
        return {};
    });
    store->stop();
    if (!outcome) throw std::runtime_error(outcome.error().message);
    return document;
}

/// Prints what `make` gives: all of it as JSON, or its member `shown`.
std::optional<int> make_and_print(const std::string& config_path, bool json, std::string_view shown,
                                  const Make& make) {
    const auto config = load_base_config(config_path);
    if (!config) {
        print(config.error());
        return 1;
    }
    try {
        const auto made = make_in_store(*config, make);
        if (!made) return std::nullopt;
        if (json)
            std::cout << boost::json::serialize(*made) << "\n";
        else
            std::cout << made->at(shown).as_string().c_str() << "\n";
    } catch (const std::exception& error) {
        std::cerr << "orderhub: " << error.what() << "\n";
        return 1;
    }
    return 0;
}

/// A database server may start after the hub, or be failing over just now. Nothing if a signal ends
/// the wait.
std::unique_ptr<Hub> start_when_store_is_there(const Config& config, const EndSignals& signals) {
    constexpr std::chrono::minutes kPatience{2};
    constexpr std::chrono::seconds kPause{1};
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (true) {
        try {
            return start_hub(config);
        } catch (const store::NotThere& away) {
            if (config.database.empty() || std::chrono::steady_clock::now() > end) throw;
            spdlog::warn("{}; trying again", away.what());
        }
        if (const int signal = signals.wait(kPause); signal == SIGTERM || signal == SIGINT)
            return nullptr;
    }
}

}  // namespace

int serve(const std::string& config_path) {
    const EndSignals signals;
    const auto config = load(config_path);
    if (!config) {
        print(config.error());
        return 1;
    }
    start_log(config->log, secrets_of(*config));
    try {
        const auto hub = start_when_store_is_there(*config, signals);
        if (!hub) return 0;
        std::cout << "listening on " << hub->url() << std::endl;
        int signal = signals.wait();
        for (; signal == SIGHUP; signal = signals.wait())
            hub->reload();
        spdlog::info("stopping on signal {}", signal);
        hub->stop();
        spdlog::info("stopped");
    } catch (const std::exception& error) {
        std::cerr << "orderhub: " << error.what() << "\n";
        return 1;
    }
    return 0;
}

int check_config(const std::string& config_path, bool json) {
    const auto config = load(config_path);
    if (json) {
        boost::json::array complaints;
        if (!config)
            for (const auto& one : config.error())
                complaints.push_back(
                    {{"file", one.file}, {"line", one.line}, {"message", one.message}});
        std::cout << boost::json::serialize(boost::json::object{{"ok", config.has_value()},
                                                                {"complaints", complaints}})
                  << "\n";
    } else if (config) {
        std::cout << config_path << ": good, " << config->connectors.size() << " connectors\n";
        if (config->secret_keys.empty())
            std::cout << "without secrets.keys the hub's secrets lie in the store in clear\n";
    } else {
        print(config.error());
    }
    return config ? 0 : 1;
}

std::optional<int> create_token(const std::string& config_path, const http::NewToken& token,
                                bool json) {
    return make_and_print(config_path, json, "token", [&](store::Transaction& transaction) {
        return http::create_token(transaction, make_id, now_ms(), token);
    });
}

std::optional<int> create_user(const std::string& config_path, const http::NewUser& user,
                               bool json) {
    if (const auto good = http::check_password(user.password); !good) {
        std::cerr << "orderhub: " << good.error().message << "\n";
        return 1;
    }
    const auto hash = http::hash_password(user.password);
    return make_and_print(config_path, json, "id", [&](store::Transaction& transaction) {
        return http::create_user(transaction, make_id, now_ms(), user, hash);
    });
}

std::optional<int> rotate_secrets_of(const std::string& config_path, bool json) {
    const auto config = load_base_config(config_path);
    if (!config) {
        print(config.error());
        return 1;
    }
    try {
        if (config->database.empty() && is_held(store_file(*config))) return std::nullopt;
        const auto store = open_store(*config, 1);
        const auto state = rotate_secrets(*store, !config->secret_keys.empty());
        store->stop();
        if (!state) throw std::runtime_error(state.error().message);
        if (json)
            std::cout << boost::json::serialize(
                             boost::json::object{{"sealed", state->done}, {"left", state->left}})
                      << "\n";
        else
            std::cout << state->done << " secrets sealed anew, " << state->left << " left\n";
    } catch (const std::exception& error) {
        std::cerr << "orderhub: " << error.what() << "\n";
        return 1;
    }
    return 0;
}

int print_secret_key() {
    std::cout << secrets::new_key() << "\n";
    return 0;
}

}  // namespace orderhub::runtime
