// A plan as preview and submit show it. Whatever is new in the plan's order has no id yet.
#include <algorithm>

#include "hub/domain/exchange.hpp"
#include "hub/domain/payments.hpp"
#include "hub/domain/status.hpp"
#include "hub/domain/units.hpp"
#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

template <class Parts, class View>
json::array new_ones(const Parts& parts, View view) {
    json::array views;
    for (const auto& part : parts)
        if (part.id.empty()) views.push_back(view(part));
    return views;
}

class PlanView {
public:
    explicit PlanView(const Prepared& prepared)
        : prepared_(prepared), plan_(prepared.plan), order_(prepared.plan.order) {}

    json::object build() const {
        json::object view{
            {"action", domain::to_text(plan_.action)},
            {"order_version", prepared_.before.version},
            {"currency", order_.currency.code},
            {"reason", prepared_.reason},
            {"subject", plan_.subject},
            {"totals",
             {{"before", amount_json(plan_.before, order_.currency)},
              {"after", amount_json(domain::total(order_), order_.currency)},
              {"change", amount_json(domain::total(order_) - plan_.before, order_.currency)}}},
            {"money", money()}};
        view["change_orders"] = new_ones(
            order_.change_orders,
            [&](const domain::ChangeOrder& change) { return change_core(change, order_); });
        view["refunds"] = refunds();
        view["credit_memo"] = document(order_.credit_memos);
        view["invoice"] = document(order_.invoices);
        view["fulfilments"] = fulfilments();
        view["return_order"] = return_order();
        view["payment_operations"] = operations();
        view["transfers"] = transfers();
        view["exchange"] = exchange();
        view["steps"] = steps();
        return view;
    }

private:
    std::string text(domain::Minor amount) const {
        return domain::to_decimal(amount, order_.currency);
    }

    json::object money() const {
        domain::Minor refund;
        for (const domain::Refund& each : order_.refunds)
            if (is_new(each)) refund += each.amount;
        return {{"refund", text(refund)},
                {"captured", text(domain::captured(order_))},
                {"refunded", text(domain::refunded(order_))},
                {"excess", text(domain::excess_funds(order_))},
                {"balance_due", text(domain::balance_due(order_))}};
    }

    /// Money that goes back to the customer.
    static bool is_new(const domain::Refund& refund) {
        return refund.id.empty() && refund.kind != domain::RefundKind::transfer;
    }

    json::array refunds() const {
        json::array views;
        for (const domain::Refund& each : order_.refunds)
            if (is_new(each))
                views.push_back({{"payment", each.payment},
                                 {"operation", each.operation},
                                 {"amount", text(each.amount)},
                                 {"kind", word(each.kind)}});
        return views;
    }

    json::value document(const std::vector<domain::Document>& documents) const {
        const auto found = std::ranges::find(documents, std::string(), &domain::Document::id);
        if (found == documents.end()) return nullptr;
        json::object record = document_record(order_, *found);
        return json::object{{"totals", record["totals"]}, {"lines", record["lines"]}};
    }

    json::array fulfilments() const {
        json::array views;
        for (const domain::Fulfilment& each : order_.fulfilments)
            if (each.id.empty() || each.id == plan_.subject)
                views.push_back({{"kind", word(each.kind)},
                                 {"state", word(each.state)},
                                 {"lines", fulfilment_lines(each)},
                                 {"carrier", each.carrier},
                                 {"tracking_number", each.tracking_number}});
        return views;
    }

    json::value return_order() const {
        for (const domain::ReturnOrder& each : order_.return_orders)
            if (each.id.empty() || each.id == plan_.subject)
                return json::object{{"state", word(each.state)},
                                    {"lines", return_lines_view(each)}};
        return nullptr;
    }

    json::array operations() const {
        json::array views;
        for (const domain::Payment& payment : order_.payments)
            for (const domain::PaymentOperation& each : payment.operations)
                if (each.id.empty())
                    views.push_back({{"payment", payment.external_id},
                                     {"kind", word(each.kind)},
                                     {"amount", text(each.amount)}});
        return views;
    }

    json::array transfers() const {
        json::array views;
        for (const domain::Transfer& each : plan_.transfers)
            views.push_back({{"payment", each.payment}, {"amount", text(each.amount)}});
        return views;
    }

    json::value exchange() const {
        if (!plan_.exchange) return nullptr;
        const domain::Order& exchange = *plan_.exchange;
        json::array lines, payments;
        for (const domain::Line& line : exchange.lines)
            lines.push_back({{"sku", line.sku},
                             {"name", line.name},
                             {"quantity", line.ordered},
                             {"unit_price", amount_json(line.unit_price, exchange.currency)},
                             {"total", amount_json(line.original, exchange.currency)},
                             {"taxes", taxes_view(domain::taxes_left(line, exchange.tax_locale),
                                                  exchange.currency)}});
        for (const domain::Payment& payment : exchange.payments)
            payments.push_back({{"payment", payment.source_payment},
                                {"method", payment.method},
                                {"amount", text(payment.amount)}});
        return json::object{{"lines", std::move(lines)},
                            {"totals", amount_json(domain::total(exchange), exchange.currency)},
                            {"payments", std::move(payments)},
                            {"balance_due", text(domain::balance_due(exchange))}};
    }

    json::array steps() const {
        json::array views;
        for (const Effect& effect : prepared_.effects)
            views.emplace_back(effect.kind);
        return views;
    }

    const Prepared& prepared_;
    const domain::Plan& plan_;
    const domain::Order& order_;
};

}  // namespace

json::object plan_view(const Prepared& prepared) {
    return PlanView(prepared).build();
}

}  // namespace orderhub::servicing
