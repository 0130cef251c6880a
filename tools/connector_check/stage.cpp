#include "stage.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>

#include "fill.hpp"
#include "hub/connectors/encoding.hpp"
#include "hub/connectors/taps.hpp"
#include "leaks.hpp"
#include "watch.hpp"

namespace orderhub::kit {
namespace {

using connectors::CallResult;

template <class Start>
std::future<CallResult> begin(Start start) {
    auto promise = std::make_shared<std::promise<CallResult>>();
    auto future = promise->get_future();
    start([promise](CallResult result) { promise->set_value(std::move(result)); });
    return future;
}

/// What stands before the path of an address.
std::string authority(const std::string& address) {
    return address.substr(address.find("//") + 2);
}

connectors::InboundMessage inbound(const MessageSample& message, std::string id) {
    connectors::InboundMessage made;
    made.id = std::move(id);
    for (const auto& [name, value] : message.headers)
        made.headers.push_back({name, value});
    made.content_type = message.content_type;
    made.body = message.body;
    made.received_at_ms = hub_now_ms();
    return made;
}

}  // namespace

struct Stage::Log {
    std::ostringstream text;
    std::shared_ptr<spdlog::logger> before = spdlog::default_logger();
};

Texts canaries(const connectors::Manifest& manifest, const Texts& given) {
    Texts all = given;
    for (const std::string& key : manifest.secrets) {
        const std::string plain = "kit-canary-" + key + "-2b8e6f1c94d7";
        const bool signs =
            manifest.webhook && manifest.webhook->secret_key == key &&
            manifest.webhook->kind == connectors::WebhookScheme::Kind::standard_webhooks;
        all.emplace(key, signs ? "whsec_" + connectors::to_base64(plain) : plain);
    }
    std::erase_if(all, [](const auto& each) { return each.second.empty(); });
    return all;
}

json::object config_for(const Subject& subject, const std::string& peer) {
    const auto lookup = [&](std::string_view name) -> std::optional<json::value> {
        if (name == "peer") return json::value(peer);
        if (name == "directory") return json::value(subject.directory);
        return instant_named(name);
    };
    json::object config = filled(subject.script.config, lookup).as_object();
    for (const auto& [key, value] : subject.secrets)
        config[key] = "{{secret:" + key + "}}";
    return config;
}

Stage::Stage(const Subject& subject, std::string peer_address, StageSettings settings)
    : subject_(subject),
      peer_(std::move(peer_address)),
      settings_(std::move(settings)),
      log_(std::make_unique<Log>()) {
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(log_->text, true);
    sink->set_pattern("[%l] %v");
    auto logger = std::make_shared<spdlog::logger>("hub", sink);
    logger->set_level(spdlog::level::trace);
    spdlog::set_default_logger(logger);
    forget_thread();
    auto taps = std::make_shared<connectors::Taps>();
    taps->table = watched_table();
    taps->outgoing = [this](connectors::WireRequest& request) {
        const std::string host = request.target.authority();
        for (const std::string& fixed : subject_.script.redirect)
            if (host == fixed || host.starts_with(fixed + ":")) {
                const std::string place = authority(peer_);
                request.target.tls = false;
                request.target.host = "127.0.0.1";
                request.target.port =
                    static_cast<std::uint16_t>(std::stoi(place.substr(place.find(':') + 1)));
                request.target.has_port = true;
            }
    };
    connectors::HostSettings host;
    host.call_deadline = settings_.call_deadline;
    host.http_deadline = settings_.http_deadline;
    host.max_response_bytes = settings_.max_response_bytes;
    host.token_pause = std::chrono::milliseconds(0);
    host.taps = std::move(taps);
    host_ = connectors::make_host(host, [this](const std::string&, const std::string& key) {
        const auto found = state.find(key);
        return found == state.end() ? std::string() : found->second;
    });
}

Stage::~Stage() {
    host_->stop();
    find_leaks(subject_, "the log", log());
    spdlog::set_default_logger(log_->before);
}

Result<void> Stage::start() {
    return start(config_for(subject_, peer_), subject_.secrets);
}

Result<void> Stage::start(const json::object& config, const Texts& secrets) {
    connectors::InstanceSettings settings{
        settings_.name, subject_.library, json::serialize(config), {}, {authority(peer_)}};
    for (const auto& [key, value] : secrets)
        settings.secrets.emplace_back(key, value);
    for (const std::string& host : subject_.script.redirect)
        settings.granted_hosts.push_back(host);
    settings.granted_directories.push_back(subject_.directory);
    const auto added = host_->add(std::move(settings));
    if (added) watch_locks_of(subject_.library);
    return added;
}

std::string Stage::log() const {
    return log_->text.str();
}

std::future<CallResult> Stage::begin_check() {
    return begin([&](auto done) { instance().check(done); });
}
std::future<CallResult> Stage::begin_receive(const MessageSample& message, std::string id) {
    return begin([&](auto done) { instance().receive(inbound(message, std::move(id)), done); });
}
std::future<CallResult> Stage::begin_poll() {
    return begin([&](auto done) { instance().poll(cursor, done); });
}
std::future<CallResult> Stage::begin_execute(const CommandSample& command, std::uint32_t attempt) {
    return begin([&](auto done) {
        instance().execute({command.kind, command.key, command.payload, attempt}, done);
    });
}

CallResult Stage::check() {
    return kept(begin_check().get());
}
CallResult Stage::receive(const MessageSample& message, std::string id) {
    return kept(begin_receive(message, std::move(id)).get());
}
CallResult Stage::poll() {
    return kept(begin_poll().get());
}
CallResult Stage::execute(const CommandSample& command, std::uint32_t attempt) {
    return kept(begin_execute(command, attempt).get());
}

CallResult Stage::kept(CallResult result) {
    look_for_leaks(result);
    if (result.outcome != connectors::Outcome::done) return result;
    for (const auto& [key, value] : result.state)
        state[key] = value;
    if (result.cursor) cursor = *result.cursor;
    return result;
}

void Stage::look_for_leaks(const CallResult& result) {
    find_leaks(subject_, "the reason of a failure", result.code + " " + result.message);
    find_leaks(subject_, "a command's result", result.result);
    for (const auto& record : result.records)
        find_leaks(subject_, "a record of kind " + record.kind, record.json);
    if (result.cursor) find_leaks(subject_, "the cursor", *result.cursor);
    for (const auto& [key, value] : result.state)
        find_leaks(subject_, "the state " + key, value);
}

}  // namespace orderhub::kit
