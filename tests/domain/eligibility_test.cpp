#include "hub/domain/eligibility.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "hub/domain/discount.hpp"
#include "hub/domain/exchange.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/domain/payments.hpp"
#include "tests/domain/return_stage.hpp"

namespace orderhub::domain {
namespace {

const Eligibility& entry(const std::vector<Eligibility>& all, ActionKind action) {
    return all.at(static_cast<std::size_t>(action));
}

/// "2 + 1 allocated + 3 cancelled".
std::string in_words(const LineEligibility& line) {
    std::string text = std::to_string(line.units);
    for (const Blocked& each : line.blocked)
        text += " + " + std::to_string(each.units) + " " + each.code;
    return text;
}

/// Of ten units: one cancelled, one returned, one on its way back, one sent again, two more with
/// the customer, two allocated, two free.
Order mixed() {
    Snapshot shown = three_mugs();
    shown.lines[0] = shown_line("a", 10, amount(10000, 2000));
    shown.totals = amount(10500, 2100);
    shown.payments[0].amount = Minor{12600};
    shown.fulfilments = {shown_fulfilment("f1", FulfilmentState::shipped, "a", 5),
                         shown_fulfilment("f2", FulfilmentState::pending, "a", 2)};
    Order order = imported(shown);
    order = cancelled(order, {{"l1", 1}}, "a");
    order = returned(order, {{"l1", 1}}, "b");
    order = opened(order, 1, "c");
    const FulfilInput lost{.lines = {{"l1", 1}}, .reason = "lost"};
    return accepted(plan_reship(order, lost, {}).value(), "d");
}

TEST(Eligibility, EveryUnitHasOneReason) {
    const auto all = eligibility(mixed(), {});
    const auto line = [&](ActionKind action) { return in_words(entry(all, action).lines.at(0)); };
    const std::string gone = " + 1 on_the_way_back + 1 returned + 1 cancelled";
    EXPECT_EQ(line(ActionKind::cancel), "2 + 2 allocated + 3 fulfilled" + gone);
    EXPECT_EQ(line(ActionKind::fulfil), "2 + 2 allocated + 3 fulfilled" + gone);
    EXPECT_EQ(line(ActionKind::discount), "5 + 2 in_fulfilment" + gone);
    EXPECT_EQ(line(ActionKind::exchange), "5 + 2 in_fulfilment" + gone);
    EXPECT_EQ(line(ActionKind::appease), "3 + 4 not_fulfilled" + gone);
    EXPECT_EQ(line(ActionKind::return_), "3 + 4 not_fulfilled" + gone);
    EXPECT_EQ(line(ActionKind::open_return), "3 + 4 not_fulfilled" + gone);
    EXPECT_EQ(line(ActionKind::reship), "2 + 4 not_fulfilled + 1 reshipped" + gone);
    EXPECT_TRUE(entry(all, ActionKind::capture).lines.empty());
}

TEST(Eligibility, ChargesCanBeDiscountedOnly) {
    const auto all = eligibility(mixed(), {});
    EXPECT_EQ(in_words(entry(all, ActionKind::return_).lines.at(1)), "0 + 1 not_a_product");
    EXPECT_EQ(in_words(entry(all, ActionKind::discount).lines.at(1)), "1");
    EXPECT_EQ(in_words(entry(all, ActionKind::appease).lines.at(1)), "1");
    const auto early = eligibility(imported(three_mugs()), {});
    EXPECT_EQ(in_words(entry(early, ActionKind::appease).lines.at(1)), "0 + 1 not_fulfilled");
}

TEST(Eligibility, SaysWhyTheOrderAsAWholeCannot) {
    const auto all = eligibility(imported(three_mugs()), {});
    const auto code = [&](ActionKind action) { return entry(all, action).code; };
    EXPECT_EQ(all.size(), 21U);
    EXPECT_EQ(code(ActionKind::cancel), "");
    EXPECT_TRUE(entry(all, ActionKind::cancel).possible);
    EXPECT_EQ(code(ActionKind::return_), "nothing_to_return");
    EXPECT_EQ(code(ActionKind::reship), "nothing_to_reship");
    EXPECT_EQ(code(ActionKind::submit_return), "no_return_order");
    EXPECT_EQ(code(ActionKind::close_return), "no_return_order");
    EXPECT_EQ(code(ActionKind::update_fulfilment), "no_fulfilment");
    EXPECT_EQ(code(ActionKind::capture), "nothing_authorized");
    EXPECT_EQ(code(ActionKind::reverse_authorization), "nothing_to_reverse");
    EXPECT_EQ(code(ActionKind::retry_refund), "no_failed_refund");
    EXPECT_EQ(code(ActionKind::record_payment), "no_balance");
    EXPECT_EQ(code(ActionKind::resolve_exception), "no_exception");
    EXPECT_TRUE(entry(all, ActionKind::suspend).possible);
    EXPECT_TRUE(entry(all, ActionKind::refund).possible);
}

TEST(Eligibility, GoodwillNeedsALimitAndExcessDoesNot) {
    Policy strict;
    strict.goodwill_limit = strict.appeasement_limit = 0;
    Order order = shipped_mugs();
    EXPECT_EQ(entry(eligibility(order, strict), ActionKind::refund).code, "nothing_to_refund");
    EXPECT_EQ(entry(eligibility(order, strict), ActionKind::appease).code, "over_limit");
    order.payments[0].amount += Minor{1};
    EXPECT_TRUE(entry(eligibility(order, strict), ActionKind::refund).possible);
}

TEST(Eligibility, MoneyThatIsAuthorizedOrLacking) {
    Snapshot shown = three_mugs();
    shown.payments[0].state = PaymentState::authorized;
    shown.payments[0].amount += Minor{1};
    const auto all = eligibility(imported(shown), {});
    EXPECT_TRUE(entry(all, ActionKind::capture).possible);
    EXPECT_TRUE(entry(all, ActionKind::reverse_authorization).possible);
    EXPECT_TRUE(entry(all, ActionKind::record_payment).possible);
    EXPECT_FALSE(entry(all, ActionKind::refund).possible);
}

TEST(Eligibility, ReturnOrdersByTheirState) {
    Order order = opened(shipped_mugs(), 3);
    const auto possible = [&](ActionKind action) {
        return entry(eligibility(order, {}), action).possible;
    };
    EXPECT_FALSE(possible(ActionKind::approve_return));
    EXPECT_TRUE(possible(ActionKind::receive_return));
    EXPECT_FALSE(possible(ActionKind::close_return));
    EXPECT_TRUE(possible(ActionKind::cancel_return));
    order = received(order, {{"r1", 3, 0, "new", ""}});
    EXPECT_FALSE(possible(ActionKind::receive_return));
    EXPECT_TRUE(possible(ActionKind::close_return));
    EXPECT_FALSE(possible(ActionKind::cancel_return));
}

TEST(Eligibility, NothingButTheExceptionWhileSuspended) {
    Order order = mixed();
    order.exceptions.emplace_back().suspends = true;
    auto all = eligibility(order, {});
    for (const Eligibility& each : all)
        EXPECT_EQ(each.possible, each.action == ActionKind::resolve_exception)
            << to_text(each.action);
    EXPECT_EQ(in_words(entry(all, ActionKind::cancel).lines.at(0)), "0 + 10 suspended");
    order.managed = false;
    all = eligibility(order, {});
    EXPECT_EQ(entry(all, ActionKind::resolve_exception).code, "unmanaged");
    EXPECT_EQ(entry(all, ActionKind::cancel).code, "unmanaged");
}

// What follows: any order that can come about, and what the planning says to the same questions.

std::int64_t pick(std::int64_t from, std::int64_t to) {
    return *rc::gen::inRange(from, to + 1);
}

/// Two plain lines and a bundle of two parts, with a delivery charge.
Order any_order() {
    Snapshot shown = three_mugs();
    const std::int64_t sets = pick(1, 3), each = pick(1, 2);
    shown.lines = {shown_line("a", pick(1, 5), amount(pick(0, 2) * 777, 99)),
                   shown_line("b", pick(1, 5), amount(pick(0, 2000), 0)),
                   shown_line("set", sets, {}),
                   shown_line("p", sets, amount(pick(0, 1) * 500, 0)),
                   shown_line("q", sets * each, amount(pick(0, 1) * 333, 0)),
                   shown_line("d", 1, amount(pick(0, 1) * 500, 0))};
    for (const std::size_t part : {3U, 4U})
        shown.lines[part].bundle = "set";
    shown.lines[4].units_per_bundle = each;
    shown.lines[5].kind = LineKind::delivery;
    shown.totals = {};
    for (const SnapshotLine& line : shown.lines) {
        shown.totals += line.total;
        if (line.kind != LineKind::product || line.external_id == "set") continue;
        if (const std::int64_t left = pick(0, line.quantity); left > 0)
            shown.fulfilments.push_back(shown_fulfilment(
                "f" + line.external_id, FulfilmentState::shipped, line.external_id, left));
    }
    shown.payments[0].amount = shown.totals.inc;
    return imported(shown);
}

constexpr ActionKind kUnitActions[] = {
    ActionKind::cancel,  ActionKind::discount,    ActionKind::appease,  ActionKind::reship,
    ActionKind::return_, ActionKind::open_return, ActionKind::exchange, ActionKind::fulfil};

Result<Plan> asked(const Order& order, ActionKind action, const std::string& line,
                   std::int64_t quantity) {
    const std::vector<UnitsOfLine> units{{line, quantity}};
    DiscountInput least;
    least.line_ids = {line};
    least.basis = DiscountBasis::amount_with_tax;
    least.value = 1;
    ExchangeInput other;
    other.lines = units;
    other.items = {{"X", "X", 1, std::nullopt}};
    switch (action) {
        case ActionKind::cancel:
            return plan_cancel(order, {.lines = units, .reason = "r"}, {});
        case ActionKind::return_:
            return plan_return(order, {.lines = units, .reason = "r"}, {});
        case ActionKind::open_return:
            return plan_open_return(order, {.lines = units, .reason = "r"}, {});
        case ActionKind::reship:
            return plan_reship(order, {.lines = units, .reason = "r"}, {});
        case ActionKind::fulfil:
            return plan_fulfil(order, {.lines = units}, {});
        case ActionKind::exchange:
            return plan_exchange(order, other, {});
        case ActionKind::discount:
            return plan_discount(order, least, {});
        default:
            return plan_appeasement(order, least, {});
    }
}

void check_line(const Order& order, ActionKind action, const LineEligibility& said) {
    const Line& line = *find_line(order, said.line_id);
    RC_ASSERT(said.units >= 0);
    std::int64_t sum = said.units;
    for (const Blocked& each : said.blocked) {
        RC_ASSERT(each.units > 0);
        RC_ASSERT(!each.reason.empty());
        sum += each.units;
    }
    RC_ASSERT(sum == line.ordered);
    const bool by_amount = action == ActionKind::discount || action == ActionKind::appease;
    if (said.units > 0) RC_ASSERT(asked(order, action, line.id, said.units).has_value());
    // A discount that names a bundle takes whatever parts it can.
    if (by_amount && (said.units > 0 || is_container(order, line))) return;
    RC_ASSERT(!asked(order, action, line.id, said.units + 1).has_value());
}

/// Something else that moves an order on.
void move_on(Order& order, const std::string& id) {
    for (const Fulfilment& each : order.fulfilments)
        if (each.state == FulfilmentState::pending && pick(0, 1) == 0) {
            const UpdateFulfilmentInput ship{.fulfilment = each.id};
            order = plan_update_fulfilment(order, ship, {}).value().order;
            return;
        }
    for (const ReturnOrder& each : order.return_orders) {
        if (each.state != ReturnState::approved) continue;
        const std::int64_t all = each.lines[0].expected, yes = pick(0, all);
        const ReceiveInput input{.return_order = each.id,
                                 .receipts = {{"r1", yes, all - yes, "damaged", "x"}}};
        order = plan_receive_return(order, input, {}).value().order;
        order = accepted(plan_close_return(order, {.return_order = input.return_order}, {}).value(),
                         id);
        return;
    }
}

TEST(Eligibility, AgreesWithWhatPlanningAccepts) {
    EXPECT_TRUE(rc::check([] {
        Order order = any_order();
        const std::int64_t steps = pick(0, 8);
        for (std::int64_t step = 0; step < steps; ++step) {
            const std::string id = "ac_" + std::to_string(step);
            const ActionKind action = kUnitActions[pick(0, 7)];
            const auto lines = eligible_units(order, action);
            const auto& line = lines[static_cast<std::size_t>(
                pick(0, static_cast<std::int64_t>(lines.size()) - 1))];
            if (line.units > 0) {
                auto plan = asked(order, action, line.line_id, pick(1, line.units));
                RC_ASSERT(plan.has_value());
                order = accepted(*std::move(plan), id);
            } else {
                move_on(order, id);
            }
        }
        const auto all = eligibility(order, {});
        for (const ActionKind action : kUnitActions) {
            bool any = false;
            for (const LineEligibility& line : entry(all, action).lines) {
                check_line(order, action, line);
                any |= line.units > 0;
            }
            if (any) RC_ASSERT(entry(all, action).possible);
            RC_ASSERT(entry(all, action).possible == entry(all, action).code.empty());
        }
    }));
}

}  // namespace
}  // namespace orderhub::domain
