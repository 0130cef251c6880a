#include "vendure_lines.hpp"

#include <fmt/format.h>

#include "decimal.hpp"
#include "text.hpp"
#include "vendure_totals.hpp"

namespace orderhub::sandbox::vendure {
namespace {

constexpr std::string_view kOrderPromotion = "PROMOTION:1";
constexpr std::string_view kItemPromotion = "PROMOTION:2";

std::string zone_of(const State& state, const Order& order) {
    for (const Channel& channel : state.channels) {
        if (channel.token == order.channel) return channel.zone;
    }
    return "US";
}

/// A percentage as Vendure prints it: 20, 8.25. Parsed from text so that it stays exact.
json::value percent(std::int64_t hundredths) {
    if (hundredths % 100 == 0) return hundredths / 100;
    std::string text = format_decimal(hundredths, 2);
    if (text.back() == '0') text.pop_back();
    return json::parse(text);
}

std::string tax_name(std::int64_t rate, const std::string& zone) {
    if (rate == 0) return "zero " + zone;
    return (rate < 1000 && zone != "US" ? "reduced " : "standard ") + zone;
}

std::string coupon_name(const Order& order) {
    return fmt::format("{}% off the order", order.coupon_percent);
}

json::object discount(std::string_view source, std::string_view type, std::string_view description,
                      const Pair& amount) {
    return {{"__typename", "Discount"},
            {"adjustmentSource", source},
            {"type", type},
            {"description", description},
            {"amount", amount.net},
            {"amountWithTax", amount.gross}};
}

void put_pair(json::object& out, const std::string& name, const Pair& value) {
    out[name] = value.net;
    out[name + "WithTax"] = value.gross;
}

json::object variant_document(const Line& line) {
    const std::string id = std::to_string(line.variant);
    return {{"__typename", "ProductVariant"},
            {"id", id},
            {"sku", line.sku},
            {"name", line.name},
            {"product", {{"id", id}, {"name", line.name}, {"slug", line.sku}}},
            {"options", json::array{}}};
}

json::array fulfillment_lines(const Order& order, const Line& line) {
    json::array out;
    for (const Fulfillment& fulfillment : order.fulfillments) {
        if (fulfillment.state == "Cancelled") continue;
        for (const LineQuantity& part : fulfillment.lines) {
            if (part.line != line.id) continue;
            out.push_back(json::object{{"fulfillmentId", std::to_string(fulfillment.id)},
                                       {"quantity", part.quantity}});
        }
    }
    return out;
}

json::array line_discounts(const Order& order, const Line& line, const LineFigures& figures) {
    json::array out;
    if (line.item_discount != 0) {
        out.push_back(
            discount(kItemPromotion, "PROMOTION", "Item discount", figures.item_discount));
    }
    if (order.coupon_percent != 0) {
        out.push_back(discount(kOrderPromotion, "DISTRIBUTED_ORDER_PROMOTION", coupon_name(order),
                               figures.order_discount));
    }
    return out;
}

json::object line_document(const Order& order, const Line& line, const std::string& zone) {
    const LineFigures f = line_figures(line, order.prices_include_tax);
    json::object out{{"__typename", "OrderLine"}};
    out["id"] = std::to_string(line.id);
    out["createdAt"] = iso_milliseconds(line.created);
    out["updatedAt"] = iso_milliseconds(line.updated);
    out["quantity"] = line.quantity;
    out["orderPlacedQuantity"] = line.placed;
    out["taxRate"] = percent(line.tax_rate);
    out["productVariant"] = variant_document(line);
    put_pair(out, "unitPrice", f.unit);
    put_pair(out, "discountedUnitPrice", f.discounted_unit);
    put_pair(out, "proratedUnitPrice", f.prorated_unit);
    put_pair(out, "linePrice", f.line);
    put_pair(out, "discountedLinePrice", f.discounted_line);
    put_pair(out, "proratedLinePrice", f.prorated_line);
    // the tax of the undiscounted line, whatever was taken off it
    out["lineTax"] = f.line.gross - f.line.net;
    out["discounts"] = line_discounts(order, line, f);
    out["taxLines"] = json::array{json::object{{"description", tax_name(line.tax_rate, zone)},
                                               {"taxRate", percent(line.tax_rate)}}};
    out["fulfillmentLines"] = fulfillment_lines(order, line);
    out["customFields"] = json::object{{"engraving", nullptr}};
    return out;
}

json::object shipping_document(const Order& order, const Shipping& shipping) {
    const Pair price = shipping_price(shipping, order.prices_include_tax);
    json::object out{{"__typename", "ShippingLine"}};
    out["id"] = std::to_string(shipping.id);
    put_pair(out, "price", price);
    if (order.prices_include_tax) {
        // the real shop leaves this one figure unrounded
        out["price"] =
            json::parse(quotient_text(shipping.list_price * 10'000, 10'000 + shipping.tax_rate));
    }
    put_pair(out, "discountedPrice", shipping.cancelled ? Pair{} : price);
    out["shippingMethod"] = json::object{{"__typename", "ShippingMethod"},
                                         {"id", "1"},
                                         {"code", shipping.code},
                                         {"name", "Standard"}};
    json::array discounts;
    if (shipping.cancelled) {
        discounts.push_back(
            discount("CANCEL_ORDER", "OTHER", "shipping cancellation", {-price.net, -price.gross}));
    }
    out["discounts"] = std::move(discounts);
    return out;
}

json::array order_discounts(const Order& order, const OrderFigures& figures) {
    json::array out;
    bool item = false;
    bool cancelled = false;
    for (const Line& line : order.lines)
        item = item || line.item_discount != 0;
    for (const Shipping& shipping : order.shipping)
        cancelled = cancelled || shipping.cancelled;
    if (item) {
        out.push_back(
            discount(kItemPromotion, "PROMOTION", "Item discount", figures.item_discounts));
    }
    if (order.coupon_percent != 0) {
        out.push_back(discount(kOrderPromotion, "DISTRIBUTED_ORDER_PROMOTION", coupon_name(order),
                               figures.order_discounts));
    }
    if (cancelled) {
        out.push_back(
            discount("CANCEL_ORDER", "OTHER", "shipping cancellation", figures.shipping_discounts));
    }
    return out;
}

json::array promotions(const Order& order) {
    json::array out;
    if (order.coupon_percent != 0) {
        out.push_back(
            json::object{{"id", "1"}, {"name", coupon_name(order)}, {"couponCode", order.coupon}});
    }
    for (const Line& line : order.lines) {
        if (line.item_discount == 0) continue;
        out.push_back(
            json::object{{"id", "2"}, {"name", "Item discount"}, {"couponCode", nullptr}});
        break;
    }
    return out;
}

json::array tax_summary(const OrderFigures& figures, const std::string& zone) {
    json::array out;
    const auto put = [&out](const std::string& name, std::int64_t rate, const TaxRow& row) {
        out.push_back(json::object{{"description", name},
                                   {"taxRate", percent(rate)},
                                   {"taxBase", row.base},
                                   {"taxTotal", row.tax}});
    };
    for (const auto& [rate, row] : figures.taxes)
        put(tax_name(rate, zone), rate, row);
    for (const auto& [rate, row] : figures.shipping_taxes)
        put("shipping tax", rate, row);
    return out;
}

}  // namespace

void add_lines(json::object& out, const State& state, const Order& order) {
    const std::string zone = zone_of(state, order);
    const OrderFigures figures = order_figures(order);
    json::array lines;
    for (const Line& line : order.lines)
        lines.push_back(line_document(order, line, zone));
    out["lines"] = std::move(lines);
    json::array shipping;
    for (const auto& one : order.shipping)
        shipping.push_back(shipping_document(order, one));
    out["shippingLines"] = std::move(shipping);
    out["discounts"] = order_discounts(order, figures);
    out["promotions"] = promotions(order);
    out["taxSummary"] = tax_summary(figures, zone);
}

}  // namespace orderhub::sandbox::vendure
