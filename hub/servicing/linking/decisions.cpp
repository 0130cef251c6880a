// Which order a case is about, as agents and flows decide it.
#include <algorithm>

#include "hub/linking/contact.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/links.hpp"
#include "hub/servicing/linking/matching.hpp"

namespace orderhub::servicing {

namespace {

using domain::Decision;

bool holds(const std::vector<std::string>& ids, const std::string& id) {
    return std::ranges::find(ids, id) != ids.end();
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

/// The agent says that the case is not about this order.
void rule_out(const Work& work, domain::Case& support_case, const std::string& id) {
    add_once(support_case.rejected_orders, id);
    std::erase_if(support_case.suggestions,
                  [&](const domain::Suggestion& each) { return each.order_id == id; });
    if (const auto row = work.state.order(id); row && !row->customer_id.empty())
        work.state.forget_aliases(support_case.id, row->customer_id);
}

/// What is known of each, and who says that it is right.
Result<std::vector<domain::Suggestion>> evidence_for(const Work& work,
                                                     const domain::Case& support_case,
                                                     const std::vector<std::string>& orders,
                                                     const std::string& by) {
    constexpr int kSurest = 100;
    std::vector<domain::Suggestion> all;
    for (const std::string& id : orders) {
        const auto order = work.order(id);
        if (!order) return std::unexpected(order.error());
        domain::Suggestion each{order->id, order->number, kSurest, {}};
        const auto known =
            std::ranges::find(support_case.suggestions, id, &domain::Suggestion::order_id);
        if (known != support_case.suggestions.end()) each = *known;
        const std::string sentence = "linked by " + by;
        if (!holds(each.evidence, sentence)) each.evidence.push_back(sentence);
        all.push_back(std::move(each));
    }
    return all;
}

std::vector<std::string> each_once(const std::vector<std::string>& ids) {
    std::vector<std::string> once;
    for (const std::string& id : ids)
        add_once(once, id);
    return once;
}

}  // namespace

Result<boost::json::object> Service::link_case(State& state, const Request& request,
                                               std::string_view case_id,
                                               const std::vector<std::string>& order_ids) const {
    const Work work{state, request, settings_};
    auto support_case = work.support_case(case_id);
    if (!support_case) return std::unexpected(std::move(support_case).error());
    const std::vector<std::string> orders = each_once(order_ids);
    auto evidence = evidence_for(work, *support_case, orders, request.actor);
    if (!evidence) return std::unexpected(std::move(evidence).error());
    for (const std::string& id : linked_orders(*support_case))
        if (!holds(orders, id)) rule_out(work, *support_case, id);
    std::erase_if(support_case->rejected_orders,
                  [&](const std::string& id) { return holds(orders, id); });
    support_case->decided_by = request.actor;
    support_case->suggestions = *std::move(evidence);
    for (const std::string& id : orders)
        learn_alias(work, *support_case, id);
    set_links(work, *support_case, orders);
    return case_(state, case_id);
}

Result<boost::json::object> Service::unlink_case(State& state, const Request& request,
                                                 std::string_view case_id) const {
    const Work work{state, request, settings_};
    auto support_case = work.support_case(case_id);
    if (!support_case) return std::unexpected(std::move(support_case).error());
    const std::vector<std::string> before = linked_orders(*support_case);
    for (const std::string& id : before)
        rule_out(work, *support_case, id);
    take_links_back(work, *support_case);
    support_case->suggestions.clear();
    support_case->decided_by = request.actor;
    work.save(*support_case);
    if (before.empty()) work.journal("case.unlinked", {}, case_id, {});
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
    rule_out(work, *support_case, order->id);
    work.journal("case.order_rejected", order->id, case_id, {{"order", order->number}});
    std::vector<std::string> linked = linked_orders(*support_case);
    const bool was_linked = std::erase(linked, order->id) > 0;
    if (was_linked && linked.empty()) {
        take_links_back(work, *support_case);
    } else if (was_linked) {
        set_links(work, *support_case, linked);
        return case_(state, case_id);
    }
    if (support_case->decision != Decision::linked) support_case->decided_by = "hub";
    work.save(*support_case);
    link(work, *support_case);
    return case_(state, case_id);
}

Result<void> Service::decide_case(State& state, const Request& request, std::string_view case_id,
                                  const std::vector<std::string>& order_ids,
                                  const std::string& by) const {
    const Work work{state, request, settings_};
    auto support_case = work.support_case(case_id);
    if (!support_case) return std::unexpected(std::move(support_case).error());
    if (support_case->decided_by.starts_with("agent:")) return {};
    const std::vector<std::string> orders = each_once(order_ids);
    for (const std::string& id : orders)
        if (holds(support_case->rejected_orders, id))
            return fail(ErrorKind::Conflict, "order_ruled_out",
                        "an agent has ruled the order " + id + " out for this case");
    support_case->decided_by = by;
    if (!orders.empty()) {
        auto evidence = evidence_for(work, *support_case, orders, by);
        if (!evidence) return std::unexpected(std::move(evidence).error());
        support_case->suggestions = *std::move(evidence);
        set_links(work, *support_case, orders);
        return {};
    }
    take_links_back(work, *support_case);
    if (!support_case->suggestions.empty()) support_case->decision = Decision::suggested;
    work.save(*support_case);
    return {};
}

}  // namespace orderhub::servicing
