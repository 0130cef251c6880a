// Actions on units and prices, from numbers.
#include "tests/domain/engine/ask.hpp"

#include <algorithm>

namespace orderhub::domain {

std::vector<UnitsOfLine> some_units(const Order& order, Choices& choices, Available available) {
    std::vector<const Line*> lines;
    for (const Line& line : order.lines)
        if (line.kind == LineKind::product && (line.*available)() > 0) lines.push_back(&line);
    std::vector<UnitsOfLine> units;
    if (lines.empty()) return units;
    for (std::int64_t count = 1 + choices.below(3); count > 0 && !lines.empty(); --count) {
        const auto place = lines.begin() + choices.below(std::ssize(lines));
        units.push_back({(*place)->id, 1 + choices.below(((*place)->*available)())});
        lines.erase(place);
    }
    return units;
}

bool spoil(std::vector<UnitsOfLine>& units, Choices& choices) {
    if (!choices.chance(10)) return false;
    switch (choices.below(5)) {
        case 0:
            units.clear();
            break;
        case 1:
            units.push_back({"l99", 1});
            break;
        case 2:
            units[0].quantity = 0;
            break;
        case 3:
            units[0].quantity = 1'000;
            break;
        default:
            units.push_back(units[0]);
            break;
    }
    return true;
}

bool of_bundles(const Order& order, const std::vector<UnitsOfLine>& units) {
    return std::ranges::any_of(units, [&](const UnitsOfLine& each) {
        const Line* line = find_line(order, each.line_id);
        return line != nullptr && (is_container(order, *line) || !line->bundle.empty());
    });
}

std::string in_words(const std::vector<UnitsOfLine>& units) {
    std::string text;
    for (const UnitsOfLine& each : units)
        text += " " + std::to_string(each.quantity) + " of " + each.line_id;
    return text;
}

std::vector<Fee> some_fees(Choices& choices, std::string& words) {
    std::vector<Fee> fees;
    if (!choices.chance(25)) return fees;
    for (std::int64_t count = 1 + choices.below(2); count > 0; --count) {
        constexpr FeeBasis kBases[] = {FeeBasis::percentage, FeeBasis::amount_with_tax,
                                       FeeBasis::amount_without_tax, FeeBasis::percentage_gross};
        const FeeBasis basis = choices.of(kBases);
        const bool percent = basis == FeeBasis::percentage || basis == FeeBasis::percentage_gross;
        const std::int64_t value = percent ? choices.below(6'000) : choices.below(3'000);
        fees.push_back({"restocking", basis, value});
        words += ", fee basis " + std::to_string(static_cast<int>(basis)) + " value " +
                 std::to_string(value);
    }
    return fees;
}

TenderWish some_wish(const Order& order, Choices& choices, std::string& words) {
    TenderWish wish;
    if (order.payments.empty() || !choices.chance(20)) return wish;
    for (std::int64_t count = 1 + choices.below(2); count > 0; --count) {
        const Payment& payment = choices.of(order.payments);
        const Minor amount = choices.up_to(available_to_refund(order, payment) + Minor{1});
        wish.sequence.push_back({payment.external_id, {}, amount});
        words += ", " + std::to_string(amount.count()) + " to " + payment.external_id;
    }
    wish.partial = choices.chance(30);
    if (wish.partial) words += " and no more";
    return wish;
}

namespace {

std::optional<Asked> remove(const World&, const Order& order, Choices& choices, ActionKind action) {
    const bool cancels = action == ActionKind::cancel;
    RemovalInput input;
    input.lines = some_units(order, choices,
                             cancels ? &Line::available_to_cancel : &Line::available_to_return);
    if (input.lines.empty()) return {};
    const bool spoilt = spoil(input.lines, choices);
    Asked asked;
    asked.action = action;
    asked.words = in_words(input.lines);
    input.reason = "changed mind";
    input.delivery = choices.chance(50) ? DeliveryRule::proportional : DeliveryRule::keep;
    if (input.delivery == DeliveryRule::proportional) asked.words += " with delivery";
    input.fees = some_fees(choices, asked.words);
    input.tenders = some_wish(order, choices, asked.words);
    asked.partial = input.tenders.partial;
    asked.must_work = !spoilt && input.fees.empty() && input.tenders.sequence.empty() &&
                      !of_bundles(order, input.lines);
    asked.plan = [input, cancels](Order planned, const Context& context) {
        return cancels ? plan_cancel(std::move(planned), input, context)
                       : plan_return(std::move(planned), input, context);
    };
    return asked;
}

std::optional<Asked> lower(const World&, const Order& order, Choices& choices, ActionKind action) {
    constexpr DiscountBasis kBases[] = {DiscountBasis::percentage, DiscountBasis::amount_with_tax,
                                        DiscountBasis::amount_without_tax};
    DiscountInput input;
    Asked asked;
    asked.action = action;
    input.basis = choices.of(kBases);
    input.value = 1 + (input.basis == DiscountBasis::percentage
                           ? choices.below(choices.chance(10) ? 12'000 : 10'000)
                           : choices.below(4'000));
    input.in_fulfilment = static_cast<InFulfilment>(choices.below(3));
    input.reason = "scratched";
    for (std::int64_t count = choices.below(3); count > 0; --count) {
        input.line_ids.push_back(choices.of(order.lines).id);
        asked.words += " " + input.line_ids.back();
    }
    asked.words += " basis " + std::to_string(static_cast<int>(input.basis)) + " value " +
                   std::to_string(input.value) + ", units in fulfilment by rule " +
                   std::to_string(static_cast<int>(input.in_fulfilment));
    input.tenders = some_wish(order, choices, asked.words);
    asked.partial = input.tenders.partial;
    asked.plan = [input, action](Order planned, const Context& context) {
        return action == ActionKind::discount
                   ? plan_discount(std::move(planned), input, context)
                   : plan_appeasement(std::move(planned), input, context);
    };
    return asked;
}

std::optional<Asked> exchange(const World&, const Order& order, Choices& choices, ActionKind) {
    ExchangeInput input;
    input.lines = some_units(order, choices, &Line::available_to_exchange);
    if (input.lines.empty()) return {};
    const bool spoilt = spoil(input.lines, choices);
    Asked asked;
    asked.action = ActionKind::exchange;
    asked.words = in_words(input.lines) + " for";
    const bool even = choices.chance(50);
    for (std::int64_t count = 1 + choices.below(2); count > 0; --count) {
        ExchangeItem item{"OTHER", "Other mug", 1 + choices.below(3), {}};
        const Minor ex = choices.amount(), tax = Minor{choices.below(500)};
        if (!even) item.unit_price = Amount{ex, tax, ex + tax};
        asked.words += " " + std::to_string(item.quantity) + " others" +
                       (even ? "" : " at " + std::to_string((ex + tax).count()));
        input.items.push_back(std::move(item));
    }
    input.inspect = choices.chance(50);
    if (input.inspect) asked.words += " after inspection";
    input.reason = "wrong size";
    input.delivery = choices.chance(30) ? DeliveryRule::proportional : DeliveryRule::keep;
    input.fees = some_fees(choices, asked.words);
    input.tenders = some_wish(order, choices, asked.words);
    asked.partial = input.tenders.partial;
    asked.must_work = !spoilt && input.fees.empty() && input.tenders.sequence.empty() &&
                      !of_bundles(order, input.lines);
    asked.plan = [input](Order planned, const Context& context) {
        return plan_exchange(std::move(planned), input, context);
    };
    return asked;
}

/// How often each is asked for.
struct Entry {
    ActionKind action;
    int weight;
    std::optional<Asked> (*make)(const World&, const Order&, Choices&, ActionKind);
};

constexpr Entry kEntries[] = {
    {ActionKind::cancel, 12, remove},
    {ActionKind::return_, 14, remove},
    {ActionKind::discount, 10, lower},
    {ActionKind::appease, 5, lower},
    {ActionKind::exchange, 8, exchange},
    {ActionKind::fulfil, 6, ask_fulfilment},
    {ActionKind::reship, 3, ask_fulfilment},
    {ActionKind::update_fulfilment, 6, ask_fulfilment},
    {ActionKind::open_return, 12, ask_return},
    {ActionKind::submit_return, 2, ask_return},
    {ActionKind::approve_return, 2, ask_return},
    {ActionKind::receive_return, 16, ask_return},
    {ActionKind::close_return, 14, ask_return},
    {ActionKind::cancel_return, 3, ask_return},
    {ActionKind::refund, 5, ask_money},
    {ActionKind::retry_refund, 7, ask_money},
    {ActionKind::capture, 6, ask_money},
    {ActionKind::reverse_authorization, 2, ask_money},
    {ActionKind::record_payment, 2, ask_money},
    {ActionKind::suspend, 1, ask_money},
    {ActionKind::resolve_exception, 2, ask_money},
};

}  // namespace

std::optional<Asked> ask(const World& world, const Order& order, Choices& choices) {
    int all = 0;
    for (const Entry& each : kEntries)
        all += each.weight;
    auto place = choices.below(all);
    for (const Entry& each : kEntries) {
        place -= each.weight;
        if (place >= 0) continue;
        auto asked = each.make(world, order, choices, each.action);
        if (asked) asked->words = std::string(to_text(each.action)) + asked->words;
        return asked;
    }
    return {};
}

}  // namespace orderhub::domain
