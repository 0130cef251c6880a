#include "hub/runtime/hub.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "hub/http/api.hpp"
#include "hub/http/parked_operations.hpp"
#include "hub/http/problem.hpp"
#include "hub/http/server.hpp"
#include "hub/routing/router.hpp"
#include "hub/runtime/certificate_watch.hpp"
#include "hub/runtime/config_view.hpp"
#include "hub/runtime/connector_caller.hpp"
#include "hub/runtime/connector_desk.hpp"
#include "hub/runtime/desk_refresher.hpp"
#include "hub/runtime/eraser.hpp"
#include "hub/runtime/event_service.hpp"
#include "hub/runtime/flow_service.hpp"
#include "hub/runtime/folder_watch.hpp"
#include "hub/runtime/metrics.hpp"
#include "hub/runtime/open_store.hpp"
#include "hub/runtime/operations.hpp"
#include "hub/runtime/provider_client.hpp"
#include "hub/runtime/reconciler.hpp"
#include "hub/runtime/replayer.hpp"
#include "hub/runtime/retention.hpp"
#include "hub/runtime/routing_units.hpp"
#include "hub/runtime/sealer.hpp"
#include "hub/runtime/secret_care.hpp"
#include "hub/runtime/signalling_store.hpp"
#include "hub/store/not_there.hpp"
#include "hub/store/uuid7.hpp"

namespace orderhub::runtime {

namespace {

using std::chrono::seconds;

constexpr std::uint32_t kReaders = 4;

class RunningHub : public Hub {
public:
    explicit RunningHub(const Config& config)
        : config_(config),
          inner_store_(open_store(config_, kReaders)),
          store_(*inner_store_),
          server_(start_server()),
          host_(make_host()),
          service_(service_settings()),
          flows_(store_, service_settings(), config_.flows, now_ms),
          erasing_(service_settings()),
          units_(store_, service_, make_id, &flows_.engine(), &erasing_) {
        check_secrets(store_, !config_.secret_keys.empty());
        for (const auto& connector : config_.connectors)
            load(connector);
        router_ = std::make_unique<routing::Router>(units_, callers(), router_settings());
        reconciler_ = std::make_unique<Reconciler>(
            store_, *host_,
            std::vector<std::string>{config_.credit_memo_prefix, config_.invoice_prefix}, make_id);
        replayer_ = std::make_unique<Replayer>(store_, *host_, service_, make_id, now_ms);
        store::require(router_->start(), "the store cannot be written");
        replayer_->resume();
        events_ = std::make_unique<EventService>(store_, make_id, event_settings());
        make_provider();
        api_ = std::make_unique<http::Api>(parts());
        store_.on_commit([this] {
            api_->committed();
            events_->committed();
            flows_.committed();
        });
        events_->start();
        flows_.start();
        desks_.start();
        sealer_.start();
        retention_.start();
        eraser_.start();
        if (config_.tls) certificate_ = std::make_unique<CertificateWatch>(*server_, *config_.tls);
        ready_api_ = api_.get();
    }

    ~RunningHub() override { stop(); }

    std::string url() const override {
        return url_of(config_.tls ? "https" : "http", config_.address, server_->port());
    }

    void reload() override {
        static_cast<void>(flows_.reload());
        if (certificate_) certificate_->reload();
    }

    void stop() override {
        if (stopped_) return;
        stopped_ = true;
        store_.on_commit({});
        certificate_.reset();
        if (events_) events_->close();
        if (provider_client_) provider_client_->stop();
        if (api_) api_->stop();
        server_->stop();
        if (events_) events_->stop();
        flows_.stop();
        desks_.stop();
        if (router_) router_->close();
        host_->stop();
        if (reconciler_) reconciler_->stop();
        if (replayer_) replayer_->stop();
        if (router_) router_->stop();
        eraser_.stop();
        retention_.stop();
        sealer_.stop();
        store_.stop();
    }

private:
    std::unique_ptr<http::Server> start_server() {
        http::ServerSettings settings;
        settings.address = config_.address;
        settings.port = config_.port;
        settings.max_body_bytes = static_cast<std::size_t>(config_.limits.body_bytes);
        settings.max_connections = static_cast<std::size_t>(config_.limits.connections);
        settings.header_deadline = seconds(config_.limits.request_seconds);
        settings.body_deadline = seconds(config_.limits.request_seconds);
        settings.trusted_proxies = config_.access.trusted_proxies;
        if (config_.tls) settings.tls = tls_files(*config_.tls);
        return http::start_server(
            settings,
            [this](http::Request request, http::Respond respond) {
                handle(std::move(request), std::move(respond));
            },
            [this](int status) { metrics_.refused(status); });
    }

    void handle(http::Request request, http::Respond respond) {
        if (auto* api = ready_api_.load())
            return api->handle(std::move(request), std::move(respond));
        respond(http::problem(
            fail(ErrorKind::Unavailable, "starting", "The hub is starting; try again.").error()));
    }

