#include "hub/runtime/connector_desk.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "hub/connectors/inspection.hpp"
#include "hub/http/instant.hpp"
#include "hub/runtime/hub.hpp"

namespace orderhub::runtime {

namespace {

std::unexpected<Error> unknown(const std::string& name) {
    return fail(ErrorKind::NotFound, "no_such_connector", "There is no connector " + name + ".");
}

}  // namespace

connectors::InstanceSettings settings_of(const Config& config, const ConnectorConfig& connector) {
    constexpr std::uint64_t kMebibyte = 1024 * 1024;
    connectors::InstanceSettings settings{
        connector.name,    connector.library,       boost::json::serialize(connector.config),
        connector.secrets, connector.granted_hosts, connector.rate};
    settings.granted_directories = connector.granted_directories;
    settings.isolation = connector.isolation;
    settings.memory_bytes = static_cast<std::uint64_t>(connector.memory_mib) * kMebibyte;
    if (!connector.is_own)
        settings.trust = connectors::LibraryTrust{config.trusted_keys, connector.is_unsigned};
    return settings;
}

Result<connectors::InstanceSettings> ConnectorDesk::settings_now(const std::string& name) const {
    const auto config = load_config(config_.file, connectors::inspect_library);
    if (!config) {
        std::string all;
        for (const Complaint& complaint : config.error())
            all += (all.empty() ? "" : "; ") + complaint.text();
        return fail(ErrorKind::Invalid, "bad_configuration", all);
    }
    const auto found = std::ranges::find(config->connectors, name, &ConnectorConfig::name);
    if (found == config->connectors.end()) return unknown(name);
    return settings_of(*config, *found);
}

Result<boost::json::object> ConnectorDesk::reload(const std::string& name,
                                                  const routing::Actor& actor) {
    const auto* instance = host_.find(name);
    if (!instance) return unknown(name);
    const std::string from = instance->manifest().version;
    auto settings = settings_now(name);
    const auto outcome = settings ? host_.reload(std::move(*settings))
                                  : Result<void>(std::unexpected(settings.error()));
    if (!outcome) {
        journal("connector.reload_refused", actor,
                {{"connector", name},
                 {"version", from},
                 {"code", outcome.error().code},
                 {"message", outcome.error().message}});
        return std::unexpected(outcome.error());
    }
    boost::json::object done{
        {"connector", name}, {"from", from}, {"to", instance->manifest().version}};
    journal("connector.reloaded", actor, done);
    return done;
}

Result<void> ConnectorDesk::resume(const std::string& name, const routing::Actor& actor) {
    auto* instance = host_.find(name);
    if (!instance) return unknown(name);
    const auto process = instance->process();
    if (!process || process->state != connectors::ProcessState::parked)
        return fail(ErrorKind::Conflict, "not_parked", "Its process is not parked.");
    journal("connector.resumed", actor, {{"connector", name}});
    instance->resume();
    return {};
}

void ConnectorDesk::journal(const std::string& type, const routing::Actor& actor,
                            boost::json::object data) {
    const auto written = store_.write([&](store::Transaction& unit) -> Result<void> {
        servicing::Event event;
        event.id = make_id_("ev");
        event.type = type;
        event.actor = actor.name;
        event.trace = actor.trace;
        event.address = actor.address;
        event.data = boost::json::serialize(data);
        event.at = http::rfc3339(now_ms());
        unit.append(std::move(event));
        return {};
    });
    if (!written)
        spdlog::warn("{} of {} is not in the journal: {}", type, actor.name,
                     written.error().message);
}

void bind_connector_desk(http::Operations& operations, ConnectorDesk& desk) {
    operations.reload_connector = [&desk](const std::string& name, const routing::Actor& actor) {
        return desk.reload(name, actor);
    };
    operations.resume_connector = [&desk](const std::string& name, const routing::Actor& actor) {
        return desk.resume(name, actor);
    };
}

}  // namespace orderhub::runtime
