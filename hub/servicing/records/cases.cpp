// Cases: what the desk says, and which order they are about.
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/records/records.hpp"

namespace orderhub::servicing {

namespace {

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
    shown.further_orders = known.further_orders;
    shown.rejected_orders = known.rejected_orders;
    shown.shown_digest = known.shown_digest;
    shown.showing = known.showing;
    shown.shown_at = known.shown_at;
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

}  // namespace orderhub::servicing
