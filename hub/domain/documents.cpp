#include "hub/domain/documents.hpp"

#include <algorithm>

#include "hub/domain/units.hpp"

namespace orderhub::domain {

namespace {

void add_line(Document& document, const Line& line, ChangeLine part) {
    DocumentLine entry;
    entry.kind = line.kind;
    entry.sku = line.sku;
    entry.name = line.name;
    entry.quantity = std::max<std::int64_t>(1, part.quantity);
    entry.total = part.delta;
    entry.taxes = std::move(part.taxes);
    document.total += entry.total;
    document.lines.push_back(std::move(entry));
}

bool has_line(const Fulfilment& fulfilment, const ChangeOrder& change) {
    return std::ranges::any_of(fulfilment.lines, [&](const FulfilmentLine& part) {
        return std::ranges::any_of(
            change.lines, [&](const ChangeLine& each) { return each.line_id == part.line_id; });
    });
}

void refer_to_fulfilments(Document& document, const Order& order, const ChangeOrder& change) {
    for (const Fulfilment& each : order.fulfilments) {
        const bool left =
            each.state == FulfilmentState::shipped || each.state == FulfilmentState::delivered;
        const bool known =
            std::ranges::find(document.fulfilments, each.id) != document.fulfilments.end();
        if (left && !known && !each.id.empty() && has_line(each, change))
            document.fulfilments.push_back(each.id);
    }
}

}  // namespace

void add_documents(Order& order, const std::string& reason, std::int64_t now) {
    Document memo, invoice;
    memo.reason = invoice.reason = reason;
    memo.at = invoice.at = now;
    const auto lines = index_of_lines(order);
    for (const ChangeOrder& change : order.change_orders) {
        if (!change.id.empty()) continue;
        const bool is_fee = change.kind == ChangeKind::fee;
        const bool on_memo = !is_fee && change.stage == Stage::post && change.delta.inc < Minor{};
        if (!is_fee && !on_memo) continue;
        Document& document = is_fee ? invoice : memo;
        for (const ChangeLine& part : change.lines)
            add_line(document, order.lines[lines.at(part.line_id)], is_fee ? part : -part);
        if (on_memo) refer_to_fulfilments(document, order, change);
    }
    if (!memo.lines.empty()) order.credit_memos.push_back(std::move(memo));
    if (!invoice.lines.empty()) order.invoices.push_back(std::move(invoice));
}

}  // namespace orderhub::domain
