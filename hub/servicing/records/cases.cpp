// Cases: what the desk says, and which order they are about.
#include <algorithm>

#include "hub/domain/status.hpp"
#include "hub/linking/match.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/records/records.hpp"

namespace orderhub::servicing {

namespace {

using domain::Decision;

void add_candidates(const std::vector<OrderRow>& rows, bool named,
                    std::vector<linking::Candidate>& candidates) {
    for (const OrderRow& row : rows) {
        const auto known = std::ranges::find(candidates, row.id, &linking::Candidate::order_id);
        if (known == candidates.end())
            candidates.push_back({row.id, row.number, row.email, row.status == "cancelled", named});
        else
            known->named = known->named || named;
    }
}

std::vector<OrderRow> orders_numbered(State& state, const std::string& number) {
    std::vector<OrderRow> rows = state.find_orders({.text = number, .limit = 5});
    std::erase_if(rows, [&](const OrderRow& row) { return row.number != number; });
    return rows;
}

std::vector<linking::Candidate> candidates_for(State& state, const domain::Case& support_case) {
    std::vector<linking::Candidate> candidates;
    for (const std::string& word : linking::possible_numbers(support_case)) {
        add_candidates(orders_numbered(state, word), true, candidates);
        std::string upper = word;
        for (char& c : upper)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (upper != word) add_candidates(orders_numbered(state, upper), true, candidates);
    }
    const std::string email = linking::normal_email(support_case.requester.email);
    if (!email.empty())
        add_candidates(state.find_orders({.text = email, .limit = 20}), false, candidates);
    return candidates;
}

bool same(const domain::Case& before, const linking::Verdict& verdict) {
    return before.decision == verdict.decision && before.order_id == verdict.order_id &&
           std::ranges::equal(before.suggestions, verdict.suggestions, {},
                              &domain::Suggestion::order_id, &domain::Suggestion::order_id);
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
    linking::Verdict verdict =
        linking::decide(support_case, candidates_for(work.state, support_case));
    if (same(support_case, verdict)) return;
    support_case.decision = verdict.decision;
    support_case.suggestions = std::move(verdict.suggestions);
    support_case.decided_by = "hub";
    if (verdict.decision == Decision::linked) {
        const auto order = work.order(verdict.order_id);
        if (order) return set_link(work, support_case, *order);
    }
    work.save(support_case);
    work.journal(verdict.decision == Decision::suggested ? "case.suggested" : "case.undecided", {},
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
