// Orders from numbers.
#include <algorithm>
#include <random>

#include "hub/domain/units.hpp"
#include "tests/domain/engine/choices.hpp"
#include "tests/domain/engine/engine.hpp"

namespace orderhub::domain {

namespace {

constexpr const char* kCurrencies[] = {"EUR", "JPY", "BHD", "CLF"};
constexpr const char* kMethods[] = {"card", "gift_card", "transfer", "store_credit"};

std::vector<Tax> taxes_of(Choices& choices, Minor ex) {
    constexpr const char* kLabels[] = {"VAT", "state", "city"};
    std::vector<Tax> taxes;
    for (std::int64_t i = choices.below(4); i > 0 && ex > Minor{}; --i)
        taxes.push_back({kLabels[taxes.size()], std::to_string(taxes.size() + 1),
                         Minor{choices.below(ex.count() / 4 + 1)}});
    return taxes;
}

Amount with_taxes(Minor ex, const std::vector<Tax>& taxes) {
    Amount sum{ex, {}, ex};
    for (const Tax& tax : taxes) {
        sum.tax += tax.amount;
        sum.inc += tax.amount;
    }
    return sum;
}

/// A discount that the shop gave: `list` is that much above the total.
void add_adjustment(SnapshotLine& line, Choices& choices, bool order_level) {
    const Minor ex{choices.below(2'000)}, tax{choices.below(200)};
    const Amount off{ex, tax, ex + tax};
    line.adjustments.push_back({order_level, order_level ? "SUMMER" : "coupon", -off});
    line.list += off;
}

/// Some units were cancelled before the order came to the hub.
void cancel_early(SnapshotLine& line, Choices& choices) {
    const std::int64_t units = choices.below(line.quantity + 1);
    const Pool all{line.quantity, units, line.total, line.taxes};
    const ChangeLine left = worth(all, TaxLocale::net);
    line.cancelled_total = line.total - left.delta;
    line.quantity -= units;
    line.total = left.delta;
}

SnapshotLine line_of(const Recipe::Numbers& numbers, std::size_t index, LineKind kind) {
    Choices choices(numbers);
    SnapshotLine line;
    line.external_id = (kind == LineKind::delivery ? "d" : "x") + std::to_string(index + 1);
    line.kind = kind;
    line.sku = "SKU-" + line.external_id;
    line.name = kind == LineKind::delivery ? "Delivery" : "Mug " + std::to_string(index + 1);
    line.quantity = kind == LineKind::delivery ? 1 : 1 + choices.below(7);
    line.ordered_quantity = line.quantity;
    const Minor ex = choices.chance(8) ? Minor{} : choices.amount();
    line.taxes = taxes_of(choices, ex);
    line.list = line.total = with_taxes(ex, line.taxes);
    if (choices.chance(30)) add_adjustment(line, choices, false);
    if (choices.chance(30)) add_adjustment(line, choices, true);
    if (kind == LineKind::product && choices.chance(10)) cancel_early(line, choices);
    return line;
}

/// Makes the last lines the parts of a bundle; its price is on its own line or on the parts.
void add_bundle(Snapshot& shown, Choices& choices) {
    SnapshotLine bundle;
    bundle.external_id = "bundle";
    bundle.sku = bundle.name = "Breakfast set";
    bundle.quantity = bundle.ordered_quantity = 1 + choices.below(3);
    const bool priced = choices.chance(50);
    std::size_t parts = 0;
    for (SnapshotLine& line : shown.lines) {
        if (line.kind != LineKind::product || parts == 2) continue;
        ++parts;
        line.bundle = bundle.external_id;
        line.units_per_bundle = 1 + choices.below(2);
        line.total += line.cancelled_total;
        line.cancelled_total = {};
        line.quantity = line.ordered_quantity = bundle.quantity * line.units_per_bundle;
        if (!priced) continue;
        bundle.total += line.total;
        bundle.list += line.total;
        bundle.taxes = line.taxes.empty() ? bundle.taxes : line.taxes;
        line.total = line.list = {};
        line.adjustments.clear();
        line.taxes.clear();
    }
    bundle.taxes = make_pool(1, bundle.total, bundle.taxes).taxes;
    if (parts > 0) shown.lines.push_back(std::move(bundle));
}

void add_shipment(Snapshot& shown, const SnapshotLine& line, Choices& choices) {
    const std::int64_t units = choices.below(line.quantity + 1);
    if (units == 0) return;
    constexpr FulfilmentState kStates[] = {FulfilmentState::shipped, FulfilmentState::pending,
                                           FulfilmentState::delivered};
    Fulfilment fulfilment;
    fulfilment.external_id = "f-" + line.external_id;
    fulfilment.state = choices.of(kStates);
    fulfilment.lines = {{line.external_id, units}};
    shown.fulfilments.push_back(std::move(fulfilment));
}

void add_lines(Snapshot& shown, const Recipe& recipe, Choices& choices) {
    const bool two_groups = choices.chance(30);
    const bool bundle = choices.chance(20);
    const std::size_t count = std::max<std::size_t>(1, recipe.lines.size());
    for (std::size_t i = 0; i < count; ++i) {
        const Recipe::Numbers numbers =
            i < recipe.lines.size() ? recipe.lines[i] : Recipe::Numbers{0, 0, 232, 3};
        const bool delivery = i > 0 && numbers.back() % 5 == 4;
        SnapshotLine line = line_of(numbers, i, delivery ? LineKind::delivery : LineKind::product);
        if (two_groups) line.delivery_group = numbers[14] % 2 == 1 ? "g2" : "g1";
        shown.lines.push_back(std::move(line));
    }
    if (two_groups)
        for (const char* id : {"g1", "g2"})
            shown.delivery_groups.push_back({id, {}, "parcel"});
    if (bundle) add_bundle(shown, choices);
    for (std::size_t i = 0; i < shown.lines.size(); ++i) {
        const SnapshotLine& line = shown.lines[i];
        Choices of_line(i < recipe.lines.size() ? std::span(recipe.lines[i]).last(3)
                                                : std::span<const std::uint8_t>{});
        if (line.kind == LineKind::product && line.bundle.empty())
            add_shipment(shown, line, of_line);
        shown.totals += line.total;
    }
}

/// Paid exactly as a rule; sometimes authorized only, in part, or too much.
void add_payments(Snapshot& shown, const Recipe& recipe, Choices& choices) {
    const std::size_t count = std::max<std::size_t>(1, recipe.payments.size());
    const std::vector<std::int64_t> weights(count, 1);
    Minor paid = shown.totals.inc;
    if (choices.chance(8)) paid += choices.amount();
    if (choices.chance(8)) paid = Minor{choices.below(paid.count() + 1)};
    const std::vector<Minor> parts = allocate(paid, weights);
    const bool authorized = choices.chance(25);
    for (std::size_t i = 0; i < count; ++i) {
        Choices of_payment(i < recipe.payments.size() ? std::span(recipe.payments[i])
                                                      : std::span<const std::uint8_t>{});
        Payment payment;
        payment.external_id = "p" + std::to_string(i + 1);
        payment.method = of_payment.of(kMethods);
        payment.amount = parts[i];
        payment.at = of_payment.below(3);
        payment.state = authorized && !of_payment.chance(30) ? PaymentState::authorized
                                                             : PaymentState::captured;
        shown.payments.push_back(std::move(payment));
    }
}

}  // namespace

Snapshot order_of(const Recipe& recipe) {
    Choices choices(recipe.order);
    Snapshot shown;
    shown.external_id = "24";
    shown.number = "ABC123";
    shown.observed_at = 1'000;
    shown.currency = *currency(choices.of(kCurrencies));
    shown.tax_locale = choices.below(2) == 0 ? TaxLocale::net : TaxLocale::gross;
    shown.managed = !choices.chance(2);
    shown.cancellations.emplace();
    add_lines(shown, recipe, choices);
    add_payments(shown, recipe, choices);
    return shown;
}

Recipe random_recipe(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto numbers = [&] {
        Recipe::Numbers made{};
        for (std::uint8_t& each : made)
            each = static_cast<std::uint8_t>(random());
        return made;
    };
    const auto several = [&](std::uint64_t least, std::uint64_t most) {
        std::vector<Recipe::Numbers> made(least + random() % (most - least + 1));
        std::ranges::generate(made, numbers);
        return made;
    };
    return {numbers(), several(1, 5), several(1, 3), several(0, 14)};
}

}  // namespace orderhub::domain
