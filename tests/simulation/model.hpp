// What should be, kept by the simplest means: what people did and were told, and the sums of it.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "tests/simulation/outside.hpp"

namespace orderhub::simulation {

/// What an agent asked the hub to do.
struct Asked {
    enum class Kind { take_back, cancel, gift };
    Kind kind = Kind::take_back;
    std::string number;  ///< of the order
    std::int64_t units = 0;
    Minor amount = 0;  ///< to be refunded
};

/// The hub was killed before it said, or has not said yet.
struct Unanswered {
    Asked asked;
    std::shared_ptr<const bool> life;  ///< of the process that was asked
};

/// What agents may count on for one order.
struct OrderModel {
    std::int64_t taken_back = 0;
    std::int64_t cancelled = 0;
    Minor gifts = 0;
    Minor refunds = 0;
};

struct Model {
    std::map<std::string, OrderModel> orders;      ///< by number
    std::map<std::string, Unanswered> unanswered;  ///< by trace
    std::map<std::string, std::string> accepted;   ///< webhooks that the hub said it has, with body
    std::set<std::string> unreadable;  ///< webhooks that end up parked, whatever happens

    void happened(const Asked& asked) {
        OrderModel& order = orders[asked.number];
        order.refunds += asked.amount;
        switch (asked.kind) {
            case Asked::Kind::take_back:
                order.taken_back += asked.units;
                break;
            case Asked::Kind::cancel:
                order.cancelled += asked.units;
                break;
            case Asked::Kind::gift:
                order.gifts += asked.amount;
                break;
        }
    }
};

}  // namespace orderhub::simulation
