#include "hub/servicing/linking/links.hpp"

#include <algorithm>

namespace orderhub::servicing {

namespace {

using domain::Decision;

bool holds(const std::vector<std::string>& ids, const std::string& id) {
    return std::ranges::find(ids, id) != ids.end();
}

/// The order's timeline shows that the case is not its own any more.
void part(const Work& work, const domain::Case& support_case, const std::string& order_id) {
    work.journal("case.unlinked", order_id, support_case.id, {});
}

void empty_fields(const Work& work, const domain::Case& support_case, const std::string& before) {
    if (!work.settings.can_execute(support_case.connector, "case.link")) return;
    work.send(
        case_command(work, support_case.connector, support_case.id, before, "case.link", "ln"),
        {{"case", {{"external_id", support_case.external_id}}},
         {"order", {{"number", ""}, {"url", ""}, {"digest", ""}, {"total", ""}}},
         {"refresh", true}});
}

void tell_desk_of_none(const Work& work, const domain::Case& support_case,
                       const std::vector<std::string>& before) {
    empty_fields(work, support_case, before.front());
    if (!work.settings.can_execute(support_case.connector, "case.note")) return;
    std::string numbers;
    for (const std::string& id : before)
        if (const auto row = work.state.order(id))
            numbers += (numbers.empty() ? "" : ", ") + row->number;
    work.send(case_command(work, support_case.connector, support_case.id, before.front(),
                           "case.note", "nt"),
              {{"case", {{"external_id", support_case.external_id}}},
               {"text", "This case is not linked to order " + numbers + " any more."}});
}

}  // namespace

void add_once(std::vector<std::string>& ids, const std::string& id) {
    if (!id.empty() && !holds(ids, id)) ids.push_back(id);
}

std::vector<std::string> linked_orders(const domain::Case& support_case) {
    std::vector<std::string> ids;
    add_once(ids, support_case.order_id);
    for (const std::string& id : support_case.further_orders)
        add_once(ids, id);
    return ids;
}

boost::json::object evidence_of(const domain::Case& support_case) {
    boost::json::array evidence;
    for (const domain::Suggestion& each : support_case.suggestions)
        for (const std::string& sentence : each.evidence)
            evidence.emplace_back(sentence);
    return {{"evidence", std::move(evidence)}};
}

void set_links(const Work& work, domain::Case& support_case,
               const std::vector<std::string>& orders) {
    const std::vector<std::string> before = linked_orders(support_case);
    const bool same = before == orders && support_case.decision == Decision::linked;
    support_case.decision = Decision::linked;
    support_case.order_id = orders.front();
    support_case.further_orders.assign(orders.begin() + 1, orders.end());
    work.save(support_case);
    for (const std::string& id : before)
        if (!holds(orders, id)) part(work, support_case, id);
    for (const std::string& id : orders)
        work.journal(holds(before, id) ? "case.confirmed" : "case.linked", id, support_case.id,
                     evidence_of(support_case));
    if (!same) send_link(work, support_case);
}

void take_links_back(const Work& work, domain::Case& support_case) {
    const std::vector<std::string> before = linked_orders(support_case);
    support_case.decision = Decision::none;
    support_case.order_id.clear();
    support_case.further_orders.clear();
    support_case.shown_digest.clear();
    for (const std::string& id : before)
        part(work, support_case, id);
    if (!before.empty()) tell_desk_of_none(work, support_case, before);
}

}  // namespace orderhub::servicing
