// What an erasure does to the person's orders, cases and to the customer.
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/erasure/anonymise.hpp"
#include "hub/servicing/erasure/progress.hpp"
#include "hub/servicing/linking/matching.hpp"

namespace orderhub::servicing {

namespace {

constexpr std::uint32_t kOrdersAtOnce = 5;
constexpr std::uint32_t kCasesAtOnce = 20;
constexpr std::uint32_t kCasesOfOrder = 200;
constexpr std::uint32_t kMostIdentities = 1'000;

/// What came after the request is no part of it.
bool is_older(const ErasureWork& work, std::int64_t began) {
    return began < work.row.started_at;
}

std::vector<OrderRow> next_orders(const ErasureWork& work) {
    auto rows = work.work.state.find_orders({.before_id = work.progress.after,
                                             .limit = kOrdersAtOnce,
                                             .customer_id = work.row.customer_id});
    if (!rows.empty()) work.progress.after = rows.back().id;
    return rows;
}

std::vector<CaseRow> next_cases(const ErasureWork& work) {
    auto rows = work.work.state.find_cases({.before_id = work.progress.after,
                                            .limit = kCasesAtOnce,
                                            .customer_id = work.row.customer_id});
    if (!rows.empty()) work.progress.after = rows.back().id;
    return rows;
}

void count_kept(Counts& kept, const domain::Order& order) {
    const auto add = [&](const char* what, std::size_t count) {
        kept[what] += static_cast<std::int64_t>(count);
    };
    add("orders", 1);
    add("payments", order.payments.size());
    add("refunds", order.refunds.size());
    add("credit_memos", order.credit_memos.size());
    add("invoices", order.invoices.size());
}

void erase_case(const ErasureWork& work, const std::string& id) {
    auto support_case = work.work.support_case(id);
    if (!support_case ||
        work.erasure.erased_at(support_case->connector, "case", support_case->external_id) != 0)
        return;
    ++work.progress.erased["cases"];
    if (work.row.dry_run) return;
    anonymise(*support_case);
    work.erasure.mark_erased(support_case->connector, "case", support_case->external_id,
                             work.row.started_at);
    work.work.save(*support_case);
    work.work.journal("case.anonymised", {}, support_case->id, {{"erasure", work.row.id}});
}

/// A case of another customer about the person's order: it may be he under another address. Who has
/// nothing left but that goes with it.
void erase_case_of_other(const ErasureWork& work, const CaseRow& row) {
    erase_case(work, row.id);
    if (row.customer_id.empty()) return;
    const auto counts = work.work.state.customer_counts(row.customer_id);
    if (counts.orders + counts.cases != (work.row.dry_run ? 1 : 0)) return;
    ++work.progress.erased["other_customers"];
    if (work.row.dry_run) return;
    for (const auto& each : work.work.state.identities(row.customer_id, kMostIdentities))
        work.erasure.mark_identity_erased(each.key, work.row.started_at);
    work.erasure.forget_customer(row.customer_id, true);
}

void erase_order(const ErasureWork& work, const Redaction& redaction, const std::string& id) {
    auto order = work.work.order(id);
    if (!order) return;
    ++work.progress.erased["orders"];
    count_kept(work.progress.kept, *order);
    if (!work.row.dry_run) {
        work.erasure.forget_order_keys(order->id, match_keys(*order, work.work.settings.linking));
        anonymise(*order, redaction);
        work.erasure.mark_erased(order->connector, "order", order->external_id,
                                 work.row.started_at);
        work.work.save(*order);
        work.work.journal("order.anonymised", *order, {{"erasure", work.row.id}});
    }
    for (const auto& row : work.work.state.find_cases({.order_id = id, .limit = kCasesOfOrder}))
        if (row.customer_id != work.row.customer_id) erase_case_of_other(work, row);
}

}  // namespace

bool collect_orders(const ErasureWork& work) {
    const auto rows = next_orders(work);
    for (const OrderRow& row : rows) {
        const domain::Order order = decode_order(row.document);
        if (!is_older(work, order.placed_at)) continue;
        work.progress.data.add(order);
        for (const CaseRow& about :
             work.work.state.find_cases({.order_id = row.id, .limit = kCasesOfOrder}))
            work.progress.data.ids.insert(
                {about.id, record_name(about.connector, "case", about.external_id)});
    }
    return rows.size() < kOrdersAtOnce;
}

bool collect_cases(const ErasureWork& work) {
    const auto rows = next_cases(work);
    for (const CaseRow& row : rows) {
        const domain::Case support_case = decode_case(row.document);
        if (is_older(work, support_case.created_at)) work.progress.data.add(support_case);
    }
    return rows.size() < kCasesAtOnce;
}

bool erase_orders(const ErasureWork& work) {
    const Redaction redaction(work.progress.data);
    const auto rows = next_orders(work);
    for (const OrderRow& row : rows)
        if (redaction.is_his(row.id)) erase_order(work, redaction, row.id);
    return rows.size() < kOrdersAtOnce;
}

bool erase_cases(const ErasureWork& work) {
    const auto rows = next_cases(work);
    for (const CaseRow& row : rows)
        if (work.progress.data.ids.contains(row.id)) erase_case(work, row.id);
    return rows.size() < kCasesAtOnce;
}

bool erase_customer(const ErasureWork& work) {
    const auto& id = work.row.customer_id;
    auto& erased = work.progress.erased;
    erased["identities"] +=
        static_cast<std::int64_t>(work.work.state.identities(id, kMostIdentities).size());
    erased["aliases"] += static_cast<std::int64_t>(work.erasure.mailboxes_of(id).size());
    if (work.row.dry_run) return true;
    // Who has ordered or written since then is a customer again, of whom only that is known.
    const auto counts = work.work.state.customer_counts(id);
    work.erasure.forget_customer(id, counts.orders + counts.cases == 0);
    return true;
}

}  // namespace orderhub::servicing
