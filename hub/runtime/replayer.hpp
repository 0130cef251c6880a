// Runs messages of a period again. Internal to hub/runtime.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/connectors/host.hpp"
#include "hub/routing/ports.hpp"
#include "hub/routing/replays.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// One replay at a time, on a thread of its own, a few messages a beat and only while no due
/// message of any connector waits. A replay for real makes the messages due again: they go the way
/// of every message, and what they say is known already, so that only what the hub reads
/// differently now has an effect. A dry run applies each by itself in a unit that is undone. All
/// functions may be called on any thread.
class Replayer {
public:
    /// The references must outlive it.
    Replayer(store::Store& store, connectors::Host& host, const servicing::Service& service,
             servicing::MakeId make_id, std::function<std::int64_t()> now_ms)
        : store_(store),
          host_(host),
          service_(service),
          make_id_(std::move(make_id)),
          now_ms_(std::move(now_ms)) {}
    Replayer(const Replayer&) = delete;
    Replayer& operator=(const Replayer&) = delete;
    ~Replayer() { stop(); }

    /// Goes on with what a hub that ended has left. After the connectors are loaded.
    void resume();
    /// Errors: Conflict "running", NotFound "no_such_connector".
    Result<routing::Replay> start(routing::Replay wanted, const routing::Actor& actor);
    /// Errors: NotFound "no_such_replay", Conflict "not_running". Twice is once.
    Result<void> cancel(const std::string& id, const routing::Actor& actor);
    /// Connector calls under way are waited for: stop their host first.
    void stop();

private:
    void begin();
    void work();
    bool step();
    void requeue(store::Transaction& unit, routing::Replay& replay);
    void rehearse(const routing::Replay& replay,
                  const std::vector<routing::InboxMessage>& messages);
    bool is_live_waiting(store::Transaction& unit) const;
    void journal(store::Transaction& unit, const std::string& type, const routing::Replay& replay,
                 const routing::Actor& actor);
    bool pause(std::chrono::milliseconds wait);

    store::Store& store_;
    connectors::Host& host_;
    const servicing::Service& service_;
    const servicing::MakeId make_id_;
    const std::function<std::int64_t()> now_ms_;

    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_stopping_ = false;
    bool is_running_ = false;
    bool is_asked_ = false;  ///< to look whether there is something to do
    std::thread thread_;
};

}  // namespace orderhub::runtime
