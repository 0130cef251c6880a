// Every figure of an order as text, to compare two and to show one.
#include <fmt/format.h>

#include <iterator>

#include "hub/domain/words.hpp"
#include "tests/domain/engine/engine.hpp"

namespace orderhub::domain {

namespace {

class Figures {
public:
    template <class... Args>
    void line(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
        text_.push_back('\n');
    }

    void amount(std::string_view of, const Amount& amount, const std::vector<Tax>& taxes) {
        line("  {} {} {} {}", of, amount.ex.count(), amount.tax.count(), amount.inc.count());
        for (const Tax& tax : taxes)
            line("    {} {} {}", tax.label, tax.rate, tax.amount.count());
    }

    void pool(const Pool& pool) {
        line("  pool {} taken {}", pool.units, pool.taken);
        amount("of", pool.amount, pool.taxes);
    }

    void of(const Line& each) {
        line(
            "{} {} {} ordered {} cancelled {} allocated {} fulfilled {} initiated {} returned {} "
            "reshipped {} seen {} {}",
            each.id, to_text(each.kind), each.bundle, each.ordered, each.cancelled, each.allocated,
            each.fulfilled, each.return_initiated, each.returned, each.reshipped,
            each.seen_quantity, each.seen_total.inc.count());
        amount("original", each.original, {});
        for (const Pool& part : each.pools)
            pool(part);
    }

    void of(const ChangeOrder& each) {
        line("change {} {} {} {} {} {}", each.id, to_text(each.kind), to_text(each.stage),
             each.origin, each.reason, each.money.count());
        for (const ChangeLine& part : each.lines)
            amount(part.line_id + " " + std::to_string(part.quantity), part.delta, part.taxes);
    }

    void of(const Payment& each) {
        line("payment {} {} {} {}", each.external_id, each.method, to_text(each.state),
             each.amount.count());
        for (const PaymentOperation& part : each.operations)
            line("  {} {} {} {}", part.id, to_text(part.kind), part.amount.count(),
                 to_text(part.state));
    }

    void of(const Refund& each) {
        line("refund {} {} {} {} {} {} {} {}", each.id, each.payment, each.operation,
             each.amount.count(), to_text(each.kind), to_text(each.state), each.replaces,
             each.order);
    }

    void of(const Fulfilment& each) {
        line("fulfilment {} {} {}", each.id, to_text(each.kind), to_text(each.state));
        for (const FulfilmentLine& part : each.lines)
            line("  {} {}", part.line_id, part.quantity);
    }

    void of(const ReturnOrder& each) {
        line("return order {} {} {} {}", each.id, to_text(each.state), each.fees.size(),
             each.exchange_order);
        for (const ReturnLine& part : each.lines) {
            line("  {} {} {} {} {} {} {}", part.id, part.line_id, part.expected, part.received,
                 part.accepted, part.rejected, part.condition);
            pool(part.held);
        }
    }

    void of(const Document& each) {
        line("document {}", each.id);
        amount("total", each.total, {});
        for (const DocumentLine& part : each.lines)
            amount(part.name + " " + std::to_string(part.quantity), part.total, part.taxes);
    }

    void of(const ProcessException& each) {
        line("exception {} {} {} {}", each.id, each.code, each.subject, to_text(each.state));
    }

    template <class List>
    void all(const List& list) {
        for (const auto& each : list)
            of(each);
    }

    std::string take() { return fmt::to_string(text_); }

private:
    fmt::memory_buffer text_;
};

}  // namespace

std::string figures(const Order& order) {
    Figures figures;
    figures.line("{} {} {} {}", order.currency.code,
                 order.tax_locale == TaxLocale::net ? "net" : "gross",
                 order.managed ? "managed" : "unmanaged", order.storefront_totals.inc.count());
    figures.all(order.lines);
    figures.all(order.change_orders);
    figures.all(order.payments);
    figures.all(order.refunds);
    figures.all(order.fulfilments);
    figures.all(order.return_orders);
    figures.all(order.credit_memos);
    figures.all(order.invoices);
    figures.all(order.exceptions);
    return figures.take();
}

}  // namespace orderhub::domain
