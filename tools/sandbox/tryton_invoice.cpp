#include "tryton_invoice.hpp"

#include <algorithm>
#include <map>

#include "http_types.hpp"
#include "tryton_values.hpp"

namespace orderhub::sandbox::tryton {
namespace {

Decimal decimal_of(const json::object& record, std::string_view member) {
    const auto* value = record.if_contains(member);
    return value == nullptr ? Decimal{} : read_decimal(*value).value_or(Decimal{});
}

/// An exact amount in units of 10^-kExact.
constexpr int kExact = 12;

Wide exact(const Decimal& a, const Decimal& b) {
    return a.digits * b.digits * power_of_ten(kExact - a.scale - b.scale);
}

std::int64_t rounded(Wide amount, int digits) {
    return round_half_even(amount, power_of_ten(kExact - digits));
}

}  // namespace

int digits_of(const State& state, const json::object& invoice) {
    const auto* currency = find_record(state, "currency.currency", int_of(invoice, "currency"));
    return currency == nullptr ? 2 : static_cast<int>(int_of(*currency, "digits", 2));
}

std::string currency_code(const State& state, const json::object& invoice) {
    const auto* currency = find_record(state, "currency.currency", int_of(invoice, "currency"));
    return currency == nullptr ? "" : text_of(*currency, "code");
}

std::int64_t line_amount(const json::object& line, int digits) {
    return rounded(exact(decimal_of(line, "quantity"), decimal_of(line, "unit_price")), digits);
}

std::vector<const json::object*> lines_of(const State& state, const json::object& invoice) {
    std::vector<const json::object*> out;
    for (const auto& id : array_of(invoice, "lines")) {
        out.push_back(find_record(state, "account.invoice.line", id.as_int64()));
    }
    return out;
}

std::vector<TaxAmount> taxes_of(const State& state, const json::object& invoice) {
    struct Sum {
        std::int64_t base = 0;
        Wide amount = 0;  // scaled by kExact + 6
    };
    std::map<std::pair<std::int64_t, bool>, Sum> sums;
    const int digits = digits_of(state, invoice);
    for (const auto* line : lines_of(state, invoice)) {
        const Wide base = exact(decimal_of(*line, "quantity"), decimal_of(*line, "unit_price"));
        for (const auto& id : array_of(*line, "taxes")) {
            const auto* tax = find_record(state, "account.tax", id.as_int64());
            const Decimal rate = decimal_of(*tax, "rate");
            Sum& sum = sums[{id.as_int64(), base < 0}];
            sum.base += rounded(base, digits);
            sum.amount += base * rate.digits * power_of_ten(6 - rate.scale);
        }
    }
    std::vector<TaxAmount> out;
    for (const auto& [key, sum] : sums) {
        const auto amount = round_half_even(sum.amount, power_of_ten(kExact + 6 - digits));
        out.push_back({key.first, key.second, sum.base, amount});
    }
    return out;
}

std::int64_t minor_of(const json::object& record, std::string_view member, int digits) {
    return rounded(exact(decimal_of(record, member), Decimal{1, 0}), digits);
}

void put_totals(State& state, json::object& invoice) {
    const int digits = digits_of(state, invoice);
    std::int64_t untaxed = 0;
    std::int64_t tax = 0;
    for (const auto& id : array_of(invoice, "taxes")) {
        tax +=
            minor_of(*find_record(state, "account.invoice.tax", id.as_int64()), "amount", digits);
    }
    for (const auto* line : lines_of(state, invoice))
        untaxed += line_amount(*line, digits);
    const bool posted = text_of(invoice, "state") != "draft";
    invoice["untaxed_amount"] = decimal_value(untaxed, digits);
    const bool taxed = !array_of(invoice, "taxes").empty();
    invoice["tax_amount"] = taxed || posted ? decimal_value(tax, digits) : decimal_value("0");
    invoice["total_amount"] = decimal_value(untaxed + tax, digits);
    invoice["amount_to_pay"] = posted ? decimal_value(untaxed + tax, digits) : decimal_value("0");
}

}  // namespace orderhub::sandbox::tryton
