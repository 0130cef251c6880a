#pragma once

#include <array>
#include <boost/json.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "wire.hpp"
#include "world.hpp"

// Notifications out. One thread per system, so that a slow receiver of one does not hold up the
// other. Thread-safe.
namespace orderhub::sandbox {

class Webhooks {
public:
    explicit Webhooks(Stopper& stopper);
    ~Webhooks();

    /// {"vendure": {"url","secret","mode"}, "rt": {...}}; {} switches off. What waits for a target
    /// that is replaced is dropped.
    void configure(const boost::json::object& targets);
    void send(const std::vector<Notice>& notices);
    /// Targets without their secrets, what waits, and what was sent with which outcome.
    boost::json::value report() const;

private:
    struct Target {
        std::string url;
        std::string secret;
        std::string mode = "normal";  ///< normal, duplicates, disorder, none
        int generation = 0;           ///< of the configuration that named it
    };
    struct Lane {
        std::string system;
        int attempts = 1;
        Target target;
        std::deque<std::string> bodies;
        bool busy = false;
        std::thread thread;
    };

    void run(Lane& lane);
    void deliver(const Lane& lane, const Target& target, const std::string& body);
    int post(const Lane& lane, const Target& target, const std::string& id,
             const std::string& body) const;
    bool current(const Lane& lane, const Target& target) const;
    void log(const Lane& lane, const std::string& id, int attempt, int status);

    Stopper& stopper_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopped_ = false;
    boost::json::array sent_;
    Lane vendure_{"vendure", 6, {}, {}, false, {}};
    Lane rt_{"rt", 1, {}, {}, false, {}};
    Lane salesforce_{"salesforce", 1, {}, {}, false, {}};
    Lane woocommerce_{"woocommerce", 1, {}, {}, false, {}};
    Lane stripe_{"stripe", 4, {}, {}, false, {}};
    Lane zendesk_{"zendesk", 5, {}, {}, false, {}};
    Lane shopify_{"shopify", 4, {}, {}, false, {}};
    std::array<Lane*, 7> lanes_{&vendure_, &rt_,      &salesforce_, &woocommerce_,
                                &stripe_,  &zendesk_, &shopify_};
};

}  // namespace orderhub::sandbox
