// When, how much, and how far the order is.
#include "hub/linking/score.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace orderhub::linking {

namespace {

std::int64_t total_of(const Order& order) {
    if (order.total_hundredths > 0) return order.total_hundredths;
    std::int64_t sum = 0;
    for (const OrderLine& line : order.lines)
        sum += line.quantity * line.unit_hundredths;
    return sum;
}

bool same_amount(const AmountClaim& claim, std::int64_t amount) {
    if (amount <= 0) return false;
    if (claim.exact) return claim.hundredths == amount;
    const std::int64_t off = std::abs(claim.hundredths - amount);
    return off < 100 || off * 50 < amount;
}

void score_amounts(const Scoring& scoring, Scored& scored) {
    const Weights& weights = scoring.settings.weights;
    int best = 0;
    const char* text = "";
    const auto take = [&](int points, bool exact, const char* what) {
        points = exact ? points : points / 2;
        if (points <= best) return;
        best = points;
        text = what;
    };
    for (const AmountClaim& claim : scoring.signals.amounts) {
        if (same_amount(claim, total_of(*scored.order)))
            take(weights.amount_total, claim.exact, "the order's total");
        for (const OrderLine& line : scored.order->lines) {
            if (same_amount(claim, line.unit_hundredths) ||
                same_amount(claim, line.unit_hundredths * line.quantity))
                take(weights.amount_line, claim.exact, "a line's amount");
        }
    }
    if (best > 0) scored.add_which(best, text);
}

/// The narrower the claim, the more it tells.
int date_points(const DateClaim& claim, int most) {
    constexpr int kWeek = 7, kMonth = 31;
    const int days = claim.last - claim.first + 1;
    if (days <= 3) return most;
    if (days <= kWeek + 1) return most * 3 / 4;
    return days <= kMonth ? most / 2 : most / 4;
}

void score_dates(const Scoring& scoring, Scored& scored) {
    if (scored.order->placed_at == 0 || scoring.signals.dates.empty()) return;
    const Weights& weights = scoring.settings.weights;
    const Day placed = day_of(scored.order->placed_at);
    int best = 0;
    bool missed = false;
    for (const DateClaim& claim : scoring.signals.dates) {
        // A day's difference may be one of time zones.
        const bool inside = placed >= claim.first - 1 && placed <= claim.last + 1;
        const bool sharp = placed >= claim.first && placed <= claim.last;
        if (inside) {
            int points = date_points(claim, weights.date);
            if (!sharp) points = points * 2 / 3;
            best = std::max(best, claim.ordered ? points : points / 3);
        }
        missed = missed || (claim.ordered && !inside);
    }
    if (best > 0)
        scored.add_which(best, "placed on " + date_text(placed) + ", as the text says");
    else if (missed)
        scored.add_which(weights.other_date,
                         "placed on " + date_text(placed) + ", the text names another day");
}

/// 1: what the case is about happens to orders like this one; -1: it does not.
int state_fit(const Signals& signals, Progress progress) {
    const auto is = [&](std::initializer_list<Progress> any) {
        return std::ranges::find(any, progress) != any.end();
    };
    if (progress == Progress::unknown) return 0;
    using enum Progress;
    if (signals.says(Cue::broken) || signals.says(Cue::wrong) || signals.says(Cue::missing))
        return is({delivered, shipped}) ? 1 : is({open, cancelled}) ? -1 : 0;
    if (signals.says(Cue::cancel) || signals.says(Cue::change))
        return is({open}) ? 1 : is({delivered, returned}) ? -1 : 0;
    if (signals.says(Cue::refund)) return is({returned, cancelled, delivered}) ? 1 : 0;
    if (signals.says(Cue::return_)) return is({delivered, returned, shipped}) ? 1 : -1;
    if (signals.says(Cue::where))
        return is({shipped, open}) ? 1 : is({returned, cancelled}) ? -1 : 0;
    return 0;
}

void score_state(const Scoring& scoring, Scored& scored) {
    const Weights& weights = scoring.settings.weights;
    const int fit = state_fit(scoring.signals, scored.order->progress);
    if (fit > 0) scored.add_mild(weights.state, "its state fits what the case is about");
    if (fit < 0) scored.add_mild(weights.other_state, "its state does not fit the case");
}

void score_age(const Scoring& scoring, Scored& scored) {
    if (scored.order->placed_at == 0 || scoring.signals.received == 0) return;
    const Weights& weights = scoring.settings.weights;
    const Day age = scoring.signals.received - day_of(scored.order->placed_at);
    if (age < -1) return scored.add_which(weights.not_yet_placed, "placed after the case came in");
    const int eighths = age <= 21 ? 0 : age <= 60 ? 1 : age <= 120 ? 2 : age <= 365 ? 4 : 8;
    if (eighths > 0)
        scored.add_mild(weights.age * eighths / 8, std::to_string(age) + " days old then");
}

}  // namespace

void score_circumstances(const Scoring& scoring, Scored& scored) {
    score_amounts(scoring, scored);
    score_dates(scoring, scored);
    score_state(scoring, scored);
    score_age(scoring, scored);
}

void score_order_of(const Scoring& scoring, std::vector<Scored>& all) {
    const bool last = scoring.signals.says(Cue::last_order);
    const bool first = scoring.signals.says(Cue::first_order);
    if ((!last && !first) || all.empty()) return;
    constexpr int kSamePerson = 8;
    const int identity = std::ranges::max(all, {}, &Scored::identity).identity;
    Scored* chosen = nullptr;
    for (Scored& each : all) {
        const std::int64_t placed = each.order->placed_at;
        if (placed == 0 || each.identity + kSamePerson < identity) continue;
        if (scoring.signals.received != 0 && day_of(placed) > scoring.signals.received + 1)
            continue;
        const bool better = chosen == nullptr || (last ? placed > chosen->order->placed_at
                                                       : placed < chosen->order->placed_at);
        if (better) chosen = &each;
    }
    if (chosen != nullptr)
        chosen->add_which(scoring.settings.weights.last_order,
                          last ? "the last order before the case" : "the first order");
}

}  // namespace orderhub::linking
