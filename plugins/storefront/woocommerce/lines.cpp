#include "lines.hpp"

#include <algorithm>
#include <cstdlib>

#include "documents/members.hpp"
#include "documents/money.hpp"
#include "fit.hpp"

namespace orderhub::woocommerce {
namespace {

using documents::first_of;
using documents::minor_of;
using documents::price;
using documents::text_at;

constexpr std::size_t kLongestName = 512;
constexpr std::size_t kLongestLabel = 255;
constexpr std::size_t kLongestId = 128;

struct Sum {
    std::int64_t ex = 0;
    std::int64_t tax = 0;
};

/// A line on its way from the document to the record.
struct Draft {
    const Json* item;
    sdk::OrderLine line;
    std::int64_t exact_ex;
    std::int64_t exact_tax;
    Sum total{};
    Sum spread{};  ///< its share of fees below zero
};

/// The tax by its rates has more digits than the line's own figure, which is rounded.
std::int64_t exact_tax(const Json& item, const std::string& currency) {
    const std::int64_t shown = exact(item["total_tax"], currency);
    std::int64_t by_rate = 0;
    for (const Json& tax : list_at(item, "taxes"))
        by_rate += exact(tax["total"], currency);
    return std::abs(by_rate - shown) < kParts ? by_rate : shown;
}

/// What is sold by weight or length has a quantity with a fraction: it is one unit, named so.
void take_quantity(sdk::OrderLine& line, const Json& quantity) {
    const std::string digits =
        quantity.is_null() ? "1" : documents::shifted(quantity.text_or_digits(), 0);
    line.quantity = 1;
    if (digits.find('.') == std::string::npos)
        line.quantity = Json::number(digits).integer();
    else
        line.name = std::string(sdk::cut_utf8(line.name, kLongestName - 50)) + " (" + digits + ")";
}

class Maker {
public:
    Maker(const Json& order, const std::string& currency) : order_(order), currency_(currency) {}

    std::vector<sdk::OrderLine> lines() {
        using Kind = sdk::OrderLineKind;
        for (const Json& item : list_at(order_, "line_items"))
            add(item, Kind::product, "name");
        for (const Json& item : list_at(order_, "shipping_lines"))
            add(item, Kind::delivery, "method_title");
        for (const Json& item : list_at(order_, "fee_lines"))
            add(item, Kind::fee, "name");
        fit();
        spread_discounts();
        std::vector<sdk::OrderLine> lines;
        for (Draft& draft : drafts_)
            lines.push_back(finished(draft));
        return lines;
    }

private:
    void add(const Json& item, sdk::OrderLineKind kind, std::string_view name) {
        Draft draft{&item, {}, exact(item["total"], currency_), exact_tax(item, currency_)};
        sdk::OrderLine& line = draft.line;
        line.external_id = item.at("id").text_or_digits();
        line.kind = kind;
        line.name =
            first_of({text_at(item, name), std::string(sdk::to_word(kind))}, kLongestName).value();
        line.quantity = 1;
        if (kind == sdk::OrderLineKind::product) {
            line.sku = first_of({text_at(item, "sku")}, kLongestId);
            take_quantity(line, item["quantity"]);
        }
        drafts_.push_back(std::move(draft));
    }

    /// The order's totals were made of unrounded figures.
    void fit() {
        std::vector<std::int64_t> ex;
        std::vector<std::int64_t> tax;
        for (const Draft& draft : drafts_) {
            ex.push_back(draft.exact_ex);
            tax.push_back(draft.exact_tax);
        }
        const std::int64_t all_tax = minor_of(order_["total_tax"], currency_);
        ex = fitted(ex, minor_of(order_["total"], currency_) - all_tax);
        tax = fitted(tax, all_tax);
        for (std::size_t i = 0; i < drafts_.size(); ++i)
            drafts_[i].total = {ex[i], tax[i]};
    }

    void spread_discounts() {
        const auto is_product = [](const Draft& draft) {
            return draft.line.kind == sdk::OrderLineKind::product && draft.total.ex > 0;
        };
        const auto is_discount = [](const Draft& draft) {
            return draft.line.kind == sdk::OrderLineKind::fee && draft.total.ex < 0;
        };
        Sum discount;
        std::vector<std::int64_t> weights;
        for (const Draft& draft : drafts_) {
            if (is_discount(draft))
                discount = {discount.ex + draft.total.ex, discount.tax + draft.total.tax};
            if (is_product(draft)) weights.push_back(draft.total.ex);
        }
        if (weights.empty() || (discount.ex == 0 && discount.tax == 0)) return;
        const auto ex = documents::spread(discount.ex, weights);
        const auto tax = documents::spread(discount.tax, weights);
        std::size_t next = 0;
        for (Draft& draft : drafts_) {
            if (!is_product(draft)) continue;
            draft.spread = {ex[next], tax[next]};
            ++next;
        }
        std::erase_if(drafts_, is_discount);
    }

