// The way out of one connector: due deliveries become calls of its system.
#pragma once

#include <deque>
#include <set>
#include <string>

#include "hub/routing/lane.hpp"

namespace orderhub::routing {

/// Each delivery goes through: counted and in flight (durable) -> executed by the connector -> its
/// outcome stored, told to servicing and the records that came with it applied, in one unit. On the
/// router's thread only.
class DeliveryLane {
public:
    explicit DeliveryLane(Line& line) : line_(line), alarm_(line.workshop, [this] { pump(); }) {}

    /// Begins as many due deliveries as may run at once.
    void pump();

private:
    void look(bool only_second_opinion);
    void begin(const std::string& id);
    void park_unstartable(const std::string& id, const Error& error);
    void executed(const Delivery& delivery, const CallResult& result);
    void store(const Delivery& after, const CallResult& result);
    void store_apart(const Delivery& after, const CallResult& result);
    void park_untold(Delivery after, const CallResult& result, const std::string& why);
    void count(const Delivery& after);
    void finish(const std::string& id);
    void try_later(std::function<void()> task);

    Line& line_;
    Alarm alarm_;
    std::deque<Delivery> found_;
    std::set<std::string> active_;
};

}  // namespace orderhub::routing
