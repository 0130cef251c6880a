#include "lines.hpp"

#include <algorithm>
#include <stdexcept>

#include "documents/members.hpp"
#include "documents/money.hpp"

namespace orderhub::commercetools {
namespace {

using documents::first_of;
using documents::flag_at;
using documents::price;
using documents::text_at;

constexpr std::size_t kLongestName = 512;
constexpr std::size_t kLongestLabel = 255;
constexpr std::size_t kLongestId = 128;

struct Sum {
    std::int64_t ex = 0;
    std::int64_t tax = 0;
};

struct Draft {
    const Json* item;
    sdk::OrderLine line;
    Sum total{};
    std::int64_t list = 0;   ///< before its discounts, in the order's terms (net or gross)
    std::int64_t shown = 0;  ///< with them
    Sum spread{};            ///< its share of discounts of the whole order
};

/// `part` of `whole`, rounded half away from zero.
std::int64_t share(std::int64_t amount, std::int64_t part, std::int64_t whole) {
    if (whole == 0) return 0;
    const __int128 product = static_cast<__int128>(amount) * part * 2;
    const __int128 half = ((product < 0) == (whole < 0)) ? whole : -static_cast<__int128>(whole);
    return static_cast<std::int64_t>((product + half) / (static_cast<__int128>(whole) * 2));
}

bool is_gross(const Json& item) {
    return flag_at(item["taxRate"], "includedInPrice");
}

/// What the item costs. Without taxedPrice nobody has set a tax.
Sum total_of(const Json& taxed, std::int64_t otherwise, const std::string& currency) {
    if (taxed.is_null()) return {otherwise, 0};
    const std::int64_t net = minor_of(taxed.at("totalNet"), currency);
    return {net, minor_of(taxed.at("totalGross"), currency) - net};
}

class Maker {
public:
    Maker(const Settings& settings, const Json& order, const std::string& currency)
        : settings_(settings), order_(order), currency_(currency) {}

    std::vector<sdk::OrderLine> lines() {
        for (const Json& item : list_at(order_, "lineItems"))
            add_item(item, item["price"]["value"], text_at(item["variant"], "sku"));
        for (const Json& item : list_at(order_, "customLineItems"))
            add_item(item, item["money"], text_at(item, "slug"));
        for (const auto& [id, info] : shipments(order_))
            add_delivery(id, *info);
        spread_discounts();
        std::vector<sdk::OrderLine> lines;
        for (Draft& draft : drafts_)
            lines.push_back(finished(draft));
        return lines;
    }

private:
    void add_item(const Json& item, const Json& unit, const std::string& sku) {
        Draft draft{&item, {}};
        sdk::OrderLine& line = draft.line;
        line.external_id = item.at("id").text();
        line.kind = sdk::OrderLineKind::product;
        line.sku = first_of({sku}, kLongestId);
        line.name =
            first_of({localized(settings_, order_, item["name"]), sku, "item"}, kLongestName)
                .value();
        line.quantity = item.at("quantity").integer();
        draft.shown = minor_of(item.at("totalPrice"), currency_);
        draft.total = total_of(item["taxedPrice"], draft.shown, currency_);
        draft.list = list_price(unit, line.quantity, draft.shown);
        drafts_.push_back(std::move(draft));
    }

    /// Units of a price with more digits than the currency are worth more than the rounded price.
    std::int64_t list_price(const Json& unit, std::int64_t quantity, std::int64_t otherwise) const {
        if (unit.is_null()) return otherwise;
        if (text_at(unit, "type") != "highPrecision")
            return sdk::Amount::of_minor(minor_of(unit, currency_), currency_).minor() * quantity;
        const int places = static_cast<int>(unit.at("fractionDigits").integer());
        const sdk::Amount precise =
            sdk::Amount::of_minor(unit.at("preciseAmount").integer(), currency_) * quantity;
        return documents::minor_of(documents::shifted(std::to_string(precise.minor()), -places),
                                   currency_);
    }

    void add_delivery(const std::string& id, const Json& info) {
        Draft draft{&info, {}};
        draft.line.external_id = id;
        draft.line.kind = sdk::OrderLineKind::delivery;
        draft.line.name =
            first_of({text_at(info, "shippingMethodName"), "delivery"}, kLongestName).value();
        draft.line.quantity = 1;
        draft.list = minor_of(info["price"], currency_);
        const Json& reduced = info["discountedPrice"]["value"];
        draft.shown = reduced.is_null() ? draft.list : minor_of(reduced, currency_);
        draft.total = total_of(info["taxedPrice"], draft.shown, currency_);
        drafts_.push_back(std::move(draft));
    }

    static bool takes_discount(const Draft& draft) {
        return draft.line.kind == sdk::OrderLineKind::product && draft.total.ex > 0;
    }
    static bool is_discount(const Draft& draft) { return draft.total.ex < 0; }

