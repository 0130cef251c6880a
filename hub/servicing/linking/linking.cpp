// Which order a case is about: decided by the hub, or by an agent.
#include <algorithm>

#include "hub/linking/contact.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/matching.hpp"

namespace orderhub::servicing {

namespace {

using domain::Decision;

constexpr std::int64_t kMsPerDay = 86'400'000;

boost::json::object evidence_of(const domain::Case& support_case) {
    boost::json::array evidence;
    for (const domain::Suggestion& each : support_case.suggestions)
        for (const std::string& sentence : each.evidence)
            evidence.emplace_back(sentence);
    return {{"evidence", std::move(evidence)}};
}

/// Every order of the case has the event on its timeline.
void journal_link(const Work& work, const domain::Case& support_case) {
    work.journal("case.linked", support_case.order_id, support_case.id, evidence_of(support_case));
    for (const std::string& order_id : support_case.further_orders)
        work.journal("case.linked", order_id, support_case.id, evidence_of(support_case));
}

void set_links(const Work& work, domain::Case& support_case, std::vector<std::string> orders) {
    support_case.decision = Decision::linked;
    support_case.order_id = orders.front();
    orders.erase(orders.begin());
    support_case.further_orders = std::move(orders);
    work.save(support_case);
    journal_link(work, support_case);
    send_link(work, support_case);
}

void clear_link(domain::Case& support_case) {
    support_case.decision = Decision::none;
    support_case.order_id.clear();
    support_case.further_orders.clear();
    support_case.suggestions.clear();
    support_case.shown_digest.clear();
}

std::vector<domain::Suggestion> suggestions_of(const linking::Verdict& verdict) {
    std::vector<domain::Suggestion> suggestions;
    for (const linking::Link& link : verdict.links)
        suggestions.push_back({link.order->id, link.order->number, link.score, link.evidence});
    return suggestions;
}

void add_once(std::vector<std::string>& ids, const std::string& id) {
    if (!id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

/// An agent has linked a case of this mailbox to an order of another address: both are one
/// customer's.
void learn_alias(const Work& work, const domain::Case& support_case, std::string_view order_id) {
    const std::string mailbox = linking::mailbox(support_case.requester.email);
    const auto row = work.state.order(order_id);
    if (mailbox.empty() || !row || row->customer_id.empty()) return;
    if (linking::mailbox(row->email) == mailbox) return;
    work.state.add_alias({mailbox, row->customer_id, support_case.id, work.request.actor,
                          to_rfc3339(work.request.now_ms)});
}

/// The agent says that the case is not about these orders.
void rule_out(const Work& work, domain::Case& support_case, const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
        if (id.empty()) continue;
        add_once(support_case.rejected_orders, id);
        if (const auto row = work.state.order(id); row && !row->customer_id.empty())
            work.state.forget_aliases(support_case.id, row->customer_id);
    }
}

std::vector<std::string> linked_orders(const domain::Case& support_case) {
    std::vector<std::string> ids;
    add_once(ids, support_case.order_id);
    for (const std::string& id : support_case.further_orders)
        add_once(ids, id);
    return ids;
}

}  // namespace

void link(const Work& work, domain::Case& support_case) {
    if (support_case.decided_by.starts_with("agent:") || support_case.decision == Decision::linked)
        return;
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
        return set_links(work, support_case, std::move(orders));
    }
    work.save(support_case);
    work.journal(decision == Decision::suggested ? "case.suggested" : "case.undecided", {},
                 support_case.id, evidence_of(support_case));
}

void link_waiting_cases(const Work& work, const domain::Order& order) {
    constexpr std::uint32_t kMost = 20;
    const linking::Settings& settings = work.settings.linking;
    const std::int64_t oldest = work.request.now_ms - settings.late_order_days * kMsPerDay;
    std::vector<std::string> waiting;
    for (const KeyHits& hits : work.state.cases_by_keys(match_keys(order, settings), kMost))
        for (const std::string& id : hits.ids)
            add_once(waiting, id);
    for (const std::string& id : waiting) {
        auto support_case = work.support_case(id);
        if (!support_case || support_case->state == "closed") continue;
        const std::int64_t since =
            support_case->created_at != 0 ? support_case->created_at : support_case->updated_at;
        if (since >= oldest) link(work, *support_case);
    }
}

Result<boost::json::object> Service::link_case(State& state, const Request& request,
                                               std::string_view case_id,
                                               const std::vector<std::string>& order_ids) const {
    const Work work{state, request, settings_};
    auto support_case = work.support_case(case_id);
    if (!support_case) return std::unexpected(std::move(support_case).error());
    std::vector<domain::Suggestion> evidence;
    for (const std::string& id : order_ids) {
        const auto order = work.order(id);
        if (!order) return std::unexpected(order.error());
        evidence.push_back({order->id, order->number, 100, {"linked by " + request.actor}});
    }
    std::vector<std::string> before = linked_orders(*support_case);
    std::erase_if(before, [&](const std::string& id) {
        return std::ranges::find(order_ids, id) != order_ids.end();
    });
    rule_out(work, *support_case, before);
    std::erase_if(support_case->rejected_orders, [&](const std::string& id) {
        return std::ranges::find(order_ids, id) != order_ids.end();
    });
    support_case->decided_by = request.actor;
    support_case->suggestions = std::move(evidence);
    for (const std::string& id : order_ids)
        learn_alias(work, *support_case, id);
    set_links(work, *support_case, order_ids);
    return case_(state, case_id);
}

Result<boost::json::object> Service::unlink_case(State& state, const Request& request,
                                                 std::string_view case_id) const {
    const Work work{state, request, settings_};
    auto support_case = work.support_case(case_id);
    if (!support_case) return std::unexpected(std::move(support_case).error());
    const std::vector<std::string> before = linked_orders(*support_case);
    rule_out(work, *support_case, before);
    clear_link(*support_case);
    support_case->decided_by = request.actor;
    work.save(*support_case);
    work.journal("case.unlinked", before.empty() ? std::string() : before.front(), case_id, {});
    return case_(state, case_id);
}

Result<boost::json::object> Service::reject_order(State& state, const Request& request,
                                                  std::string_view case_id,
                                                  std::string_view order_id) const {
    const Work work{state, request, settings_};
    auto support_case = work.support_case(case_id);
    if (!support_case) return std::unexpected(std::move(support_case).error());
    const auto order = work.order(order_id);
    if (!order) return std::unexpected(order.error());
    rule_out(work, *support_case, {order->id});
    work.journal("case.order_rejected", order->id, case_id, {{"order", order->number}});
    const std::vector<std::string> linked = linked_orders(*support_case);
    if (support_case->decision == Decision::linked &&
        std::ranges::find(linked, order->id) == linked.end()) {
        work.save(*support_case);
        return case_(state, case_id);
    }
    clear_link(*support_case);
    support_case->decided_by = "hub";
    work.save(*support_case);
    link(work, *support_case);
    return case_(state, case_id);
}

}  // namespace orderhub::servicing
