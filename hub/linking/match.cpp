#include "hub/linking/match.hpp"

#include <algorithm>
#include <map>

namespace orderhub::linking {

namespace {

std::vector<Scored> candidates(const Ticket& ticket, const Signals& signals, Index& index,
                               std::size_t limit) {
    std::vector<Scored> all;
    std::map<std::string, std::size_t> at;
    for (Found& found : index.find(keys_of(signals), limit)) {
        if (std::ranges::find(ticket.rejected_orders, found.order->id) !=
            ticket.rejected_orders.end())
            continue;
        const auto [known, added] = at.emplace(found.order->id, all.size());
        if (added) {
            all.emplace_back();
            all.back().order = std::move(found.order);
        }
        Scored& each = all[known->second];
        each.by_alias = each.by_alias || found.by_alias;
    }
    return all;
}

}  // namespace

std::string_view to_text(Outcome outcome) {
    switch (outcome) {
        case Outcome::none:
            return "none";
        case Outcome::suggest:
            return "suggest";
        case Outcome::auto_link:
            return "auto-link";
    }
    return "none";
}

Verdict match(const Ticket& ticket, Index& index, const Settings& settings) {
    const Signals signals = read_signals(ticket, settings);
    Scoring scoring{signals, settings, index};
    std::vector<Scored> all = candidates(
        ticket, signals, index, static_cast<std::size_t>(settings.thresholds.look_up_limit));
    for (const NumberWord& word : signals.numbers)
        for (const Scored& each : all)
            if (word.key == number_key(each.order->number)) scoring.exact_numbers.insert(word.key);
    for (Scored& each : all)
        score_identity(scoring, each);
    settle_names(all);
    for (Scored& each : all) {
        score_numbers(scoring, each);
        // Whoever shares no more than a postcode is not looked at further.
        if (each.identity == 0 && each.named == Named::no) continue;
        score_goods(scoring, each);
        score_circumstances(scoring, each);
    }
    score_order_of(scoring, all);
    return decide(scoring, std::move(all));
}

}  // namespace orderhub::linking