    /// What stands between the price before coupons and the line's total is the coupons'.
    sdk::OrderLine finished(Draft& draft) const {
        sdk::OrderLine line = std::move(draft.line);
        const Json& item = *draft.item;
        Sum list = draft.total;
        const bool has_list = !item["subtotal"].is_null();
        if (has_list &&
            (exact(item["subtotal"], currency_) != draft.exact_ex ||
             exact(item["subtotal_tax"], currency_) != exact(item["total_tax"], currency_)))
            list = {minor_of(item["subtotal"], currency_),
                    minor_of(item["subtotal_tax"], currency_)};
        const Sum total{draft.total.ex + draft.spread.ex, draft.total.tax + draft.spread.tax};
        line.list = price(list.ex, list.tax, currency_);
        line.total = price(total.ex, total.tax, currency_);
        adjust(line, sdk::OrderLineAdjustmentLevel::line, coupons(),
               {draft.total.ex - list.ex, draft.total.tax - list.tax});
        adjust(line, sdk::OrderLineAdjustmentLevel::order, "discount", draft.spread);
        if (line.quantity > 0)
            line.unit_price = price(list.ex / line.quantity, list.tax / line.quantity, currency_);
        take_taxes(line, item, total.tax);
        return line;
    }

    void adjust(sdk::OrderLine& line, sdk::OrderLineAdjustmentLevel level, std::string label,
                const Sum& by) const {
        if (by.ex == 0 && by.tax == 0) return;
        line.adjustments.push_back({level, std::move(label), price(by.ex, by.tax, currency_)});
    }

    std::string coupons() const {
        std::string codes;
        for (const Json& coupon : list_at(order_, "coupon_lines"))
            (codes += codes.empty() ? "" : ", ") += text_at(coupon, "code");
        return codes.empty() ? "discount" : std::string(sdk::cut_utf8(codes, kLongestLabel));
    }

    /// Taxes are known by the id of their rate; its words and percentage stand in the order.
    void take_taxes(sdk::OrderLine& line, const Json& item, std::int64_t tax) const {
        std::vector<std::int64_t> weights;
        for (const Json& each : list_at(item, "taxes")) {
            const Json* rate = rate_of(each["id"]);
            const std::int64_t weight = exact(each["total"], currency_);
            if (weight == 0) continue;
            if (rate == nullptr || !(*rate)["rate_percent"].is_number()) return line.taxes.clear();
            line.taxes.push_back({first_of({text_at(*rate, "label"), "tax"}, kLongestLabel).value(),
                                  percent((*rate)["rate_percent"]), ""});
            weights.push_back(weight);
        }
        if (weights.empty()) return;
        const auto shares = documents::spread(tax, weights);
        for (std::size_t i = 0; i < shares.size(); ++i)
            line.taxes[i].amount = sdk::to_decimal(shares[i], currency_);
    }

    const Json* rate_of(const Json& id) const {
        for (const Json& each : list_at(order_, "tax_lines"))
            if (each["rate_id"] == id) return &each;
        return nullptr;
    }

    static std::string percent(const Json& number) {
        constexpr std::size_t kPlaces = 4;
        std::string digits = documents::shifted(number.text_or_digits(), 0);
        const std::size_t point = digits.find('.');
        if (point != std::string::npos) digits.resize(std::min(digits.size(), point + 1 + kPlaces));
        return digits;
    }

    const Json& order_;
    const std::string& currency_;
    std::vector<Draft> drafts_;
};

}  // namespace

const std::vector<Json>& list_at(const Json& from, std::string_view key) {
    static const std::vector<Json> kNone;
    return from[key].is_array() ? from[key].items() : kNone;
}

std::vector<sdk::OrderLine> to_lines(const Json& order, const std::string& currency) {
    return Maker(order, currency).lines();
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

const Json* find_line(const Json& order, std::string_view id) {
    for (const std::string_view kind : {"line_items", "shipping_lines", "fee_lines"})
        for (const Json& item : list_at(order, kind))
            if (item["id"].text_or_empty() == id) return &item;
    return nullptr;
}

}  // namespace orderhub::woocommerce
