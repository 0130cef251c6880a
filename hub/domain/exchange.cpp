#include "hub/domain/exchange.hpp"

#include <algorithm>

#include "hub/domain/documents.hpp"
#include "hub/domain/fulfilment.hpp"
#include "hub/domain/planning.hpp"
#include "hub/domain/return_orders.hpp"
#include "hub/domain/units.hpp"

namespace orderhub::domain {

namespace {

Result<void> bad_item(std::size_t index, std::string_view member, std::string code,
                      std::string message) {
    return fail(ErrorKind::Invalid, std::move(code), std::move(message),
                "/items/" + std::to_string(index) + "/" + std::string(member));
}

Result<void> check_price(const ExchangeItem& item, std::size_t index) {
    const Amount& price = *item.unit_price;
    if (!price.adds_up() || price.ex < Minor{} || price.tax < Minor{})
        return bad_item(index, "unit_price", "bad_amount",
                        "ex, tax and inc must not be negative, and ex + tax must be inc");
    std::int64_t product = 0;
    if (__builtin_mul_overflow(price.inc.count(), item.quantity, &product))
        return bad_item(index, "quantity", "bad_quantity", "so many cost more than can be counted");
    return {};
}

Result<void> check_items(const std::vector<ExchangeItem>& items) {
    if (items.empty())
        return fail(ErrorKind::Invalid, "no_items", "at least one item is needed", "/items");
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].sku.empty()) return bad_item(i, "sku", "no_sku", "an item needs a sku");
        if (items[i].quantity < 1)
            return bad_item(i, "quantity", "bad_quantity", "quantity must be at least 1");
        if (items[i].unit_price.has_value() != items[0].unit_price.has_value())
            return bad_item(i, "unit_price", "mixed_prices",
                            "give a price for every item, or for none of them");
        if (items[i].unit_price) ORDERHUB_TRY(check_price(items[i], i));
    }
    return {};
}

/// Units that are given back, and what they cost before discounts.
struct GivenBack {
    ChangeLine worth;
    Amount list;
};

struct Parted {
    std::vector<UnitsOfLine> unallocated, fulfilled;
};

Parted part(const Order& order, const std::vector<UnitsOfLine>& units) {
    Parted parted;
    const auto lines = index_of_lines(order);
    for (const UnitsOfLine& each : units) {
        const std::int64_t free = order.lines[lines.at(each.line_id)].available_to_cancel();
        const std::int64_t cancelled = std::min(each.quantity, free);
        if (cancelled > 0) parted.unallocated.push_back({each.line_id, cancelled});
        if (cancelled < each.quantity)
            parted.fulfilled.push_back({each.line_id, each.quantity - cancelled});
    }
    return parted;
}

void give_back(Order& order, const std::vector<UnitsOfLine>& units, ChangeKind kind,
               const ExchangeInput& input, const Context& context, GivenBack& given) {
    if (units.empty()) return;
    Removed removed = remove_units(order, units, kind, input.delivery, input.reason, context);
    add(given.worth, removed.worth);
    given.list += removed.list;
    order.change_orders.push_back(std::move(removed.change));
}

/// By a return order: no money moves for these units yet.
Result<void> expect_back(Order& order, std::vector<UnitsOfLine> units, const ExchangeInput& input,
                         const Context& context, GivenBack& given) {
    OpenReturnInput expected;
    expected.lines = std::move(units);
    expected.reason = input.reason;
    expected.delivery = input.delivery;
    expected.fees = input.fees;
    auto opened = plan_open_return(std::move(order), expected, context);
    if (!opened) return std::unexpected(std::move(opened).error());
    order = std::move(opened->order);
    for (const ReturnLine& each : order.return_orders.back().lines)
        add(given.worth, worth(each.held, order.tax_locale));
    return {};
}

/// What the items cost, one by one. An even exchange passes on what was given back.
std::vector<ChangeLine> costs(const std::vector<ExchangeItem>& items, const ChangeLine& given) {
    std::vector<std::int64_t> quantities;
    for (const ExchangeItem& item : items)
        quantities.push_back(item.quantity);
    if (!items.front().unit_price) return split(given, quantities);
    std::vector<ChangeLine> lines;
    for (const ExchangeItem& item : items) {
        const auto of_all = [&](Minor of_one) { return Minor{of_one.count() * item.quantity}; };
        ChangeLine cost;
        cost.delta = {of_all(item.unit_price->ex), of_all(item.unit_price->tax),
                      of_all(item.unit_price->inc)};
        cost.taxes = given.taxes;
        lines.push_back(std::move(cost));
    }
    return lines;
}

Line item_line(const ExchangeItem& item, std::string id, ChangeLine cost, TaxLocale locale) {
    Line line;
    line.id = std::move(id);
    line.sku = item.sku;
    line.name = item.name.empty() ? item.sku : item.name;
    line.ordered = item.quantity;
    line.list = line.original = cost.delta;
    Pool pool = make_pool(item.quantity, cost.delta, std::move(cost.taxes));
    Pool one = pool;
    one.taken = pool.units - 1;
    line.unit_price = item.unit_price.value_or(value(one, locale));
    line.pools.push_back(std::move(pool));
    return line;
}

