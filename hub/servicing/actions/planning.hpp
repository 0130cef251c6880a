// Internal to servicing: an action worked out with everything that hangs on it. Preview shows it,
// submit carries it out.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "hub/domain/plan.hpp"
#include "hub/servicing/desk.hpp"

namespace orderhub::servicing {

/// Something that an outside system must do. It is about a part of one of the orders that the
/// action touches; positions, because new parts have no id before they are stored.
struct Effect {
    std::string kind;  ///< of the command
    std::string connector;
    std::size_t order = 0;      ///< see Prepared::at()
    std::size_t part = 0;       ///< of the order's list of such parts
    std::size_t operation = 0;  ///< of a payment's operations
};

struct Prepared {
    domain::Order before;
    domain::Plan plan;
    std::string reason;
    /// Other orders that money moves to or from.
    std::vector<domain::Order> others;
    std::vector<Effect> effects;

    /// 0: the plan's order, 1: its exchange order, then the others.
    domain::Order& at(std::size_t order);
    const domain::Order& at(std::size_t order) const;
};

/// Reads the input and plans. Errors: see Service::preview().
Result<Prepared> prepare(const Work& work, domain::ActionKind action, std::string_view order_id,
                         std::int64_t expected_version, const boost::json::object& input);

/// The part of prepare() that reads the input; `exchange_due` answers what an exchange order still
/// lacks.
Result<domain::Plan> make_plan(const Work& work, domain::ActionKind action, domain::Order order,
                               const boost::json::object& input);

/// What must be done outside, in the order in which it is asked for. Error: Unavailable
/// "no_connector" if nobody can.
Result<void> find_effects(const Work& work, Prepared& prepared);

/// Where the money of a payment lies: behind an exchange it is the payment of the order that the
/// money came from.
struct Holder {
    std::size_t order = 0;  ///< see Prepared::at()
    std::string payment;    ///< external id
};
/// Error: NotFound if an order that the money came from is gone.
Result<Holder> holder_of(const Work& work, Prepared& prepared, std::size_t order,
                         const std::string& payment);
/// Loads another order once. Error: NotFound.
Result<std::size_t> other_order(const Work& work, Prepared& prepared, const std::string& id);

/// The connector that captures, reverses and refunds a payment: a provider's, if the configuration
/// says so and the payment has a reference by which the provider knows it; else its storefront's.
const std::string& mover_of(const Settings& settings, const domain::Order& order,
                            const std::string& payment);

/// An order that the hub made: no storefront has it.
bool is_exchange_order(std::string_view external_id);
inline bool is_exchange_order(const domain::Order& order) {
    return is_exchange_order(order.external_id);
}

/// Gives ids, keys and numbers, stores every order that is touched, and sends the commands. Gives
/// the action's id.
std::string carry_out(const Work& work, Prepared& prepared);

/// Sends one effect's command.
void send_effect(const Work& work, Prepared& prepared, const Effect& effect,
                 const std::string& action_id);

/// A refund by another connector than the one that cancels is sent once the storefront has
/// cancelled, or a person has dropped that step: what it will not cancel is not given back.
bool waits_for_cancel(const Prepared& prepared, const Effect& effect);
/// Sends those of an action that have waited.
void send_waiting_refunds(const Work& work, const domain::Order& order,
                          const std::string& action_id);

/// The plan as the API shows it; see the API's document. The same before and after carry_out() only
/// if it is asked for before.
boost::json::object plan_view(const Prepared& prepared);

// Refunds on money that came from another order, see mirror.cpp:

/// Lets the refund show on each order that the money came through, and frees what was booked there
/// as gone to the next.
Result<void> mirror_refund(const Work& work, Prepared& prepared, std::size_t order,
                           const domain::Refund& refund);
/// Lets the copies of a refund follow it; if it failed, the money is where it was before. Saves the
/// orders that it changes.
void update_mirrored(const Work& work, const domain::Order& order, const domain::Refund& refund);
/// A storefront showed how a mirrored refund went on: the order that wanted it learns of it.
void tell_mirrored(const Work& work, const domain::Order& before, domain::Order& after);

}  // namespace orderhub::servicing
