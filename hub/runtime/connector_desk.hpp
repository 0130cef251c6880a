// What people do to connectors while the hub runs.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "hub/connectors/host.hpp"
#include "hub/http/operations.hpp"
#include "hub/runtime/config.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// How an entry of the configuration is to be run.
connectors::InstanceSettings settings_of(const Config& config, const ConnectorConfig& connector);

/// Any thread; both functions wait.
class ConnectorDesk {
public:
    /// All must outlive it.
    ConnectorDesk(const Config& config, store::Store& store, connectors::Host& host,
                  servicing::MakeId make_id)
        : config_(config), store_(store), host_(host), make_id_(std::move(make_id)) {}

    /// Reads the connector's entry in the configuration file and its library anew, and lets the new
    /// version take over (Host::reload). {"connector", "from", "to": versions}. The journal says
    /// who did it and what came of it. Errors: as Host::reload, Invalid "bad_configuration".
    Result<boost::json::object> reload(const std::string& name, const routing::Actor& actor);
    /// Starts a parked process again. Errors: NotFound, Conflict "not_parked".
    Result<void> resume(const std::string& name, const routing::Actor& actor);

private:
    Result<connectors::InstanceSettings> settings_now(const std::string& name) const;
    void journal(const std::string& type, const routing::Actor& actor, boost::json::object data);

    const Config& config_;
    store::Store& store_;
    connectors::Host& host_;
    const servicing::MakeId make_id_;
};

void bind_connector_desk(http::Operations& operations, ConnectorDesk& desk);

}  // namespace orderhub::runtime
