#include "vendure_totals.hpp"

#include <algorithm>
#include <numeric>

#include "decimal.hpp"

namespace orderhub::sandbox::vendure {
namespace {

constexpr std::int64_t kWhole = 10'000;  // 100 % in hundredths of a percent

/// An exact fraction of minor units in list-price terms.
struct Exact {
    Wide numerator = 0;
    Wide denominator = 1;
};

Pair priced(const Exact& value, std::int64_t rate, bool includes_tax) {
    const auto& [num, den] = value;
    if (includes_tax) {
        return {round_half_up(num * kWhole, den * (kWhole + rate)), round_half_up(num, den)};
    }
    return {round_half_up(num, den), round_half_up(num * (kWhole + rate), den * kWhole)};
}

Pair operator+(const Pair& a, const Pair& b) {
    return {a.net + b.net, a.gross + b.gross};
}

/// An adjustment of the placed quantity, for the quantity that is left.
Exact shrunk(std::int64_t adjustment, const Line& line) {
    if (line.quantity == 0) return {};
    return {Wide{adjustment} * line.quantity, std::max(line.placed, line.quantity)};
}

Exact sum(std::int64_t amount, const Exact& part) {
    return {Wide{amount} * part.denominator + part.numerator, part.denominator};
}

Exact per_unit(const Exact& total, const Line& line) {
    if (line.quantity == 0) return {line.list_price, 1};
    return {total.numerator, total.denominator * line.quantity};
}

void add(std::map<std::int64_t, TaxRow>& rows, std::int64_t rate, const Pair& amount) {
    rows[rate].base += amount.net;
    rows[rate].tax += amount.gross - amount.net;
}

/// Largest remainder: shares of `amount` by weight, rounded down, then the missing units given to
/// the largest losses.
std::vector<std::int64_t> prorate(const std::vector<std::int64_t>& weights, std::int64_t amount) {
    const Wide whole = std::max<Wide>(std::accumulate(weights.begin(), weights.end(), Wide{0}), 1);
    std::vector<std::int64_t> shares;
    std::vector<Wide> losses;
    for (const std::int64_t weight : weights) {
        const Wide exact = Wide{amount} * weight;
        const Wide share = exact / whole - (exact % whole < 0 ? 1 : 0);
        shares.push_back(static_cast<std::int64_t>(share));
        losses.push_back(exact - share * whole);
    }
    std::int64_t missing = amount - std::accumulate(shares.begin(), shares.end(), std::int64_t{0});
    for (; missing > 0 && !losses.empty(); --missing) {
        const auto worst = std::max_element(losses.begin(), losses.end());
        *worst -= whole;
        ++shares[static_cast<std::size_t>(worst - losses.begin())];
    }
    return shares;
}

}  // namespace

LineFigures line_figures(const Line& line, bool gross) {
    const std::int64_t listed = line.list_price * line.quantity;
    const Exact item = shrunk(line.item_discount, line);
    const Exact order = shrunk(line.order_discount, line);
    const Exact both = shrunk(line.item_discount + line.order_discount, line);
    LineFigures out;
    out.unit = priced({line.list_price, 1}, line.tax_rate, gross);
    out.line = priced({listed, 1}, line.tax_rate, gross);
    out.discounted_line = priced(sum(listed, item), line.tax_rate, gross);
    out.discounted_unit = priced(per_unit(sum(listed, item), line), line.tax_rate, gross);
    out.prorated_line = priced(sum(listed, both), line.tax_rate, gross);
    out.prorated_unit = priced(per_unit(sum(listed, both), line), line.tax_rate, gross);
    out.item_discount = priced(item, line.tax_rate, gross);
    out.order_discount = priced(order, line.tax_rate, gross);
    return out;
}

Pair shipping_price(const Shipping& shipping, bool gross) {
    return priced({shipping.list_price, 1}, shipping.tax_rate, gross);
}

OrderFigures order_figures(const Order& order) {
    OrderFigures out;
    for (const Line& line : order.lines) {
        const LineFigures figures = line_figures(line, order.prices_include_tax);
        out.sub_total = out.sub_total + figures.prorated_line;
        out.item_discounts = out.item_discounts + figures.item_discount;
        out.order_discounts = out.order_discounts + figures.order_discount;
        add(out.taxes, line.tax_rate, figures.prorated_line);
    }
    for (const Shipping& shipping : order.shipping) {
        const Pair price = shipping_price(shipping, order.prices_include_tax);
        const Pair due = shipping.cancelled ? Pair{} : price;
        out.shipping = out.shipping + due;
        if (shipping.cancelled) {
            out.shipping_discounts = out.shipping_discounts + Pair{-price.net, -price.gross};
        }
        add(out.shipping_taxes, shipping.tax_rate, due);
    }
    out.total = out.sub_total + out.shipping;
    return out;
}

void apply_order_percentage(Order& order) {
    std::vector<std::int64_t> weights;
    Wide listed = 0;
    for (const Line& line : order.lines) {
        listed += line.list_price * line.quantity + line.item_discount;
        weights.push_back(line_figures(line, order.prices_include_tax).discounted_line.gross);
    }
    const std::int64_t off = round_half_up(-listed * order.coupon_percent, 100);
    const auto shares = prorate(weights, off);
    for (std::size_t i = 0; i < shares.size(); ++i)
        order.lines[i].order_discount = shares[i];
}

}  // namespace orderhub::sandbox::vendure
