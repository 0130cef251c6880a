#include "shopper.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "decimal.hpp"
#include "http_types.hpp"
#include "text.hpp"
#include "vendure_actions.hpp"
#include "vendure_totals.hpp"

namespace orderhub::sandbox {
namespace {

using vendure::Order;

const vendure::Channel& channel_of(const vendure::State& state, const std::string& name) {
    for (const auto& channel : state.channels) {
        if (name.empty() || channel.token == name || channel.code == name) return channel;
    }
    throw BadControl("unknown channel " + name);
}

/// "8.25" or 20 (percent) as hundredths of a percent.
std::int64_t rate_of(const json::object& from, std::int64_t fallback) {
    const auto* given = from.if_contains("tax_rate");
    if (given == nullptr) return fallback;
    std::string text = scalar_text(*given);
    if (given->is_double()) {
        // Boost.JSON prints doubles as 8.25E0
        text = fmt::format("{:.2f}", given->get_double());
    }
    const auto parsed = parse_decimal(text);
    if (!parsed || parsed->scale > 2) throw BadControl("tax_rate must be a percentage: " + text);
    return static_cast<std::int64_t>(parsed->digits * power_of_ten(2 - parsed->scale));
}

vendure::Line line_of(vendure::State& state, const Order& order, const json::object& wish) {
    vendure::Line line;
    line.sku = text_of(wish, "sku");
    line.name = text_of(wish, "name", line.sku);
    line.list_price = int_of(wish, "unit_price_minor", -1);
    for (const auto& product : state.products) {
        if (product.sku != line.sku) continue;
        line.variant = product.id;
        line.name = text_of(wish, "name", product.name);
        const auto price = product.price.find(order.currency);
        if (line.list_price < 0 && price != product.price.end()) line.list_price = price->second;
    }
    if (line.list_price < 0) throw BadControl("line without unit_price_minor: " + line.sku);
    line.id = next_id(state.last_id, "line");
    line.quantity = line.placed = int_of(wish, "quantity", 1);
    line.tax_rate = rate_of(wish, 2000);
    const std::int64_t off = int_of(wish, "discount_percent");
    line.item_discount = round_half_up(-Wide{line.list_price} * line.quantity * off, 100);
    line.created = line.updated = now_us();
    return line;
}

vendure::Customer customer_of(vendure::State& state, const json::object& wish) {
    vendure::Customer out;
    out.email = text_of(wish, "email", "shopper@example.com");
    out.first = text_of(wish, "firstName", "Sam");
    out.last = text_of(wish, "lastName", "Shopper");
    out.phone = text_of(wish, "phone", "+1 555 0100");
    out.created = now_us();
    for (const Order& order : state.orders) {
        if (order.customer.email == out.email) out.id = order.customer.id;
    }
    if (out.id == 0) out.id = next_id(state.last_id, "customer");
    return out;
}

vendure::Address address_of(const json::object& wish, const vendure::Customer& customer) {
    vendure::Address out;
    out.full_name = text_of(wish, "fullName", customer.first + " " + customer.last);
    out.company = text_of(wish, "company");
    out.street1 = text_of(wish, "streetLine1", "12 Main Street");
    out.street2 = text_of(wish, "streetLine2");
    out.city = text_of(wish, "city", "Springfield");
    out.province = text_of(wish, "province");
    out.postal_code = text_of(wish, "postalCode", "62701");
    out.country_code = text_of(wish, "countryCode", "US");
    out.country = text_of(wish, "country", "United States");
    out.phone = text_of(wish, "phoneNumber", customer.phone);
    return out;
}

void add_shipping(vendure::State& state, Order& order, const json::object& wish) {
    vendure::Shipping shipping;
    shipping.id = next_id(state.last_id, "shipping");
    shipping.code = text_of(wish, "code", "standard");
    shipping.list_price = int_of(wish, "price_minor");
    shipping.tax_rate = rate_of(wish, 2000);
    order.shipping.push_back(shipping);
}

void pay(World& world, Order& order, const json::object& wish, std::int64_t amount) {
    vendure::Payment payment;
    payment.id = next_id(world.vendure.last_id, "payment");
    payment.method = text_of(wish, "method", "card-instant");
    payment.state = text_of(wish, "state", "Settled");
    payment.amount = int_of(wish, "amount_minor", amount);
    payment.created = payment.updated = now_us();
    if (payment.state != "Declined") {
        payment.transaction = random_text(10, "abcdefghijklmnopqrstuvwxyz0123456789");
    }
    vendure::add_history(world.vendure, order, "ORDER_PAYMENT_TRANSITION",
                         {{"paymentId", payment.id}, {"from", "Created"}, {"to", payment.state}});
    vendure::changed(world, order, "payment.state");
    order.payments.push_back(std::move(payment));
}

std::string paid_state(const Order& order) {
    const bool authorized =
        std::any_of(order.payments.begin(), order.payments.end(),
                    [](const auto& payment) { return payment.state == "Authorized"; });
    return authorized ? "PaymentAuthorized" : "PaymentSettled";
}

Order cart(World& world, const json::object& wish) {
    vendure::State& state = world.vendure;
    const auto& channel = channel_of(state, text_of(wish, "channel"));
    Order order;
    order.id = next_id(state.last_id, "order");
    order.code = text_of(wish, "code", random_text(16, "ABCDEFGHJKLMNPQRSTUVWXYZ123456789"));
    order.state = "AddingItems";
    order.active = true;
    order.channel = channel.token;
    order.currency = channel.currency;
    order.prices_include_tax = channel.prices_include_tax;
    order.created = order.updated = now_us();
    order.customer = customer_of(state, object_of(wish, "customer"));
    order.shipping_address = address_of(object_of(wish, "shippingAddress"), order.customer);
    if (wish.contains("billingAddress")) {
        order.billing_address = address_of(object_of(wish, "billingAddress"), order.customer);
    }
    for (const auto& line : array_of(wish, "lines")) {
        order.lines.push_back(line_of(state, order, line.as_object()));
    }
    if (order.lines.empty()) throw BadControl("an order needs lines");
    order.coupon_percent = int_of(wish, "coupon_percent");
    if (order.coupon_percent != 0) order.coupon = fmt::format("SAVE{}", order.coupon_percent);
    vendure::apply_order_percentage(order);
    if (wish.contains("shipping")) add_shipping(state, order, object_of(wish, "shipping"));
    return order;
}

void check_out(World& world, Order& order, const json::object& wish) {
    vendure::move_order(world, order, "ArrangingPayment");
    const std::int64_t total = vendure::order_figures(order).total.gross;
    const auto& several = array_of(wish, "payments");
    for (const auto& one : several)
        pay(world, order, one.as_object(), total);
    if (several.empty()) pay(world, order, object_of(wish, "payment"), total);
    vendure::move_order(world, order, paid_state(order));
    order.active = false;
    order.placed = now_us();
    vendure::changed(world, order, "order.placed");
}

}  // namespace

json::object place_order(World& world, const json::object& wish) {
    Order order = cart(world, wish);
    vendure::add_history(world.vendure, order, "ORDER_STATE_TRANSITION",
                         {{"from", "Created"}, {"to", "AddingItems"}});
    if (text_of(object_of(wish, "payment"), "state") != "none") check_out(world, order, wish);
    const std::int64_t total = vendure::order_figures(order).total.gross;
    world.record({"vendure", "order.place", fmt::format("order/{}", order.id),
                  vendure::money_text(total, order), order.currency, order.code});
    json::object out{{"id", std::to_string(order.id)},
                     {"code", order.code},
                     {"state", order.state},
                     {"currency", order.currency},
                     {"totalWithTax", total}};
    world.vendure.orders.push_back(std::move(order));
    return out;
}

}  // namespace orderhub::sandbox
