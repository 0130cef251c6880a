#include "tests/domain/examples.hpp"

#include <map>

#include "hub/domain/discount.hpp"
#include "hub/domain/exchange.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/snapshot.hpp"

namespace orderhub::domain {

namespace {

Amount amount(std::int64_t ex, std::int64_t tax) {
    return {Minor{ex}, Minor{tax}, Minor{ex + tax}};
}

SnapshotLine shown(std::string id, std::string name, std::int64_t units, const Amount& total) {
    SnapshotLine line;
    line.external_id = line.sku = std::move(id);
    line.name = std::move(name);
    line.quantity = line.ordered_quantity = units;
    line.list = line.total = total;
    line.taxes = {{"VAT", "20", total.tax}};
    return line;
}

/// Three mugs and delivery, 42.00, of which `shipped` have left.
Order mugs(std::int64_t shipped, PaymentState paid = PaymentState::captured,
           std::int64_t amount_paid = 4200) {
    Snapshot snapshot;
    snapshot.external_id = "24";
    snapshot.observed_at = 1;
    snapshot.number = "ABC123";
    snapshot.currency = *currency("EUR");
    snapshot.lines = {shown("mug", "Mug", 3, amount(3000, 600)),
                      shown("delivery", "Delivery", 1, amount(500, 100))};
    snapshot.lines[1].kind = LineKind::delivery;
    snapshot.totals = amount(3500, 700);
    Payment payment;
    payment.external_id = "p1";
    payment.method = "card";
    payment.state = paid;
    payment.amount = Minor{amount_paid};
    snapshot.payments = {payment};
    if (shipped > 0) {
        Fulfilment left;
        left.external_id = "f1";
        left.state = FulfilmentState::shipped;
        left.lines = {{"mug", shipped}};
        snapshot.fulfilments = {left};
    }
    Order order;
    order.id = "os_1";
    order.connector = "shop";
    apply_snapshot(order, snapshot);
    if (shipped > 0) order.fulfilments[0].id = "fo_1";
    return order;
}

/// Published: 100 with two taxes, 1 and 0.5.
Order two_taxes() {
    Order order = mugs(0, PaymentState::captured, 10150);
    order.lines.resize(1);
    Line& line = order.lines[0];
    line.ordered = 1;
    line.original = line.list = amount(10000, 150);
    line.pools = {{1, 0, line.original, {{"state", "1", Minor{100}}, {"city", "0.5", Minor{50}}}}};
    return order;
}

Order hundred() {
    Order order = two_taxes();
    Line& line = order.lines[0];
    line.original = line.list = amount(10000, 1000);
    line.pools = {{1, 0, line.original, {{"VAT", "10", Minor{1000}}}}};
    order.payments[0].amount = Minor{11000};
    return order;
}

Order with_return(ReturnState state) {
    auto plan = plan_open_return(mugs(3), {{{"l1", 2}}, {}, "too small", state}, {});
    Order order = std::move(plan->order);
    order.return_orders[0].id = "ro_1";
    return order;
}

Order received() {
    ReceiveInput input{"ro_1", {{"r1", 1, 1, "damaged", "worn"}}, {}};
    auto plan = plan_receive_return(with_return(ReturnState::approved), input, {});
    return std::move(plan->order);
}

Order with_failed_refund() {
    auto plan = plan_return(mugs(3), {{{"l1", 1}}, "broken"}, {});
    Order order = std::move(plan->order);
    order.change_orders[0].id = "co_1";
    order.credit_memos[0].id = "cm_1";
    order.refunds[0].id = "re_1";
    order.refunds[0].state = MoneyState::failed;
    return order;
}

Order suspended() {
    auto plan = plan_suspend(mugs(0), "address in doubt", {});
    plan->order.exceptions[0].id = "ex_1";
    return std::move(plan->order);
}

template <class Input>
auto by(Result<Plan> (*plan)(Order, const Input&, const Context&), Input input) {
    return
        [=](Order order, const Context& context) { return plan(std::move(order), input, context); };
}

auto moved(ReturnState to) {
    return [=](Order order, const Context& context) {
        return plan_move_return(std::move(order), "ro_1", to, context);
    };
}

using Kind = ActionKind;

RemovalInput removal(std::int64_t units, DeliveryRule delivery = DeliveryRule::keep,
                     std::vector<Fee> fees = {}) {
    return {{{"l1", units}}, "changed mind", delivery, std::move(fees), {}};
}

std::vector<Example> changes() {
    DiscountInput tenth;
    tenth.value = 1'000;
    tenth.reason = "late";
    DiscountInput five;
    five.basis = DiscountBasis::amount_with_tax;
    five.value = 500;
    five.reason = "scratched";
    const Fee fee{"restocking", FeeBasis::amount_with_tax, 200};
    ExchangeInput even;
    even.lines = {{"l1", 1}};
    even.items = {{"MUG-BLUE", "Blue mug", 1, {}}};
    even.reason = "other colour";
    ExchangeInput uneven = even;
    uneven.items[0] = {"POT", "Pot", 1, amount(1500, 300)};
    return {
        {Kind::cancel, "One of three mugs, with its part of the delivery charge.", mugs(0),
         R"({"lines":[{"line_id":"l1","quantity":1}],"delivery":"proportional"})",
         by(plan_cancel, removal(1, DeliveryRule::proportional))},
        {Kind::discount, "10% off a price of 100 with a tax of 10.", hundred(),
         R"({"basis":"percentage","value":"10"})", by(plan_discount, tenth)},
        {Kind::discount, "10% off a line with two taxes: each is kept apart.", two_taxes(),
         R"({"basis":"percentage","value":"10"})", by(plan_discount, tenth)},
        {Kind::appease, "5.00 off, tax included, of mugs that are shipped.", mugs(3),
         R"({"basis":"amount_with_tax","value":"5.00"})", by(plan_appeasement, five)},
        {Kind::reship, "A lost mug is sent again; no money moves.", mugs(3),
         R"({"lines":[{"line_id":"l1","quantity":1}]})",
         by(plan_reship, FulfilInput{{{"l1", 1}}, "lost", false, {}, {}})},
        {Kind::return_, "Two of three mugs come back, less a fee of 2.00, tax included.", mugs(3),
         R"({"lines":[{"line_id":"l1","quantity":2}],"fees":[{"label":"restocking","basis":"amount_with_tax","value":"2.00"}]})",
         by(plan_return, removal(2, DeliveryRule::keep, {fee}))},
        {Kind::exchange, "Even: another mug for a mug that is shipped.", mugs(3),
         R"({"lines":[{"line_id":"l1","quantity":1}],"items":[{"sku":"MUG-BLUE","quantity":1}]})",
         by(plan_exchange, even)},
        {Kind::exchange, "Uneven: a pot for a mug; the customer owes the rest.", mugs(3),
         R"({"lines":[{"line_id":"l1","quantity":1}],"items":[{"sku":"POT","quantity":1,"unit_price":{"ex":"15.00","tax":"3.00","inc":"18.00"}}]})",
         by(plan_exchange, uneven)},
    };
}

std::vector<Example> returns() {
    return {
        {Kind::open_return, "Two mugs are expected back; no money moves.", mugs(3),
         R"({"lines":[{"line_id":"l1","quantity":2}],"reason":"too small"})",
         by(plan_open_return, OpenReturnInput{{{"l1", 2}}, {}, "too small"})},
        {Kind::submit_return, "A draft is handed in.", with_return(ReturnState::draft),
         R"({"return_order":"ro_1"})", moved(ReturnState::submitted)},
        {Kind::approve_return, "It is approved.", with_return(ReturnState::submitted),
         R"({"return_order":"ro_1"})", moved(ReturnState::approved)},
        {Kind::receive_return, "One is accepted as damaged, one rejected.",
         with_return(ReturnState::approved),
         R"({"return_order":"ro_1","lines":[{"return_line":"r1","accepted":1,"rejected":1,"condition":"damaged","rejection_reason":"worn"}]})",
         by(plan_receive_return, ReceiveInput{"ro_1", {{"r1", 1, 1, "damaged", "worn"}}, {}})},
        {Kind::close_return, "Half of the accepted mug's price goes back, as for its condition.",
         received(), R"({"return_order":"ro_1"})",
         [](Order order, const Context& context) {
             return plan_close_return(std::move(order), {"ro_1", "done", {}, {}}, context);
         }},
        {Kind::cancel_return, "Nothing ever came.", with_return(ReturnState::approved),
         R"({"return_order":"ro_1","reason":"never sent"})",
         [](Order order, const Context& context) {
             return plan_cancel_return(std::move(order), "ro_1", "never sent", context);
         }},
    };
}

std::vector<Example> money() {
    return {
        {Kind::refund, "Paid 50.00 for 42.00: what is left over goes back.",
         mugs(3, PaymentState::captured, 5000), R"({"kind":"excess"})",
         by(plan_refund, RefundInput{RefundKind::excess, {}, "paid twice", {}})},
        {Kind::retry_refund, "The provider failed a refund of 12.00; it is asked for again.",
         with_failed_refund(), R"({"refund":"re_1"})",
         [](Order order, const Context& context) {
             return plan_retry_refund(std::move(order), "re_1", {}, context);
         }},
        {Kind::capture, "Two of three mugs have left: they and the delivery are taken.",
         mugs(2, PaymentState::authorized), "{}", by(plan_capture, CaptureInput{})},
        {Kind::reverse_authorization, "50.00 is authorized, 42.00 is needed.",
         mugs(0, PaymentState::authorized, 5000), "{}",
         [](Order order, const Context& context) {
             return plan_reverse_authorization(std::move(order), {}, "not needed", context);
         }},
        {Kind::record_payment, "The order lacks 12.00, which is paid in cash.",
         mugs(3, PaymentState::captured, 3000), R"({"method":"cash","amount":"12.00"})",
         by(plan_record_payment, RecordPaymentInput{"cash", "till 4", Minor{1200}, "at the shop"})},
    };
}

std::vector<Example> others() {
    return {
        {Kind::fulfil, "Two mugs are allocated.", mugs(0),
         R"({"lines":[{"line_id":"l1","quantity":2}]})",
         by(plan_fulfil, FulfilInput{{{"l1", 2}}, "", false, {}, {}})},
        {Kind::update_fulfilment, "What was shipped has arrived.", mugs(3),
         R"({"fulfilment":"fo_1","state":"delivered"})",
         by(plan_update_fulfilment,
            UpdateFulfilmentInput{"fo_1", FulfilmentState::delivered, {}, {}, {}, {}})},
        {Kind::suspend, "Nothing else may be done until this is resolved.", mugs(0),
         R"({"reason":"address in doubt"})",
         [](Order order, const Context& context) {
             return plan_suspend(std::move(order), "address in doubt", context);
         }},
        {Kind::resolve_exception, "It is mended.", suspended(),
         R"({"exception":"ex_1","reason":"called the customer"})",
         [](Order order, const Context& context) {
             return plan_resolve_exception(std::move(order), "ex_1", false, "called the customer",
                                           context);
         }},
    };
}

}  // namespace

std::vector<Example> examples() {
    std::multimap<ActionKind, Example> all;
    for (const auto& part : {changes(), returns(), money(), others()})
        for (const Example& each : part)
            all.emplace(each.action, each);
    std::vector<Example> sorted;
    for (const auto& [action, example] : all)
        sorted.push_back(example);
    return sorted;
}

}  // namespace orderhub::domain
