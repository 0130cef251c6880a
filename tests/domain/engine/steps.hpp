// Internal to the engine: what a step asks for, and the world that it is asked of.
#pragma once

#include <functional>
#include <optional>
#include <set>

#include "hub/domain/discount.hpp"
#include "hub/domain/exchange.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/removal.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/status.hpp"
#include "tests/domain/engine/choices.hpp"
#include "tests/domain/engine/engine.hpp"

namespace orderhub::domain {

/// An action and its input.
struct Asked {
    ActionKind action = ActionKind::cancel;
    std::string words;
    std::function<Result<Plan>(Order, const Context&)> plan;
    bool partial = false;    ///< less than is due may go back
    bool must_work = false;  ///< the input is valid for sure
    Minor amount;            ///< of a refund without change: what was asked for, if something was
};

/// Each tax of each line as it was at first, by line id, label and rate.
using TaxesOfLines = std::map<std::string, Minor>;

struct Known {
    Order order;
    TaxesOfLines taxes;
    std::set<std::string> touched_outside;  ///< lines whose taxes the storefront changed
};

struct World {
    Snapshot shop;
    std::vector<Known> orders;  ///< the first is the shop's, others replace units of it
    Context context;
    int number = 0;  ///< of the last accepted step
    Outcome outcome;
    std::ostream* words = nullptr;
};

/// Something to ask of an order; empty if the numbers mean nothing that makes sense for it.
std::optional<Asked> ask(const World& world, const Order& order, Choices& choices);

/// Plans twice, checks, and takes the plan over with ids for everything new.
void carry_out(World& world, std::size_t index, const Asked& asked);

/// What a provider or the storefront does by itself.
void move_money_outside(World& world, Choices& choices);
void show_snapshot(World& world, Choices& choices);

/// Takes everything back that can be taken back, and checks what is left.
void undo(World& world);

/// What captured money there is beyond the total and beyond what went back; below 0: what lacks.
Minor slack(const Order& order);
/// Money went back that answers for no change of the order.
bool has_gifts(const Order& order);

void check_order(const Known& known);
void check_plan(const Order& before, const Plan& plan, const Asked& asked);
/// Throws Broken unless `holds`.
void law(bool holds, const std::string& text);
TaxesOfLines taxes_of(const Order& order);

}  // namespace orderhub::domain
