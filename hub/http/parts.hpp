// What the API is made of: given by the one who composes the hub.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "hub/connectors/host.hpp"
#include "hub/http/buckets.hpp"
#include "hub/http/operations.hpp"
#include "hub/http/panel.hpp"
#include "hub/http/sessions.hpp"
#include "hub/identity/provider.hpp"
#include "hub/servicing/erasure/erasing.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::flows {
class Engine;
}

namespace orderhub::http {

struct Readiness {
    bool ready = false;
    boost::json::object details;
};

/// One answered request, for metrics. `route` is a pattern or "none".
using Observe = std::function<void(std::string_view method, std::string_view route, int status,
                                   std::chrono::nanoseconds duration)>;

/// All members are needed; the references outlive the Api. Functions are called on any thread.
struct Parts {
    store::Store& store;
    const servicing::Service& service;
    connectors::Host& host;
    Operations operations;
    servicing::MakeId make_id;
    std::function<std::int64_t()> now_ms;
    std::function<Readiness()> readiness;
    std::function<std::string()> metrics;
    std::function<void(std::string_view)> log_error;
    Observe observe;
    SessionLimits sessions = {};
    PanelSettings panel = {};
    std::size_t threads = 4;
    const flows::Engine* flows = nullptr;
    identity::Provider* provider = nullptr;  ///< to sign in with; null: there is none
    RequestRates rates = {};
    /// See runtime::rotate_secrets; null: this hub keeps none.
    std::function<Result<store::SecretsState>()> rotate_secrets = nullptr;
    /// See servicing::Erasing::begin; waits for the store.
    std::function<Result<servicing::ErasureRow>(const servicing::Request& request,
                                                const std::string& customer_id,
                                                const std::string& reason, bool dry_run)>
        begin_erasure = nullptr;
    /// As it was loaded, without secrets.
    std::function<boost::json::object()> configuration = nullptr;
};

}  // namespace orderhub::http
