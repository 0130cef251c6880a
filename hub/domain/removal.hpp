// Taking units off an order: cancel and return, with the delivery charge's share and fees. Every
// kind of removal ends in settle(), so money is owed back by one rule.
#pragma once

#include "hub/domain/plan.hpp"
#include "hub/domain/tenders.hpp"

namespace orderhub::domain {

struct RemovalInput {
    std::vector<UnitsOfLine> lines = {};
    std::string reason = {};
    DeliveryRule delivery = DeliveryRule::keep;
    std::vector<Fee> fees = {};
    TenderWish tenders = {};
};

/// Cancels units that are neither allocated nor fulfilled; a bundle's line stands for all its
/// parts. Captured money that is then owed back is refunded; no credit memo, because nothing was
/// invoiced for them. Errors: Invalid with the pointer of the input's field; see check_open().
Result<Plan> plan_cancel(Order order, const RemovalInput& input, const Context& context);

/// Takes fulfilled units back and refunds at once; a credit memo goes to the financial system.
Result<Plan> plan_return(Order order, const RemovalInput& input, const Context& context);

// For actions that are built from the same parts:

/// The units asked for, a bundle's line replaced by its parts. `available` says how many units of a
/// line can go, `verb` what is done to them. Errors: Invalid.
using Available = std::int64_t (Line::*)() const;
Result<std::vector<UnitsOfLine>> chosen_units(const Order& order,
                                              const std::vector<UnitsOfLine>& asked,
                                              Available available, std::string_view verb);

/// Units that went, as a change order that is not in the order yet.
struct Removed {
    ChangeOrder change;
    ChangeLine worth;  ///< positive, without the delivery charge's share
    Amount list;       ///< what the units cost before discounts
};

/// Takes units off their lines, cancelled or returned, and with them the delivery charge's share if
/// the rule says so. The units are there: see chosen_units().
Removed remove_units(Order& order, const std::vector<UnitsOfLine>& units, ChangeKind kind,
                     DeliveryRule delivery, const std::string& reason, const Context& context);

/// Adds to `change` what the delivery charges of the removed lines lose, in proportion to what the
/// products of their group were worth before and are worth after; takes it off those lines.
/// `before` is the order as it was before the units went.
void reduce_delivery(Order& order, const Order& before, ChangeOrder& change);

/// Charges fees counted from `removed` (positive) and `list` (the same units before discounts): a
/// change order of kind fee with a line of kind fee each. Errors: Invalid (under /fees): more than
/// what is removed is worth.
Result<void> charge_fees(Order& order, const std::vector<Fee>& fees, const ChangeLine& removed,
                         const Amount& list, Stage stage, const std::string& reason,
                         const Context& context);
/// What `quantity` units of a line cost before discounts.
Amount list_worth(const Line& line, std::int64_t quantity);

/// What the customer is owed after the order has changed by `delta` (signed, fees included): never
/// more than the change is worth, than was paid beyond the new total, or than the payments hold.
Minor refund_due(const Order& order, const Amount& delta);

/// Moves up to `amount` of what the payments hold to another order (empty: the plan's own exchange
/// order): a Refund of kind transfer for each tender in plan.order, and its Transfer in the plan.
/// Gives what was moved.
Result<Minor> move_money(Plan& plan, Minor amount, const std::string& to_order,
                         const std::string& reason, const TenderWish& wish, const Context& context);

/// Ends the planning of an action: refunds for its new change orders, a credit memo for those of
/// stage post that lower the total, an invoice for fees. `order` holds the new change orders
/// already, and the transfers of move_money(); `moved` is their sum: it is not refunded as well.
Result<void> settle(Plan& plan, const std::string& reason, const TenderWish& wish,
                    const Context& context, Minor moved = {});

}  // namespace orderhub::domain
