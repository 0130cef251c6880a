#include "hub/domain/removal.hpp"
#include "hub/domain/units.hpp"

namespace orderhub::domain {

Amount list_worth(const Line& line, std::int64_t quantity) {
    if (line.ordered <= 0) return {};
    const std::int64_t units = std::min(quantity, line.ordered);
    const Minor ex = share(line.list.ex, units, line.ordered);
    const Minor tax = share(line.list.tax, units, line.ordered);
    return {ex, tax, ex + tax};
}

namespace {

Result<ChangeLine> fee_worth(const Fee& fee, const ChangeLine& removed, const Amount& list,
                             TaxLocale locale, const std::string& at) {
    const auto too_large = [&] {
        return fail(ErrorKind::Invalid, "fee_too_large",
                    "a fee must be more than 0 and at most what the units are worth",
                    at + "/value");
    };
    constexpr std::int64_t kWhole = 10'000;
    const bool percentage =
        fee.basis == FeeBasis::percentage || fee.basis == FeeBasis::percentage_gross;
    if (fee.value <= 0 || (percentage && fee.value > kWhole)) return too_large();
    const Minor amount{fee.value};
    if (fee.basis == FeeBasis::percentage) return percent_of(removed, fee.value, locale);
    if (fee.basis == FeeBasis::percentage_gross) {
        const Pool gross = make_pool(0, list, removed.taxes);
        return percent_of({{}, 0, gross.amount, gross.taxes}, fee.value, locale);
    }
    if (fee.basis == FeeBasis::amount_with_tax) {
        if (amount > removed.delta.inc) return too_large();
        return part_with_tax(removed, amount);
    }
    if (amount > removed.delta.ex) return too_large();
    return part_without_tax(removed, amount);
}

void add_fee_line(Order& order, ChangeOrder& change, const std::string& label, ChangeLine fee) {
    Line line;
    line.id = "l" + std::to_string(order.lines.size() + 1);
    line.kind = LineKind::fee;
    line.name = label;
    line.ordered = 1;
    line.unit_price = fee.delta;
    line.pools = {{1, 0, fee.delta, fee.taxes}};
    fee.line_id = line.id;
    fee.quantity = 1;
    change.delta += fee.delta;
    change.lines.push_back(std::move(fee));
    order.lines.push_back(std::move(line));
}

}  // namespace

Result<void> charge_fees(Order& order, const std::vector<Fee>& fees, const ChangeLine& removed,
                         const Amount& list, Stage stage, const std::string& reason,
                         const Context& context) {
    if (fees.empty()) return {};
    ChangeOrder change;
    change.kind = ChangeKind::fee;
    change.stage = stage;
    change.origin = "hub";
    change.actor = context.actor;
    change.reason = reason;
    change.at = context.now;
    for (std::size_t i = 0; i < fees.size(); ++i) {
        const std::string at = "/fees/" + std::to_string(i);
        auto fee = fee_worth(fees[i], removed, list, order.tax_locale, at);
        if (!fee) return std::unexpected(std::move(fee).error());
        add_fee_line(order, change, fees[i].label, *std::move(fee));
        if (change.delta.inc > removed.delta.inc)
            return fail(ErrorKind::Invalid, "fee_too_large",
                        "the fees are more than the units are worth", at + "/value");
    }
    order.change_orders.push_back(std::move(change));
    return {};
}

}  // namespace orderhub::domain
