// Cases: what the desk says, and which order they are about.
#include <algorithm>

#include "hub/domain/status.hpp"
#include "hub/linking/contact.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/linking/matching.hpp"
#include "hub/servicing/records/records.hpp"

namespace orderhub::servicing {

namespace {

using domain::Decision;

domain::Decision decision_of(const linking::Verdict& verdict) {
    // More than one order is left to the agent.
    if (verdict.outcome == linking::Outcome::auto_link && verdict.links.size() == 1)
        return Decision::linked;
    return verdict.links.empty() ? Decision::none : Decision::suggested;
}

boost::json::object evidence_of(const domain::Case& support_case) {
    boost::json::array evidence;
    for (const domain::Suggestion& each : support_case.suggestions)
        for (const std::string& sentence : each.evidence)
            evidence.emplace_back(sentence);
    return {{"evidence", std::move(evidence)}};
}

void set_link(const Work& work, domain::Case& support_case, const domain::Order& order) {
    support_case.decision = Decision::linked;
    support_case.order_id = order.id;
    work.save(support_case);
    work.journal("case.linked", order.id, support_case.id, evidence_of(support_case));
    send_link(work, support_case, order);
}

/// Takes over what the desk says; what the hub knows of the link stays.
void take_over(domain::Case& known, domain::Case shown) {
    shown.id = known.id;
    shown.version = known.version;
    shown.connector = known.connector;
    shown.updated_at = known.updated_at;
    shown.decision = known.decision;
    shown.order_id = known.order_id;
    shown.decided_by = known.decided_by;
    shown.suggestions = known.suggestions;
    known = std::move(shown);
}

bool says_the_same(domain::Case before, const domain::Case& after) {
    before.observed_at = after.observed_at;
    return encode(before) == encode(after);
}

}  // namespace

OutgoingCommand case_command(const Work& work, std::string_view connector, std::string_view case_id,
                             std::string_view order_id, std::string kind, std::string_view prefix) {
    OutgoingCommand command;
    command.connector = connector;
    command.order_key = case_id;
    command.kind = std::move(kind);
    command.key = work.id(prefix);
    command.order_id = order_id;
    command.case_id = case_id;
    return command;
}

void send_link(const Work& work, const domain::Case& support_case, const domain::Order& order) {
    if (!work.settings.can_execute(support_case.connector, "case.link")) return;
    const std::string total =
        domain::to_decimal(domain::total(order).inc, order.currency) + " " + order.currency.code;
    work.send(
        case_command(work, support_case.connector, support_case.id, order.id, "case.link", "ln"),
        {{"case", {{"external_id", support_case.external_id}}},
         {"order",
          {{"number", order.number},
           {"url", work.settings.public_url + "/orders/" + order.id},
           {"digest", digest(order)},
           {"total", total}}}});
}

void link(const Work& work, domain::Case& support_case) {
    if (support_case.decided_by.starts_with("agent:") || support_case.decision == Decision::linked)
        return;
    const linking::Verdict verdict = match(work, support_case);
    std::vector<domain::Suggestion> suggestions;
    for (const linking::Link& each : verdict.links)
        suggestions.push_back({each.order->id, each.order->number, each.score, each.evidence});
    const Decision decision = decision_of(verdict);
    const auto id = &domain::Suggestion::order_id;
    if (support_case.decision == decision &&
        std::ranges::equal(support_case.suggestions, suggestions, {}, id, id))
        return;
    support_case.decision = decision;
    support_case.suggestions = std::move(suggestions);
    support_case.decided_by = "hub";
    if (decision == Decision::linked) {
        support_case.order_id = support_case.suggestions.front().order_id;
        const auto order = work.order(support_case.order_id);
        if (order) return set_link(work, support_case, *order);
    }
    work.save(support_case);
    work.journal(decision == Decision::suggested ? "case.suggested" : "case.undecided", {},
                 support_case.id, evidence_of(support_case));
}

void link_waiting_cases(const Work& work, const domain::Order& order) {
    const std::string email = linking::normal_email(order.customer.email);
    if (email.empty()) return;
    for (const CaseRow& row : work.state.find_cases({.text = email, .limit = 20})) {
        if (row.decision == "linked" || row.state == "closed") continue;
        domain::Case waiting = decode_case(row.document);
        link(work, waiting);
    }
}

Result<void> apply_case_record(const Work& work, std::string_view connector,
                               std::string_view json) {
    auto shown = read_case_record(json);
    if (!shown) return std::unexpected(std::move(shown).error());
    const auto row = work.state.case_by_source(connector, shown->external_id);
    if (!row) {
        shown->id = work.id("cs");
        shown->connector = connector;
        work.save(*shown);
        work.journal("case.imported", {}, shown->id, {{"subject", shown->subject}});
        link(work, *shown);
        return {};
    }
    domain::Case known = decode_case(row->document);
    if (shown->observed_at < known.observed_at) return {};
    const domain::Case before = known;
    take_over(known, *std::move(shown));
    if (says_the_same(before, known)) return {};
    work.save(known);
    work.journal("case.updated", known.order_id, known.id, {{"state", known.state}});
    link(work, known);
    return {};
}

Result<boost::json::object> Service::link_case(State& state, const Request& request,
                                               std::string_view case_id,
                                               std::string_view order_id) const {
    const Work work{state, request, settings_};
    auto support_case = work.support_case(case_id);
    if (!support_case) return std::unexpected(std::move(support_case).error());
    const auto order = work.order(order_id);
    if (!order) return std::unexpected(order.error());
    support_case->decided_by = request.actor;
    support_case->suggestions = {{order->id, order->number, 100, {"linked by " + request.actor}}};
    set_link(work, *support_case, *order);
    return case_(state, case_id);
}

Result<boost::json::object> Service::unlink_case(State& state, const Request& request,
                                                 std::string_view case_id) const {
    const Work work{state, request, settings_};
    auto support_case = work.support_case(case_id);
    if (!support_case) return std::unexpected(std::move(support_case).error());
    const std::string before = support_case->order_id;
    support_case->decision = Decision::none;
    support_case->decided_by = request.actor;
    support_case->order_id.clear();
    support_case->suggestions.clear();
    work.save(*support_case);
    work.journal("case.unlinked", before, case_id, {});
    return case_(state, case_id);
}

}  // namespace orderhub::servicing
