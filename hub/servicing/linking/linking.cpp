// Which order a case is about, as the hub sees it.
#include <algorithm>

#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/links.hpp"
#include "hub/servicing/linking/matching.hpp"

namespace orderhub::servicing {

namespace {

using domain::Decision;

constexpr std::int64_t kMsPerDay = 86'400'000;

std::vector<domain::Suggestion> suggestions_of(const linking::Verdict& verdict) {
    std::vector<domain::Suggestion> suggestions;
    for (const linking::Link& link : verdict.links)
        suggestions.push_back({link.order->id, link.order->number, link.score, link.evidence});
    return suggestions;
}

}  // namespace

void link(const Work& work, domain::Case& support_case) {
    if (was_decided(support_case) || support_case.decision == Decision::linked) return;
    const linking::Verdict verdict = match(work, support_case);
    std::vector<domain::Suggestion> suggestions = suggestions_of(verdict);
    // Where a person has ruled orders out, a person decides.
    const bool linked =
        verdict.outcome == linking::Outcome::auto_link && support_case.rejected_orders.empty();
    const Decision decision = linked                ? Decision::linked
                              : suggestions.empty() ? Decision::none
                                                    : Decision::suggested;
    const bool same =
        support_case.decision == decision &&
        std::ranges::equal(support_case.suggestions, suggestions, {}, &domain::Suggestion::order_id,
                           &domain::Suggestion::order_id);
    if (same) return;
    support_case.decision = decision;
    support_case.suggestions = std::move(suggestions);
    support_case.decided_by = "hub";
    if (linked) {
        std::vector<std::string> orders;
        for (const domain::Suggestion& each : support_case.suggestions)
            orders.push_back(each.order_id);
        return set_links(work, support_case, orders);
    }
    work.save(support_case);
    work.journal(decision == Decision::suggested ? "case.suggested" : "case.undecided", {},
                 support_case.id, evidence_of(support_case));
}

void link_waiting_cases(const Work& work, std::span<const std::int64_t> keys) {
    constexpr std::size_t kMost = 20;  ///< matching takes time, and the order's import waits
    const std::int64_t oldest =
        work.request.now_ms - work.settings.linking.late_order_days * kMsPerDay;
    std::vector<std::string> waiting;
    for (const KeyHits& hits : work.state.cases_by_keys(keys, kMost))
        for (const std::string& id : hits.ids)
            if (waiting.size() < kMost) add_once(waiting, id);
    for (const std::string& id : waiting) {
        auto support_case = work.support_case(id);
        if (!support_case || support_case->state == "closed") continue;
        const std::int64_t since =
            support_case->created_at != 0 ? support_case->created_at : support_case->updated_at;
        if (since >= oldest) link(work, *support_case);
    }
}

}  // namespace orderhub::servicing
