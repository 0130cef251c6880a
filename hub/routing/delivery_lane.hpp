// The way out of one connector: due deliveries become calls of its system.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/routing/lane.hpp"

namespace orderhub::routing {

/// Each delivery goes through: counted and in flight (durable, many in one unit) -> executed by the
/// connector -> its outcome stored, told to servicing and the records that came with it applied, in
/// one unit. The outcome of what another hub has taken over meanwhile is dropped: that hub asks the
/// outside system itself. On the router's thread only.
class DeliveryLane {
public:
    explicit DeliveryLane(Line& line) : line_(line), alarm_(line.workshop, [this] { pump(); }) {}

    /// Begins as many due deliveries as may run at once.
    void pump();

private:
    /// A delivery under way and what the connector said; shared by the steps.
    struct Job {
        Delivery delivery;
        CallResult result;
    };
    using JobPtr = std::shared_ptr<Job>;

    void take(std::uint32_t limit, bool second_opinion);
    void taken(std::vector<Delivery> deliveries, bool is_late);
    void go_on(bool is_all, std::optional<Instant> next);
    void park_unstartable(const std::string& id, const Error& error);
    void execute(const JobPtr& job);
    void executed(const JobPtr& job);
    void store(const JobPtr& job);
    void store_apart(const JobPtr& job);
    void park_untold(const JobPtr& job, const std::string& why);
    void count(const Delivery& after);
    void finish();
    void fenced();
    void look_later();
    void try_later(std::function<void()> task);

    Line& line_;
    Alarm alarm_;
    bool taking_ = false;
    bool look_again_ = false;  ///< something came while the lane was taking
    bool more_waits_ = false;  ///< or may wait, than the lane has room for
    std::uint32_t active_ = 0;
};

}  // namespace orderhub::routing
