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
/// outside system itself. On the router's thread only, but for accompany().
class DeliveryLane {
public:
    explicit DeliveryLane(Line& line) : line_(line), alarm_(line.workshop, [this] { pump(); }) {}

    /// Begins as many due deliveries as may run at once.
    void pump();
    /// A unit that begins what is due, for the transaction that has just made it so: it saves the
    /// delivery a commit. Nothing if there is no room, or no call may be made. On the store's
    /// writer thread; its room is taken until it is done.
    std::optional<Units::Companion> accompany();

private:
    /// A delivery under way and what the connector said; shared by the steps.
    struct Job {
        Delivery delivery;
        CallResult result;
    };
    using JobPtr = std::shared_ptr<Job>;

    /// What a unit that takes has found.
    struct Found {
        std::vector<Delivery> deliveries;
        std::optional<Instant> next;
        std::string refused;  ///< servicing could not take note that this one begins
    };
    using FoundPtr = std::shared_ptr<Found>;

    void take(std::uint32_t limit, bool second_opinion);
    Units::Work begin_due(const FoundPtr& found, std::uint32_t limit, std::string except) const;
    void give_back_room(const Found& found, std::uint32_t limit, bool is_stored);
    void took(const FoundPtr& found, const Result<void>& result, bool is_all,
              Scheduler::Clock::time_point asked_at);
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
    Room room_;
};

}  // namespace orderhub::routing
