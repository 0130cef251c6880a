#include "lines.hpp"

#include "documents/members.hpp"
#include "documents/money.hpp"
#include "salesforce_platform/rows.hpp"

namespace orderhub::salesforce_commerce {
namespace {

using documents::first_of;
using documents::minor_of;
using documents::price;
using documents::text_at;
using salesforce::rows_at;

constexpr std::size_t kLongestName = 512;
constexpr std::size_t kLongestLabel = 255;
constexpr std::size_t kLongestId = 128;

struct Sum {
    std::int64_t ex = 0;
    std::int64_t tax = 0;
};

sdk::OrderLineKind kind_of(const Json& item) {
    const std::string type = text_at(item, "Type");
    if (type == "Delivery Charge") return sdk::OrderLineKind::delivery;
    return type == "Fee" || text_at(item, "TypeCode") == "Charge" ? sdk::OrderLineKind::fee
                                                                  : sdk::OrderLineKind::product;
}

/// A number of units; what is sold with a fraction of a unit counts as one.
std::int64_t units(const Json& number) {
    if (number.is_null()) return 0;
    const std::string digits = documents::shifted(number.text_or_digits(), 0);
    return digits.find('.') == std::string::npos ? Json::number(digits).integer() : 1;
}

sdk::OrderLine begin_line(const Json& item, const std::string& id, const Json& product,
                          const std::string& group) {
    sdk::OrderLine line;
    line.external_id = id;
    line.kind = kind_of(item);
    line.sku = first_of({text_at(product, "StockKeepingUnit"), text_at(product, "ProductCode")},
                        kLongestId);
    line.name =
        first_of({text_at(product, "Name"), line.sku.value_or("item")}, kLongestName).value();
    if (!group.empty()) line.delivery_group = group;
    line.quantity = line.kind == sdk::OrderLineKind::product ? units(item["Quantity"]) : 1;
    return line;
}

void put_total(sdk::OrderLine& line, const Sum& list, const std::string& currency) {
    Sum total = list;
    for (const sdk::OrderLineAdjustment& each : line.adjustments) {
        total.ex += sdk::to_minor(each.amount.ex, currency);
        total.tax += sdk::to_minor(each.amount.tax, currency);
    }
    line.list = price(list.ex, list.tax, currency);
    line.total = price(total.ex, total.tax, currency);
}

/// The amounts of tax rows that belong to an item, or to one of its discounts (`adjustment` empty:
/// to the item itself).
std::int64_t tax_of(const OrderRows& rows, const std::string& item, const std::string& adjustment,
                    const std::string& currency) {
    std::int64_t sum = 0;
    for (const Json& tax : rows.taxes)
        if (text_at(tax, "OrderItemId") == item &&
            text_at(tax, "OrderItemAdjustmentLineItemId") == adjustment)
            sum += minor_of(tax["Amount"], currency);
    return sum;
}

void put_taxes(sdk::OrderLine& line, const OrderRows& rows, const std::string& item) {
    for (const Json& tax : rows.taxes)
        if (text_at(tax, "OrderItemId") == item && tax["Rate"].is_number() && line.taxes.empty() &&
            text_at(tax, "OrderItemAdjustmentLineItemId").empty())
            line.taxes.push_back({first_of({text_at(tax, "Name"), "tax"}, kLongestLabel).value(),
                                  documents::shifted(tax["Rate"].text_or_digits(), 0),
                                  line.total.tax});
}

void put_adjustments(sdk::OrderLine& line, const OrderRows& rows, const std::string& item,
                     const std::string& currency) {
    for (const Json& each : rows.adjustments) {
        if (text_at(each, "OrderItemId") != item) continue;
        const bool of_order = text_at(each["OrderAdjustmentGroup"], "Type") == "Header";
        const std::int64_t tax = tax_of(rows, item, text_at(each, "Id"), currency);
        line.adjustments.push_back(
            {of_order ? sdk::OrderLineAdjustmentLevel::order : sdk::OrderLineAdjustmentLevel::line,
             first_of({text_at(each, "Name"), "discount"}, kLongestLabel).value(),
             price(minor_of(each["Amount"], currency), tax, currency)});
    }
}

/// `part` of `whole`'s share of `tax`, rounded towards nothing; all of it where there is no whole.
std::int64_t share(std::int64_t tax, std::int64_t part, std::int64_t whole) {
    return whole == 0 ? tax : static_cast<std::int64_t>(static_cast<__int128>(tax) * part / whole);
}

void put_summary_amounts(sdk::OrderLine& line, const Json& item, const std::string& currency) {
    const auto minor = [&](const char* key) { return minor_of(item[key], currency); };
    const Sum total{minor("TotalPrice"), minor("TotalTaxAmount")};
    const std::int64_t of_order = minor("TotalAdjustmentDistAmount");
    const std::int64_t list =
        item["TotalLineAmount"].is_null() ? total.ex - of_order : minor("TotalLineAmount");
    const std::int64_t of_line = total.ex - of_order - list;
    const std::int64_t list_tax = share(total.tax, list, total.ex);
    const auto taxes = documents::spread(total.tax - list_tax, {of_line, of_order});
    if (of_line != 0)
        line.adjustments.push_back(
            {sdk::OrderLineAdjustmentLevel::line, "discount", price(of_line, taxes[0], currency)});
    if (of_order != 0)
        line.adjustments.push_back({sdk::OrderLineAdjustmentLevel::order, "order discount",
                                    price(of_order, taxes[1], currency)});
    const bool has_discount = of_line != 0 || of_order != 0;
    put_total(line, {list, has_discount ? list_tax : total.tax}, currency);
}

}  // namespace

std::vector<sdk::OrderLine> order_lines(const OrderRows& rows, const std::string& currency) {
    std::vector<sdk::OrderLine> lines;
    for (const Json& item : rows_at(rows.order, "OrderItems")) {
        const std::string id = item.at("Id").text();
        sdk::OrderLine line =
            begin_line(item, id, item["Product2"], text_at(item, "OrderDeliveryGroupId"));
        put_adjustments(line, rows, id, currency);
        const Json& amount =
            item["TotalLineAmount"].is_null() ? item["TotalPrice"] : item["TotalLineAmount"];
        put_total(line, {minor_of(amount, currency), tax_of(rows, id, "", currency)}, currency);
        put_taxes(line, rows, id);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<sdk::OrderLine> summary_lines(const Json& summary, const std::string& currency) {
    std::vector<sdk::OrderLine> lines;
    for (const Json& item : rows_at(summary, "OrderItemSummaries")) {
        const std::string id =
            first_of({text_at(item, "OriginalOrderItemId"), text_at(item, "Id")}, kLongestId)
                .value();
        sdk::OrderLine line =
            begin_line(item, id, item, text_at(item, "OrderDeliveryGroupSummaryId"));
        if (line.kind == sdk::OrderLineKind::product && !item["QuantityOrdered"].is_null())
            line.ordered_quantity = units(item["QuantityOrdered"]);
        put_summary_amounts(line, item, currency);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace orderhub::salesforce_commerce
