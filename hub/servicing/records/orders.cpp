// Orders: what their storefront shows.
#include "hub/domain/snapshot.hpp"
#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/records/records.hpp"

namespace orderhub::servicing {

namespace {

/// Whether a snapshot left everything as it was. Then nothing is saved: an echo must not make an
/// agent's preview stale.
bool nothing_changed(domain::Order before, const domain::Order& after) {
    before.observed_at = after.observed_at;
    return encode(before) == encode(after);
}

}  // namespace

Result<void> apply_order_record(const Work& work, std::string_view connector,
                                std::string_view json) {
    const auto snapshot = read_order_record(json);
    if (!snapshot) return std::unexpected(snapshot.error());
    if (is_exchange_order(snapshot->external_id))
        return fail(ErrorKind::Invalid, "invalid_record", "only the hub makes such orders",
                    "/source/external_id");
    const auto row = work.state.order_by_source(connector, snapshot->external_id);
    domain::Order order;
    if (row) {
        order = decode_order(row->document);
        if (order.currency != snapshot->currency)
            return fail(ErrorKind::Invalid, "currency_changed",
                        "the order is in " + order.currency.code + ", the record in " +
                            snapshot->currency.code,
                        "/currency");
    } else {
        order.id = work.id("os");
        order.connector = connector;
    }
    const domain::Order before = order;
    const auto happenings = domain::apply_snapshot(order, *snapshot);
    if (row && nothing_changed(before, order)) return {};
    tell_mirrored(work, before, order);
    announce_all_done(work, order);
    const std::vector<std::int64_t> keys = work.save(order);
    // Every version has an event: who comes too late is told what it was.
    if (happenings.empty())
        work.journal("order.updated", order, {{"text", "the storefront shows it differently"}});
    for (const domain::Happening& each : happenings)
        work.journal(each.type, order, {{"subject", each.subject}, {"text", each.text}});
    if (!row) {
        link_waiting_cases(work, keys);
        forward(work, order);
    }
    return {};
}

}  // namespace orderhub::servicing