    std::unique_ptr<connectors::Host> make_host() {
        connectors::HostSettings settings;
        settings.call_deadline = seconds(config_.limits.connector_call_seconds);
        settings.surely_owns = [this](std::int64_t owner) { return store_.surely_owns(owner); };
        settings.keep_state = [this](const std::string& instance, const std::string& key,
                                     const std::string& value) {
            store_.write(
                [=](store::Transaction& transaction) -> Result<void> {
                    transaction.set_connector_state(instance, key, value);
                    return {};
                },
                [instance](const Result<void>& kept) {
                    if (!kept)
                        spdlog::error("{}: the host's state of it could not be kept: {}", instance,
                                      kept.error().message);
                });
        };
        return connectors::make_host(settings, [this](const std::string& instance,
                                                      const std::string& key) {
            std::string value;
            const auto outcome = store_.read([&](store::Transaction& transaction) -> Result<void> {
                value = transaction.connector_state(instance, key);
                return {};
            });
            if (!outcome) throw std::runtime_error(outcome.error().message);
            return value;
        });
    }

    servicing::Settings service_settings() {
        servicing::Settings settings;
        settings.public_url = config_.public_url.empty() ? url() : config_.public_url;
        settings.credit_memo_prefix = config_.credit_memo_prefix;
        settings.invoice_prefix = config_.invoice_prefix;
        settings.return_prefix = config_.return_prefix;
        settings.policy = config_.servicing.policy;
        settings.gift_limits = config_.servicing.gift_limits;
        settings.refund_limits = config_.servicing.refund_limits;
        settings.linking = config_.linking;
        settings.payment_routes = config_.payments;
        settings.make_id = make_id;
        settings.route = [this](std::string_view kind) { return route(kind); };
        settings.can_execute = [this](std::string_view connector, std::string_view kind) {
            return can_execute(host_->find(std::string(connector)), kind);
        };
        return settings;
    }

    static bool can_execute(const connectors::Instance* instance, std::string_view kind) {
        if (!instance) return false;
        const auto& commands = instance->manifest().commands;
        return std::ranges::find(commands, kind) != commands.end();
    }

    std::string route(std::string_view kind) const {
        const auto bound = config_.routes.find(std::string(kind));
        if (bound != config_.routes.end()) return bound->second;
        for (const auto& connector : config_.connectors)
            if (can_execute(host_->find(connector.name), kind)) return connector.name;
        return {};
    }

    void load(const ConnectorConfig& connector) {
        const auto added = host_->add(settings_of(config_, connector));
        if (!added) throw std::runtime_error(connector.name + ": " + added.error().message);
        auto* instance = host_->find(connector.name);
        callers_.push_back(std::make_unique<ConnectorCaller>(*instance));
        spdlog::info("connector {} loaded: {} {}", connector.name, instance->manifest().name,
                     instance->manifest().version);
    }

    std::vector<routing::Caller*> callers() const {
        std::vector<routing::Caller*> all;
        for (const auto& caller : callers_)
            all.push_back(caller.get());
        return all;
    }

    routing::Settings router_settings() const {
        routing::Settings settings;
        for (const auto& connector : config_.connectors)
            if (connector.poll_interval_s)
                settings.poll_intervals[connector.name] = seconds(*connector.poll_interval_s);
        if (store_.shared()) settings.share_interval = seconds(2);
        return settings;
    }

    EventSettings event_settings() const {
        EventSettings settings;
        settings.sender.private_hosts = config_.events.private_hosts;
        settings.dispatch.now_ms = now_ms;
        settings.dispatch.source = config_.public_url.empty() ? url() : config_.public_url;
        // Only on PostgreSQL are there other hubs, whose commits nobody signals here.
        if (!config_.database.empty()) settings.dispatch.look_again = seconds(1);
        return settings;
    }

    http::Parts parts() {
        http::Parts parts{store_, service_, *host_, bind_operations(*router_), make_id, {}, {},
                          {},     {},       {}};
        parts.flows = &flows_.engine();
        http::bind_parked_work(parts.operations, parked_desk_);
        bind_reconciler(parts.operations, *reconciler_);
        bind_replayer(parts.operations, *replayer_);
        bind_connector_desk(parts.operations, connector_desk_);
        events_->bind(parts.operations);
        flows_.bind(parts.operations);
        parts.now_ms = now_ms;
        parts.sessions = {.idle_ms = config_.access.idle_minutes * 60'000,
                          .absolute_ms = config_.access.session_hours * 3'600'000};
        parts.panel = {.secret = config_.access.panel.secret,
                       .frame_ancestors = config_.access.panel.frame_ancestors,
                       .minutes = config_.access.panel.minutes,
                       .public_url = service_settings().public_url};
        parts.readiness = [this] { return readiness(); };
        parts.metrics = [this] { return metrics_text(); };
        parts.log_error = [](std::string_view text) { spdlog::error("{}", text); };
        parts.observe = [this](auto method, auto route, int status, auto duration) {
            metrics_.request(method, route, status, duration);
        };
        parts.begin_erasure = [this](const auto& request, const auto& customer, const auto& reason,
                                     bool dry_run) {
            return eraser_.begin(request, customer, reason, dry_run);
        };
        parts.provider = provider_.get();
        parts.rotate_secrets = [this] {
            return rotate_secrets(store_, !config_.secret_keys.empty());
        };
        parts.rates = {.by_address = rate(config_.limits.per_address),
                       .by_caller = rate(config_.limits.per_caller)};
        parts.configuration = [this] { return config_view(config_); };
        parts.threads = static_cast<std::size_t>(config_.limits.api_threads);
        return parts;
    }

