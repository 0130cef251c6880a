// The hub's process: router, servicing and store, put together as the composition does, killed and
// started again on the same file.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/domain/plan.hpp"
#include "hub/routing/router.hpp"
#include "hub/runtime/routing_units.hpp"
#include "hub/servicing/service.hpp"
#include "tests/simulation/unsteady_store.hpp"
#include "tests/simulation/world_scheduler.hpp"

namespace orderhub::simulation {

class Hub {
public:
    using Done = std::function<void(Result<void>)>;

    struct Order {
        std::string id;
        std::int64_t version = 0;  ///< 0: the hub does not know it
    };

    Hub(World& world, const StoreWeather& weather, std::string path,
        std::vector<routing::Caller*> callers, routing::Settings settings);
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;
    ~Hub() { crash(); }

    bool is_up() const { return process_ != nullptr && !busy_; }
    /// Comes up, or tries again until the store lets it.
    void start();
    /// SIGKILL, and a supervisor that starts it again.
    void crash();
    /// SIGTERM, and the same.
    void restart();
    /// From now on nobody starts it again.
    void leave_down() { supervised_ = false; }

    // While it is up; `done` is forgotten if it is killed before.
    void intake(const std::string& connector, const std::string& id, const std::string& body,
                Done done);
    void submit(domain::ActionKind action, const Order& order, const boost::json::object& input,
                const std::string& trace, Done done);
    routing::Router& router() { return *process_->router; }

    Order find(const std::string& number);
    /// What is on disk, while it is up.
    void look(const std::function<void(store::Transaction&)>& use);
    boost::json::object shown(const std::string& order_id);

    /// Mutation of the hub's timers.
    LostTimer lost_timer;

private:
    struct Process {
        std::shared_ptr<WorldScheduler> scheduler;
        std::unique_ptr<UnsteadyStore> store;
        std::unique_ptr<runtime::RoutingUnits> units;
        std::unique_ptr<routing::Router> router;
    };

    servicing::Settings service_settings();
    void kill();
    void start_later(Time delay);

    World& world_;
    const StoreWeather& weather_;
    const std::string path_;
    const std::vector<routing::Caller*> callers_;
    const routing::Settings settings_;
    const servicing::Service service_;
    std::unique_ptr<Process> process_;
    bool supervised_ = true;
    bool busy_ = false;    ///< starting or stopping: the world goes on meanwhile
    bool killed_ = false;  ///< while it was busy
};

}  // namespace orderhub::simulation
