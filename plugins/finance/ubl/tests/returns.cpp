#include "returns.hpp"

#include <algorithm>
#include <orderhub/money.hpp>

namespace orderhub::ubl::test {

namespace {

using Kind = sdk::CreditMemoPostMemoLineKind;
constexpr std::int64_t kWhole = 1'000'000;  // 100 %

std::int64_t rounded(std::int64_t numerator, std::int64_t denominator) {
    return (numerator + denominator / 2) / denominator;
}

std::vector<std::vector<std::int64_t>> rates_of(const std::string& currency) {
    if (currency == "EUR") return {{190'000}, {70'000}, {55'000}, {}};
    if (currency == "USD") return {{62'500, 20'000}, {88'750}, {}};
    return {{100'000}, {80'000}, {}};
}

std::int64_t total_rate(const std::vector<std::int64_t>& rates) {
    std::int64_t total = 0;
    for (const std::int64_t rate : rates)
        total += rate;
    return total;
}

std::string percent(std::int64_t e4) {
    const std::string decimals = std::to_string(10'000 + e4 % 10'000).substr(1);
    return std::to_string(e4 / 10'000) + "." + decimals;
}

sdk::Address buyer() {
    sdk::Address address;
    address.name = "Ada Example";
    address.country = "DE";
    return address;
}

}  // namespace

Sale::Sale(std::uint64_t seed, std::string currency)
    : random_(seed), currency_(std::move(currency)), gross_(chance(0, 1) == 1), seed_(seed) {
    for (std::int64_t left = chance(1, 6); left > 0; --left)
        lines_.push_back(product());
    if (chance(0, 2) == 0) return;
    Sold delivery;
    delivery.kind = Kind::delivery;
    delivery.name = "Delivery";
    delivery.rates_e4 = lines_.front().rates_e4;
    price(delivery, chance(1, 2'000));
    lines_.push_back(delivery);
}

std::int64_t Sale::chance(std::int64_t least, std::int64_t most) {
    return least +
           static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most - least + 1));
}

Sold Sale::product() {
    Sold line;
    line.kind = Kind::product;
    line.name = "Thing <" + std::to_string(chance(1, 999)) + "> & more";
    const auto rates = rates_of(currency_);
    line.rates_e4 =
        rates[static_cast<std::size_t>(chance(0, static_cast<std::int64_t>(rates.size()) - 1))];
    line.quantity = chance(1, 12);
    const std::int64_t step = currency_ == "BHD" && chance(0, 1) == 0 ? 10 : 1;
    const std::int64_t full = line.quantity * chance(1, 20'000) * step;
    price(line, full - chance(0, full / 5) / step * step);
    return line;
}

void Sale::price(Sold& line, std::int64_t amount) {
    const std::int64_t rate = total_rate(line.rates_e4);
    line.tax = gross_ ? rounded(amount * rate, kWhole + rate) : rounded(amount * rate, kWhole);
    line.inc = gross_ ? amount : amount + line.tax;
}

bool Sale::is_all_back() const {
    return std::ranges::all_of(lines_, [](const Sold& line) { return line.back == line.quantity; });
}

sdk::Money Sale::money(std::int64_t inc, std::int64_t tax) const {
    const auto text = [&](std::int64_t minor) { return sdk::to_decimal(minor, currency_); };
    return {text(inc - tax), text(tax), text(inc)};
}

sdk::CreditMemoPostMemoLine Sale::give_back(Sold& line, std::int64_t units) {
    line.back += units;
    const std::int64_t inc = rounded(line.inc * line.back, line.quantity) - line.inc_back;
    const std::int64_t tax = rounded(line.tax * line.back, line.quantity) - line.tax_back;
    line.inc_back += inc;
    line.tax_back += tax;
    sdk::CreditMemoPostMemoLine made;
    made.kind = line.kind;
    made.name = line.name;
    made.sku = "SKU-1";
    made.quantity = units;
    made.total = money(inc, tax);
    for (const std::int64_t rate : line.rates_e4)
        made.taxes.push_back({"Tax", percent(rate), "0.00"});
    return made;
}

sdk::CreditMemoPost Sale::next(bool all) {
    sdk::CreditMemoPost command;
    sdk::CreditMemoPostMemo& memo = command.memo;
    memo.number = "CM-" + std::to_string(seed_) + "-" + std::to_string(++notes_);
    memo.date = "2026-11-23";
    memo.currency = currency_;
    memo.reason = "Lot #XY1# came back";
    memo.order_number = "A-" + std::to_string(seed_);
    memo.totals = money(0, 0);
    for (Sold& line : lines_) {
        const std::int64_t left = line.quantity - line.back;
        const std::int64_t units = all ? left : chance(0, left);
        if (units > 0) memo.lines.push_back(give_back(line, units));
        if (units > 0) add(memo.totals, memo.lines.back().total, currency_);
    }
    memo.billing_address = buyer();
    return command;
}

sdk::InvoicePost Sale::fee() {
    sdk::InvoicePost command;
    auto& invoice = command.invoice;
    invoice.number = "IN-" + std::to_string(seed_);
    invoice.date = "2026-11-23";
    invoice.currency = currency_;
    invoice.order_number = "A-" + std::to_string(seed_);
    Sold fee;
    fee.rates_e4 = lines_.front().rates_e4;
    price(fee, chance(1, 2'000));
    const sdk::CreditMemoPostMemoLine line = give_back(fee, 1);
    invoice.totals = line.total;
    invoice.lines.push_back(
        {static_cast<sdk::InvoicePostInvoiceLineKind>(2), {}, "Restocking", 1, line.total, {}});
    for (const auto& tax : line.taxes)
        invoice.lines.back().taxes.push_back({tax.label, tax.rate, tax.amount});
    invoice.billing_address = buyer();
    return command;
}

void add(sdk::Money& total, const sdk::Money& part, const std::string& currency) {
    const auto sum = [&](std::string& into, const std::string& amount) {
        into = (sdk::Amount(into, currency) + sdk::Amount(amount, currency)).text();
    };
    sum(total.ex, part.ex);
    sum(total.tax, part.tax);
    sum(total.inc, part.inc);
}

}  // namespace orderhub::ubl::test