    std::vector<RetentionDuty> duties() {
        const auto& ages = config_.retention;
        auto duties = retention_duties(
            {ages.inbox_days, ages.deliveries_days, ages.closed_cases_days}, service_settings());
        duties.push_back(session_duty(config_.access.session_hours * 3'600'000,
                                      config_.access.idle_minutes * 60'000));
        return duties;
    }

    static http::Rate rate(std::int64_t per_second) {
        constexpr std::int64_t kSecondsAtOnce = 5;
        return {.per_second = per_second, .burst = per_second * kSecondsAtOnce};
    }

    void make_provider() {
        if (!config_.access.oidc) return;
        auto settings = *config_.access.oidc;
        settings.redirect_uri = (config_.public_url.empty() ? url() : config_.public_url) +
                                std::string(http::kProviderPath) + "/callback";
        provider_client_ = std::make_unique<ProviderClient>();
        provider_ = std::make_unique<identity::Provider>(
            std::move(settings),
            [this](const auto& request) { return provider_client_->fetch(request); }, now_ms);
    }

    http::Readiness readiness() const {
        const auto health = store_.health();
        const auto loaded = host_->instances().size();
        const bool ready = health.writable && loaded == config_.connectors.size();
        boost::json::object store{{"writable", health.writable},
                                  {"takes_new_work", health.takes_new_work}};
        if (health.log_limit_bytes > 0) {
            store["log_bytes"] = health.log_bytes;
            store["log_limit_bytes"] = health.log_limit_bytes;
        }
        if (!health.writable) store["reason"] = health.reason;
        return {ready,
                {{"status", ready ? "ready" : "not_ready"},
                 {"store", std::move(store)},
                 {"flows", flows_.health()},
                 {"connectors", {{"configured", config_.connectors.size()}, {"loaded", loaded}}}}};
    }

    std::string metrics_text() {
        metrics_.connections(server_->connections());
        metrics_.store(store_.health(), store_.stats());
        for (const auto& name : router_->connectors()) {
            const auto& counters = *router_->metrics(name);
            metrics_.routing(name, counters);
            metrics_.breaker(name, routing::breaker_word(counters, now_ms()));
        }
        for (const auto* instance : host_->instances()) {
            metrics_.rate(instance->name(), instance->rate());
            if (const auto process = instance->process())
                metrics_.process(instance->name(), *process);
        }
        metrics_.events(events_->metrics());
        for (const auto& [what, deleted] : retention_.counts())
            metrics_.deleted(what, deleted);
        const auto outcome = store_.read([&](store::Transaction& transaction) -> Result<void> {
            for (const auto& connector : config_.connectors)
                metrics_.backlog(connector.name, transaction.backlog(connector.name));
            metrics_.subscriptions(transaction.subscriptions(), now_ms());
            return {};
        });
        if (!outcome) spdlog::warn("the backlog cannot be counted: {}", outcome.error().message);
        return metrics_.text();
    }

    const Config config_;
    Metrics metrics_;
    std::unique_ptr<store::Store> inner_store_;
    SignallingStore store_;
    std::atomic<http::Api*> ready_api_ = nullptr;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<CertificateWatch> certificate_;
    std::unique_ptr<connectors::Host> host_;
    servicing::Service service_;
    FlowService flows_;
    servicing::Erasing erasing_;
    RoutingUnits units_;
    DeskRefresher desks_{store_, service_, now_ms};
    Eraser eraser_{store_, erasing_, now_ms};
    Sealer sealer_{*inner_store_, now_ms};
    Retention retention_{*inner_store_, now_ms, duties()};
    routing::ParkedDesk parked_desk_{units_, now_ms};
    ConnectorDesk connector_desk_{config_, store_, *host_, make_id};
    std::vector<std::unique_ptr<ConnectorCaller>> callers_;
    std::unique_ptr<routing::Router> router_;
    std::unique_ptr<Reconciler> reconciler_;
    std::unique_ptr<Replayer> replayer_;
    std::unique_ptr<EventService> events_;
    std::unique_ptr<ProviderClient> provider_client_;
    std::unique_ptr<identity::Provider> provider_;
    std::unique_ptr<http::Api> api_;
    bool stopped_ = false;
};

}  // namespace

std::unique_ptr<Hub> start_hub(const Config& config) {
    return std::make_unique<RunningHub>(config);
}

std::string url_of(const std::string& scheme, const std::string& address, unsigned port) {
    const bool is_v6 = address.find(':') != address.npos;
    return scheme + "://" + (is_v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

std::int64_t now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

std::string make_id(std::string_view prefix) {
    return std::string(prefix) + "_" + store::uuid7(now_ms());
}

}  // namespace orderhub::runtime
