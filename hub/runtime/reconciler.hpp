// Runs reconciliations: asks each connector, page by page, and compares. Nothing is applied: not
// the records, not the cursors, not what a connector wants to remember. Internal to hub/runtime.
#pragma once

#include <boost/json/object.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/connectors/host.hpp"
#include "hub/domain/reconcile.hpp"
#include "hub/servicing/reconcile.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// One run at a time, on a thread of its own; the last runs are kept until the hub stops. All
/// functions may be called on any thread.
class Reconciler {
public:
    /// The references must outlive it. `series`: what the numbers of the hub's documents begin
    /// with.
    Reconciler(store::Store& store, connectors::Host& host, std::vector<std::string> series,
               servicing::MakeId make_id)
        : store_(store), host_(host), series_(std::move(series)), make_id_(std::move(make_id)) {}
    Reconciler(const Reconciler&) = delete;
    Reconciler& operator=(const Reconciler&) = delete;
    ~Reconciler() { stop(); }

    /// Begins a run over all connectors that know of orders or documents, or over one of them.
    /// Errors: Conflict if one is running, NotFound (no such connector), Invalid "cannot_be_asked"
    /// with the connector's name.
    Result<boost::json::object> start(const domain::Period& period, const std::string& connector);
    /// Error: NotFound.
    Result<boost::json::object> find(const std::string& id) const;

    /// Waits until no run is under way.
    void wait() const;
    /// Ends a run. Connector calls under way are waited for: stop their host first.
    void stop();

private:
    struct Asked {
        connectors::Instance* instance = nullptr;
        bool orders = false;
        bool postings = false;
    };
    struct Run {
        domain::Period period;
        std::vector<Asked> asked;
    };

    static Asked roles(connectors::Instance& instance);
    Result<std::vector<Asked>> choose(const std::string& connector) const;
    void work(const Run& run);
    Result<boost::json::object> compare(const Run& run);
    Result<void> ask(const Asked& asked, std::int64_t from, servicing::OutsideRecords& records);
    Result<connectors::CallResult> page(connectors::Instance& instance, const std::string& cursor);
    void note(std::string_view connector, std::size_t records);
    void end(Result<boost::json::object> outcome);
    bool pause(std::chrono::milliseconds wait);

    store::Store& store_;
    connectors::Host& host_;
    const std::vector<std::string> series_;
    const servicing::MakeId make_id_;

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;  ///< a run has ended, or the hub stops
    bool is_stopping_ = false;
    bool is_running_ = false;
    std::deque<boost::json::object> runs_;  ///< the newest last
    std::thread thread_;
};

}  // namespace orderhub::runtime
