#include <fmt/format.h>

#include <algorithm>

#include "decimal.hpp"
#include "shopify.hpp"
#include "text.hpp"

// Orders as documents: how a shopper's order becomes one, how its sums and states follow from its
// parts, and how lists find it.
namespace orderhub::sandbox::shopify {
namespace {

std::int64_t tax_of(std::int64_t shown, const std::string& rate, bool included) {
    const auto parsed = parse_decimal(rate);
    if (!parsed) throw Refusal("a tax rate is no fraction: " + rate);
    const Wide whole = power_of_ten(parsed->scale);
    return included ? round_half_up(Wide{shown} * parsed->digits, whole + parsed->digits)
                    : round_half_up(Wide{shown} * parsed->digits, whole);
}

json::array tax_lines(std::int64_t tax, const std::string& rate, const std::string& currency) {
    if (rate == "0") return {};
    return {json::object{
        {"title", "VAT"}, {"rate", json::parse(rate)}, {"priceSet", bag(tax, currency)}}};
}

json::array discounts(std::int64_t amount, const json::object& wanted,
                      const std::string& currency) {
    if (amount == 0) return {};
    return {json::object{{"allocatedAmountSet", bag(amount, currency)},
                         {"discountApplication",
                          {{"__typename", "DiscountCodeApplication"},
                           {"allocationMethod", text_of(wanted, "allocation", "ACROSS")},
                           {"code", text_of(wanted, "code", "AUTUMN")}}}}};
}

json::object line_of(State& state, const json::object& wanted, const json::object& order) {
    const std::string currency = currency_of(order);
    const std::int64_t quantity = int_of(wanted, "quantity", 1);
    const std::int64_t unit = minor_of(wanted.at("unit_price"), currency);
    const std::int64_t discount =
        wanted.contains("discount") ? minor_of(wanted.at("discount"), currency) : 0;
    const std::string rate = text_of(wanted, "tax_rate", "0");
    const std::int64_t tax =
        tax_of(unit * quantity - discount, rate, order.at("taxesIncluded").as_bool());
    return {{"id", new_gid(state, "LineItem")},
            {"sku", text_of(wanted, "sku")},
            {"name", text_of(wanted, "name", text_of(wanted, "sku"))},
            {"quantity", quantity},
            {"currentQuantity", quantity},
            {"originalUnitPriceSet", bag(unit, currency)},
            {"originalTotalSet", bag(unit * quantity, currency)},
            {"discountAllocations", discounts(discount, wanted, currency)},
            {"taxLines", tax_lines(tax, rate, currency)}};
}

json::object shipping_of(State& state, const json::object& wanted, const json::object& order) {
    const std::string currency = currency_of(order);
    const std::int64_t price = minor_of(wanted.at("price"), currency);
    const std::string rate = text_of(wanted, "tax_rate", "0");
    return {{"id", new_gid(state, "ShippingLine")},
            {"title", "Standard"},
            {"code", "standard"},
            {"isRemoved", false},
            {"originalPriceSet", bag(price, currency)},
            {"discountedPriceSet", bag(price, currency)},
            {"discountAllocations", json::array{}},
            {"taxLines",
             tax_lines(tax_of(price, rate, order.at("taxesIncluded").as_bool()), rate, currency)}};
}

struct Total {
    std::int64_t shown = 0;
    std::int64_t tax = 0;
};

Total total_of(const json::object& row, std::string_view price, const std::string& currency) {
    Total total{minor_of_bag(object_of(row, price), currency), 0};
    if (price == "originalTotalSet")
        for (const auto& each : array_of(row, "discountAllocations"))
            total.shown -=
                minor_of_bag(object_of(each.as_object(), "allocatedAmountSet"), currency);
    for (const auto& each : array_of(row, "taxLines"))
        total.tax += minor_of_bag(object_of(each.as_object(), "priceSet"), currency);
    return total;
}

std::int64_t sum_transactions(const json::object& order, std::string_view kinds) {
    std::int64_t sum = 0;
    for (const auto& each : array_of(order, "transactions")) {
        const auto& row = each.as_object();
        if (text_of(row, "status") == "SUCCESS" && kinds.contains(text_of(row, "kind")))
            sum += minor_of_bag(object_of(row, "amountSet"), currency_of(order));
    }
    return sum;
}

/// After refunds: without their lines, and without what was given back beyond them.
void take_sums(json::object& order) {
    const std::string currency = currency_of(order);
    const bool gross = order.at("taxesIncluded").as_bool();
    Total all;
    for (const auto& each : nodes_of(order, "lineItems")) {
        const Total line = total_of(each.as_object(), "originalTotalSet", currency);
        all = {all.shown + line.shown, all.tax + line.tax};
    }
    for (const auto& each : nodes_of(order, "shippingLines")) {
        const Total line = total_of(each.as_object(), "discountedPriceSet", currency);
        all = {all.shown + line.shown, all.tax + line.tax};
    }
    const std::int64_t before = all.shown + (gross ? 0 : all.tax);
    Total gone;
    for (const auto& refund : array_of(order, "refunds"))
        for (const auto& row :
             array_of(object_of(refund.as_object(), "refundLineItems"), "nodes")) {
            const auto& line = row.as_object();
            const std::int64_t tax = minor_of_bag(object_of(line, "totalTaxSet"), currency);
            gone.shown +=
                minor_of_bag(object_of(line, "subtotalSet"), currency) + (gross ? 0 : tax);
            gone.tax += tax;
        }
    const std::int64_t more =
        std::max<std::int64_t>(0, sum_transactions(order, "REFUND") - gone.shown);
    const bool is_cancelled = order.at("cancelledAt").is_string();
    order["totalPriceSet"] = bag(before, currency);
    order["totalTaxSet"] = bag(all.tax, currency);
    order["currentTotalPriceSet"] = bag(is_cancelled ? 0 : before - gone.shown - more, currency);
    order["currentTotalTaxSet"] = bag(is_cancelled ? 0 : all.tax - gone.tax, currency);
}

void take_states(json::object& order) {
    const std::int64_t taken = sum_transactions(order, "SALE CAPTURE");
    const std::int64_t given = sum_transactions(order, "REFUND");
    const std::int64_t held = sum_transactions(order, "AUTHORIZATION");
    const bool is_voided = sum_transactions(order, "VOID") > 0;
    order["displayFinancialStatus"] = given > 0 && given >= taken ? "REFUNDED"
                                      : given > 0                 ? "PARTIALLY_REFUNDED"
                                      : taken > 0                 ? "PAID"
                                      : is_voided                 ? "VOIDED"
                                      : held > 0                  ? "AUTHORIZED"
                                                                  : "PENDING";
    std::int64_t units = 0;
    std::int64_t left = 0;
    for (const auto& each : nodes_of(order, "lineItems"))
        units += int_of(each.as_object(), "quantity");
    for (auto& each : nodes_of(order, "fulfillmentOrders"))
        for (const auto& row : nodes_of(each.as_object(), "lineItems"))
            left += int_of(row.as_object(), "remainingQuantity");
    order["displayFulfillmentStatus"] = left == 0       ? "FULFILLED"
                                        : left == units ? "UNFULFILLED"
                                                        : "PARTIALLY_FULFILLED";
}

json::object fulfilment_order_of(State& state, json::object& order) {
    json::array rows;
    for (const auto& each : nodes_of(order, "lineItems")) {
        const auto& line = each.as_object();
        rows.push_back(json::object{{"id", new_gid(state, "FulfillmentOrderLineItem")},
                                    {"remainingQuantity", line.at("quantity")},
                                    {"lineItem", {{"id", line.at("id")}}}});
    }
    return {{"id", new_gid(state, "FulfillmentOrder")},
            {"status", "OPEN"},
            {"supportedActions", json::array{json::object{{"action", "CREATE_FULFILLMENT"}}}},
            {"assignedLocation", {{"location", {{"id", "gid://shopify/Location/5"}}}}},
            {"lineItems", {{"nodes", rows}}}};
}

void add_payment(State& state, json::object& order, const std::string& payment,
                 const std::string& gateway) {
    if (payment == "none") return;
    const std::string currency = currency_of(order);
    const json::object amount =
        bag(minor_of_bag(order.at("totalPriceSet").as_object(), currency), currency);
    const bool is_held = payment == "authorization";
    order["transactions"].as_array().push_back(
        json::object{{"id", new_gid(state, "OrderTransaction")},
                     {"kind", is_held ? "AUTHORIZATION" : "SALE"},
                     {"status", payment == "pending" ? "PENDING" : "SUCCESS"},
                     {"gateway", gateway},
                     {"paymentId", "pay-" + random_text(8, "0123456789abcdef")},
                     {"processedAt", iso_seconds(now_us())},
                     {"amountSet", amount},
                     {"totalUnsettledSet", is_held ? json::value(amount) : json::value{}},
                     {"parentTransaction", nullptr}});
}

json::object new_order(State& state, const json::object& wanted) {
    const std::string now = iso_seconds(now_us());
    const std::string id = new_gid(state, "Order");
    return {{"id", id},
            {"name", text_of(wanted, "name", "#" + id.substr(id.rfind('/') + 1))},
            {"createdAt", now},
            {"processedAt", now},
            {"updatedAt", now},
            {"cancelledAt", nullptr},
            {"presentmentCurrencyCode", text_of(wanted, "currency", "EUR")},
            {"taxesIncluded", bool_of(wanted, "taxes_included", true)},
            {"email", text_of(wanted, "email", "ada@example.test")},
            {"sourceName", "web"},
            {"customer", {{"id", "gid://shopify/Customer/77"}, {"displayName", "Ada Lind"}}},
            {"shippingAddress",
             {{"name", "Ada Lind"},
              {"address1", "1 Mill Lane"},
              {"city", "Dublin"},
              {"zip", "D02"},
              {"countryCodeV2", "IE"}}},
            {"transactions", json::array{}},
            {"fulfillments", json::array{}},
            {"refunds", json::array{}}};
}

/// Quoted, as the documentation asks for; an unquoted time is taken for a day by the real system.
std::int64_t since_of(const std::string& query) {
    constexpr std::string_view kBegin = "updated_at:>='";
    if (query.empty()) return 0;
    const bool is_known = query.starts_with(kBegin) && query.ends_with("'");
    const std::int64_t since = is_known ? parse_instant(std::string_view(query).substr(
                                              kBegin.size(), query.size() - kBegin.size() - 1))
                                        : -1;
    if (since < 0) throw TopLevelError("this stand-in cannot search for " + query, "BAD_REQUEST");
    return since;
}

json::value list_orders(const State& state, const json::object& arguments) {
    if (text_of(arguments, "sortKey") != "UPDATED_AT")
        throw TopLevelError("this stand-in sorts by UPDATED_AT only", "BAD_REQUEST");
    const std::int64_t since = since_of(text_of(arguments, "query"));
    const std::int64_t indexed = now_us() - int_of(state.switches, "index_lag_ms") * 1000;
    std::vector<const json::object*> found;
    for (const auto& [id, order] : state.orders) {
        const std::int64_t at = parse_instant(text_of(order.as_object(), "updatedAt"));
        if (at >= since && int_of(order.as_object(), "changed_us") <= indexed)
            found.push_back(&order.as_object());
    }
    std::ranges::sort(found, {}, [](const json::object* each) {
        return std::pair(text_of(*each, "updatedAt"), text_of(*each, "id"));
    });
    json::array nodes;
    for (const auto* each : found)
        nodes.push_back(*each);
    return json::object{{"nodes", nodes}};
}

/// A part of any order, by its own id.
json::value part_of(const State& state, std::string_view list, const std::string& id) {
    for (const auto& [unused, order] : state.orders)
        for (const auto& each : array_of(order.as_object(), list))
            if (text_of(each.as_object(), "id") == id) return each;
    return nullptr;
}

json::value one_order(const State& state, const graphql::Selection& root) {
    const std::string id = text_of(root.arguments, "id");
    const json::value* found = state.orders.if_contains(id);
    if (found == nullptr) return nullptr;
    json::object order = found->as_object();
    for (const auto& each : root.children) {
        if (each.name != "metafield") continue;
        const json::value* mark =
            object_of(state.marks, id).if_contains(text_of(each.arguments, "key"));
        order["metafield"] = mark == nullptr ? json::value{} : json::object{{"value", *mark}};
    }
    return order;
}

}  // namespace

std::string new_gid(State& state, std::string_view type) {
    return fmt::format("gid://shopify/{}/{}", type, ++state.last_id);
}

json::object& order_at(State& state, const std::string& gid) {
    json::value* found = state.orders.if_contains(gid);
    if (found == nullptr) throw Refusal("Order does not exist", "NOT_FOUND");
    return found->as_object();
}

json::object* find_by_id(json::array& list, const std::string& gid) {
    for (auto& each : list)
        if (text_of(each.as_object(), "id") == gid) return &each.as_object();
    return nullptr;
}

void touch(World& world, json::object& order, const std::string& topic) {
    take_sums(order);
    take_states(order);
    const std::int64_t now = now_us();
    order["updatedAt"] = iso_seconds(now);
    order["changed_us"] = now;
    const std::string id = text_of(order, "id");
    const json::value number = json::parse(id.substr(id.rfind('/') + 1));
    const bool is_order = topic.starts_with("orders/");
    json::object body{{is_order ? "id" : "order_id", number}};
    if (is_order) body["admin_graphql_api_id"] = id;
    body["updated_at"] = order["updatedAt"];
    world.notices.push_back({"shopify", json::serialize(body)});
}

json::object bag(std::int64_t minor, const std::string& currency) {
    return {{"presentmentMoney",
             {{"amount", format_decimal(minor, currency_exponent(currency))},
              {"currencyCode", currency}}}};
}

std::int64_t minor_of(const json::value& amount, const std::string& currency) {
    const auto parsed = amount.is_string() ? parse_decimal(amount.get_string()) : std::nullopt;
    const int exponent = currency_exponent(currency);
    if (!parsed || parsed->scale > exponent) throw Refusal("Amount is not a valid decimal");
    return static_cast<std::int64_t>(parsed->digits * power_of_ten(exponent - parsed->scale));
}

std::int64_t minor_of_bag(const json::object& bag, const std::string& currency) {
    const auto& money = object_of(bag, "presentmentMoney");
    return money.empty() ? 0 : minor_of(money.at("amount"), currency);
}

std::string currency_of(const json::object& order) {
    return text_of(order, "presentmentCurrencyCode");
}

json::array& nodes_of(json::object& owner, std::string_view connection) {
    return owner.at(connection).as_object().at("nodes").as_array();
}

json::value put_order(World& world, const json::object& wanted) {
    State& state = world.shopify;
    json::object order = new_order(state, wanted);
    json::array lines;
    for (const auto& each : array_of(wanted, "lines"))
        lines.push_back(line_of(state, each.as_object(), order));
    order["lineItems"] = json::object{{"nodes", lines}};
    json::array shipping;
    if (wanted.contains("shipping"))
        shipping.push_back(shipping_of(state, object_of(wanted, "shipping"), order));
    order["shippingLines"] = json::object{{"nodes", shipping}};
    order["fulfillmentOrders"] =
        json::object{{"nodes", json::array{fulfilment_order_of(state, order)}}};
    take_sums(order);
    add_payment(state, order, text_of(wanted, "payment", "sale"),
                text_of(wanted, "gateway", "shopify_payments"));
    const std::string id = text_of(order, "id");
    state.orders[id] = order;
    touch(world, state.orders[id].as_object(), "orders/create");
    return json::object{{"id", id.substr(id.rfind('/') + 1)}, {"name", order["name"]}};
}

json::value resolve(World& world, const graphql::Selection& root) {
    const State& state = world.shopify;
    if (root.name == "shop")
        return json::object{{"myshopifyDomain", kDomain}, {"currencyCode", "EUR"}};
    if (root.name == "currentAppInstallation")
        return json::object{
            {"accessScopes",
             json::array{json::object{{"handle", "write_orders"}},
                         json::object{{"handle", "write_merchant_managed_fulfillment_orders"}}}}};
    const std::string id = text_of(root.arguments, "id");
    if (root.name == "orders") return list_orders(state, root.arguments);
    if (root.name == "order") return one_order(state, root);
    if (root.name == "job") return json::object{{"id", id}, {"done", true}};
    return part_of(state, root.name == "refund" ? "refunds" : "fulfillments", id);
}

}  // namespace orderhub::sandbox::shopify