/// The new order goes where the units went that it replaces.
void address(Order& exchange, const Order& order, const std::string& line_id) {
    const std::string& group = find_line(order, line_id)->delivery_group;
    for (const DeliveryGroup& each : order.delivery_groups)
        if (each.id == group) exchange.delivery_groups = {each};
    if (exchange.delivery_groups.empty()) return;
    for (Line& line : exchange.lines)
        line.delivery_group = group;
}

Order new_order(const Order& order, const ExchangeInput& input, const ChangeLine& given,
                const Context& context) {
    Order exchange;
    exchange.connector = order.connector;
    exchange.channel = order.channel;
    exchange.currency = order.currency;
    exchange.tax_locale = order.tax_locale;
    exchange.placed_at = context.now;
    exchange.customer = order.customer;
    exchange.billing_address = order.billing_address;
    exchange.shipping_address = order.shipping_address;
    std::vector<ChangeLine> lines = costs(input.items, given);
    for (std::size_t i = 0; i < lines.size(); ++i)
        exchange.lines.push_back(item_line(input.items[i], "l" + std::to_string(i + 1),
                                           std::move(lines[i]), order.tax_locale));
    address(exchange, order, input.lines.front().line_id);
    exchange.related.push_back({Relation::exchanged, order.id, order.number});
    return exchange;
}

/// Money that is owed: what the new order costs goes there, the rest back. The documents follow.
Result<void> settle_exchange(Plan& plan, const ExchangeInput& input, const Context& context) {
    Amount delta;
    for (const ChangeOrder& change : plan.order.change_orders)
        if (change.id.empty()) delta += change.delta;
    const Minor due = refund_due(plan.order, delta);
    const Minor needed = std::min(due, total(*plan.exchange).inc);
    const Minor left_over = due - needed;
    const bool goes_back = left_over > Minor{};
    // The wish is about where money goes back to. If none does, it is about whose money stays.
    const auto tenders = plan_tenders(plan.order, left_over, context.policy,
                                      goes_back ? input.tenders : TenderWish{});
    if (!tenders) return std::unexpected(tenders.error());
    add_refunds(plan.order, *tenders, RefundKind::change, input.reason, context.now);
    const TenderWish first = goes_back ? TenderWish{} : TenderWish{input.tenders.sequence, false};
    const auto moved = move_money(plan, needed, {}, input.reason, first, context);
    if (!moved) return std::unexpected(moved.error());
    for (const Transfer& each : plan.transfers)
        add_transfer(*plan.exchange, each, plan.order.id, context.now);
    add_documents(plan.order, input.reason, context.now);
    return {};
}

}  // namespace

Result<Plan> plan_exchange(Order order, const ExchangeInput& input, const Context& context) {
    ORDERHUB_TRY(check_open(order, ActionKind::exchange));
    const auto units = chosen_units(order, input.lines, &Line::available_to_exchange, "exchanged");
    if (!units) return std::unexpected(units.error());
    ORDERHUB_TRY(check_items(input.items));
    Plan plan = start_plan(std::move(order), ActionKind::exchange);
    Parted parted = part(plan.order, *units);
    const bool returns = !parted.fulfilled.empty();
    GivenBack given;
    give_back(plan.order, parted.unallocated, ChangeKind::cancel, input, context, given);
    if (returns && input.inspect)
        ORDERHUB_TRY(expect_back(plan.order, std::move(parted.fulfilled), input, context, given));
    else
        give_back(plan.order, parted.fulfilled, ChangeKind::return_, input, context, given);
    count_bundles(plan.order);
    if (!returns || !input.inspect)
        ORDERHUB_TRY(charge_fees(plan.order, input.fees, given.worth, given.list,
                                 returns ? Stage::post : Stage::pre, input.reason, context));
    plan.exchange = new_order(plan.order, input, given.worth, context);
    ORDERHUB_TRY(settle_exchange(plan, input, context));
    plan.order.related.push_back({Relation::exchange, {}, {}});
    return plan;
}

void add_transfer(Order& exchange, const Transfer& transfer, const std::string& from_order,
                  std::int64_t now) {
    const std::string name = "transfer:" + transfer.payment;
    Payment payment;
    payment.external_id = name;
    for (int n = 2; find_payment(exchange, payment.external_id) != nullptr; ++n)
        payment.external_id = name + "#" + std::to_string(n);
    payment.method = transfer.method;
    payment.state = PaymentState::captured;
    payment.amount = transfer.amount;
    payment.at = now;
    payment.source_order = from_order;
    payment.source_payment = transfer.payment;
    exchange.payments.push_back(std::move(payment));
}

}  // namespace orderhub::domain
