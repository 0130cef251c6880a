#include "lines.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "adjustments.hpp"

namespace orderhub::vendure {
namespace {

/// A rate's text in ten-thousandths of a percent: "8.25" -> 82500.
std::int64_t rate_weight(std::string_view rate) {
    std::int64_t weight = 0;
    int decimals = -1;
    for (const char c : rate) {
        if (c == '.') {
            decimals = 0;
            continue;
        }
        weight = weight * 10 + (c - '0');
        if (decimals >= 0) ++decimals;
    }
    for (int have = std::max(decimals, 0); have < 4; ++have)
        weight *= 10;
    return weight;
}

json::array map_taxes(std::int64_t tax, const json::array& tax_lines, std::string_view currency) {
    std::vector<std::string> rates;
    std::vector<std::int64_t> weights;
    for (const json::value& each : tax_lines) {
        rates.push_back(rate_text(as_object(each, "taxLines"), "taxRate"));
        weights.push_back(rate_weight(rates.back()));
    }
    json::array taxes;
    if (rates.empty()) return taxes;
    const std::vector<std::int64_t> shares = share_tax(tax, weights);
    for (std::size_t i = 0; i < rates.size(); ++i)
        taxes.push_back(
            json::object{{"label", fit(text_of(tax_lines[i].get_object(), "description"), 255)},
                         {"rate", rates[i]},
                         {"amount", sdk::to_decimal(shares[i], currency)}});
    return taxes;
}

void put_taxes(json::object& line, std::int64_t tax, const json::array& tax_lines,
               std::string_view currency) {
    json::array taxes = map_taxes(tax, tax_lines, currency);
    if (!taxes.empty()) line["taxes"] = std::move(taxes);
}

void put_prices(json::object& line, Amount list, std::vector<Adjustment> adjustments, Amount total,
                std::string_view currency) {
    close_gap(adjustments, list, total);
    line["list"] = to_json(list, currency);
    if (!adjustments.empty()) line["adjustments"] = to_json(adjustments, currency);
    line["total"] = to_json(total, currency);
}

/// Units ever ordered. Vendure does not count units that a modification added and took away again;
/// its history does.
std::int64_t ordered_units(const json::object& line, std::int64_t quantity,
                           const CancelledUnits& cancelled) {
    const auto found = cancelled.find(id_of(line, "id"));
    const std::int64_t taken = found == cancelled.end() ? 0 : found->second;
    return std::max({whole(line, "orderPlacedQuantity"), quantity, quantity + taken});
}

json::object map_product(const json::object& line, const CancelledUnits& cancelled,
                         std::string_view currency) {
    const std::int64_t quantity = whole(line, "quantity");
    const std::int64_t ordered = ordered_units(line, quantity, cancelled);
    const Amount total = amount_of(line, "proratedLinePrice");
    json::object mapped{{"external_id", id_of(line, "id")}, {"kind", "product"}};
    const json::object* variant = object_of(line, "productVariant");
    const std::string_view sku = variant == nullptr ? "" : text_of(*variant, "sku");
    const std::string_view name = variant == nullptr ? "" : text_of(*variant, "name");
    put_text(mapped, "sku", sku, 128);
    mapped["name"] = fit(name.empty() ? sku : name, 512);
    mapped["quantity"] = quantity;
    mapped["ordered_quantity"] = ordered;
    mapped["unit_price"] = to_json(amount_of(line, "unitPrice"), currency);
    put_prices(mapped, amount_of(line, "linePrice"), adjustments_of(line), total, currency);
    if (ordered > quantity)
        mapped["cancelled_total"] =
            to_json(times(amount_of(line, "proratedUnitPrice"), ordered - quantity), currency);
    put_taxes(mapped, total.tax(), list_of(line, "taxLines"), currency);
    return mapped;
}

/// Shipping lines carry no tax lines in the API; the order's summary does, under Vendure's fixed
/// description. Two shipping rates in one order cannot be told apart: then none is named.
json::array shipping_tax_lines(const json::object& order) {
    json::array rows;
    for (const json::value& each : list_of(order, "taxSummary"))
        if (text_of(as_object(each, "taxSummary"), "description") == "shipping tax")
            rows.push_back(each);
    if (rows.size() != 1) rows.clear();
    return rows;
}

/// The list price is worked out backwards: `price` itself may have a fraction of a minor unit.
json::object map_delivery(const json::object& line, const json::array& tax_lines,
                          std::string_view currency) {
    const Amount total = amount_of(line, "discountedPrice");
    std::vector<Adjustment> adjustments = adjustments_of(line);
    const Amount list = total - sum_of(adjustments);
    const json::object* method = object_of(line, "shippingMethod");
    json::object mapped{{"external_id", "shipping:" + id_of(line, "id")}, {"kind", "delivery"}};
    if (method != nullptr) put_text(mapped, "sku", text_of(*method, "code"), 128);
    mapped["name"] = method == nullptr ? "Delivery" : fit(text_of(*method, "name"), 512);
    mapped["quantity"] = 1;
    put_prices(mapped, list, std::move(adjustments), total, currency);
    put_taxes(mapped, total.tax(), tax_lines, currency);
    return mapped;
}

json::object map_fee(const json::object& surcharge, std::string_view currency) {
    const Amount total = amount_of(surcharge, "price");
    json::object mapped{{"external_id", "surcharge:" + id_of(surcharge, "id")}, {"kind", "fee"}};
    put_text(mapped, "sku", text_of(surcharge, "sku"), 128);
    mapped["name"] = fit(text_of(surcharge, "description"), 512);
    mapped["quantity"] = 1;
    put_prices(mapped, total, {}, total, currency);
    put_taxes(mapped, total.tax(), list_of(surcharge, "taxLines"), currency);
    return mapped;
}

}  // namespace

std::vector<std::int64_t> share_tax(std::int64_t tax, const std::vector<std::int64_t>& rates) {
    const std::int64_t sum = std::accumulate(rates.begin(), rates.end(), std::int64_t{0});
    std::vector<std::int64_t> shares(rates.size(), 0);
    if (sum == 0) {
        shares.front() = tax;
        return shares;
    }
    __extension__ using Wide = __int128;
    std::vector<std::pair<std::int64_t, std::size_t>> remainders;
    std::int64_t left = std::abs(tax);
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const Wide product = Wide{std::abs(tax)} * rates[i];
        shares[i] = static_cast<std::int64_t>(product / sum);
        remainders.emplace_back(static_cast<std::int64_t>(product % sum), i);
        left -= shares[i];
    }
    std::sort(remainders.begin(), remainders.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (std::size_t i = 0; left > 0; ++i, --left)
        ++shares[remainders[i].second];
    if (tax < 0)
        for (std::int64_t& share : shares)
            share = -share;
    return shares;
}

json::array map_lines(const json::object& order, const CancelledUnits& cancelled) {
    const std::string_view currency = required_text(order, "currencyCode");
    json::array lines;
    for (const json::value& each : list_of(order, "lines"))
        lines.push_back(map_product(as_object(each, "lines"), cancelled, currency));
    const json::array shipping_taxes = shipping_tax_lines(order);
    for (const json::value& each : list_of(order, "shippingLines"))
        lines.push_back(map_delivery(as_object(each, "shippingLines"), shipping_taxes, currency));
    for (const json::value& each : list_of(order, "surcharges"))
        lines.push_back(map_fee(as_object(each, "surcharges"), currency));
    return lines;
}

}  // namespace orderhub::vendure