    /// Custom line items below zero, and what the order's total has less than its lines because of
    /// a discount on it.
    void spread_discounts() {
        Sum lines;
        Sum discount;
        std::vector<std::int64_t> weights;
        for (const Draft& draft : drafts_) {
            lines = {lines.ex + draft.total.ex, lines.tax + draft.total.tax};
            if (is_discount(draft))
                discount = {discount.ex + draft.total.ex, discount.tax + draft.total.tax};
            if (takes_discount(draft)) weights.push_back(draft.total.ex);
        }
        if (!order_["discountOnTotalPrice"].is_null()) {
            const Sum total = total_of(order_["taxedPrice"],
                                       minor_of(order_.at("totalPrice"), currency_), currency_);
            discount = {discount.ex + total.ex - lines.ex, discount.tax + total.tax - lines.tax};
        }
        if (weights.empty() || (discount.ex == 0 && discount.tax == 0)) return;
        const auto ex = documents::spread(discount.ex, weights);
        const auto tax = documents::spread(discount.tax, weights);
        std::size_t next = 0;
        for (Draft& draft : drafts_) {
            if (!takes_discount(draft)) continue;
            draft.spread = {ex[next], tax[next]};
            ++next;
        }
        std::erase_if(drafts_, is_discount);
    }

    /// Discounts are known in the order's terms; the tax of the list price is in proportion.
    Sum list_of(const Draft& draft) const {
        if (draft.list == draft.shown) return draft.total;
        const std::int64_t tax = share(draft.total.tax, draft.list, draft.shown);
        return {is_gross(*draft.item) ? draft.list - tax : draft.list, tax};
    }

    sdk::OrderLine finished(Draft& draft) const {
        sdk::OrderLine line = std::move(draft.line);
        const Sum list = list_of(draft);
        const Sum total{draft.total.ex + draft.spread.ex, draft.total.tax + draft.spread.tax};
        line.list = price(list.ex, list.tax, currency_);
        line.total = price(total.ex, total.tax, currency_);
        if (line.quantity > 0)
            line.unit_price = price(list.ex / line.quantity, list.tax / line.quantity, currency_);
        adjust(line, sdk::OrderLineAdjustmentLevel::line,
               {draft.total.ex - list.ex, draft.total.tax - list.tax});
        adjust(line, sdk::OrderLineAdjustmentLevel::order, draft.spread);
        take_tax(line, (*draft.item)["taxRate"]);
        return line;
    }

    void adjust(sdk::OrderLine& line, sdk::OrderLineAdjustmentLevel level, const Sum& by) const {
        if (by.ex == 0 && by.tax == 0) return;
        line.adjustments.push_back({level, "discount", price(by.ex, by.tax, currency_)});
    }

    static void take_tax(sdk::OrderLine& line, const Json& rate) {
        if (!rate["amount"].is_number()) return;
        constexpr std::size_t kPlaces = 4;
        std::string percent = documents::shifted(rate["amount"].text_or_digits(), 2);
        const std::size_t point = percent.find('.');
        if (point != std::string::npos)
            percent.resize(std::min(percent.size(), point + 1 + kPlaces));
        line.taxes = {{first_of({text_at(rate, "name"), "tax"}, kLongestLabel).value(), percent,
                       line.total.tax}};
    }

    const Settings& settings_;
    const Json& order_;
    const std::string& currency_;
    std::vector<Draft> drafts_;
};

}  // namespace

std::int64_t minor_of(const Json& money, const std::string& currency) {
    if (money.is_null()) return 0;
    if (text_at(money, "currencyCode") != currency)
        throw std::invalid_argument("an amount of the order is in another currency than the order");
    const std::int64_t cents = money.at("centAmount").integer();
    const bool has_places =
        text_at(money, "type") == "centPrecision" && money["fractionDigits"].is_number();
    if (!has_places) return cents;
    const int places = static_cast<int>(money["fractionDigits"].integer());
    return documents::minor_of(documents::shifted(std::to_string(cents), -places), currency);
}

std::string localized(const Settings& settings, const Json& order, const Json& text) {
    if (!text.is_object()) return {};
    for (const std::string& language : {text_at(order, "locale"), settings.language})
        if (const std::string word = text_at(text, language); !word.empty()) return word;
    return text.members().empty() ? std::string() : text.members().front().second.text_or_empty();
}

std::vector<sdk::OrderLine> to_lines(const Settings& settings, const Json& order,
                                     const std::string& currency) {
    return Maker(settings, order, currency).lines();
}

std::vector<sdk::OrderLine> cancelled(std::vector<sdk::OrderLine> lines,
                                      const std::string& currency) {
    const sdk::Money nothing = price(0, 0, currency);
    for (sdk::OrderLine& line : lines) {
        if (line.kind == sdk::OrderLineKind::product)
            line.ordered_quantity = std::exchange(line.quantity, 0);
        line.cancelled_total = std::exchange(line.total, nothing);
        line.list = nothing;
        line.adjustments.clear();
        line.taxes.clear();
    }
    return lines;
}

const std::vector<Json>& list_at(const Json& from, std::string_view key) {
    static const std::vector<Json> kNone;
    return from[key].is_array() ? from[key].items() : kNone;
}

std::vector<std::pair<std::string, const Json*>> shipments(const Json& order) {
    std::vector<std::pair<std::string, const Json*>> all;
    if (order["shippingInfo"].is_object()) all.emplace_back("shipping", &order["shippingInfo"]);
    for (const Json& each : list_at(order, "shipping"))
        all.emplace_back("shipping:" + text_at(each, "shippingKey"), &each["shippingInfo"]);
    return all;
}

}  // namespace orderhub::commercetools
