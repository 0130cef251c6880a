// What an action needs from outside systems, found in what its plan has added to the orders.
#include <algorithm>

#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/progress/money_moves.hpp"

namespace orderhub::servicing {

namespace {

class Finder {
public:
    Finder(const Work& work, Prepared& prepared) : work_(work), prepared_(prepared) {}

    Result<void> run() {
        ORDERHUB_TRY(cancels());
        ORDERHUB_TRY(refunds());
        ORDERHUB_TRY(documents(&domain::Order::credit_memos, "credit_memo.post"));
        ORDERHUB_TRY(documents(&domain::Order::invoices, "invoice.post"));
        ORDERHUB_TRY(operations());
        ORDERHUB_TRY(fulfilments(0));
        if (prepared_.plan.exchange) ORDERHUB_TRY(fulfilments(1));
        for (std::size_t i = 0; i < prepared_.others.size(); ++i)
            ORDERHUB_TRY(fulfilments(i + 2));
        return {};
    }

private:
    bool can(const std::string& connector, std::string_view kind) const {
        return !connector.empty() && work_.settings.can_execute(connector, kind);
    }

    /// Better said before than parked after.
    Result<void> need(Effect effect) {
        if (!can(effect.connector, effect.kind))
            return fail(ErrorKind::Unavailable, "no_connector",
                        "no configured connector can carry out " + effect.kind);
        prepared_.effects.push_back(std::move(effect));
        return {};
    }

    Result<void> cancels() {
        const domain::Order& order = prepared_.plan.order;
        for (std::size_t i = 0; i < order.change_orders.size(); ++i) {
            const domain::ChangeOrder& change = order.change_orders[i];
            if (change.id.empty() && change.kind == domain::ChangeKind::cancel &&
                change.echo == domain::Echo::expected)
                ORDERHUB_TRY(need({"order.cancel", order.connector, 0, i}));
        }
        return {};
    }

    Result<void> refunds() {
        for (std::size_t i = 0; i < prepared_.plan.order.refunds.size(); ++i) {
            const domain::Refund& refund = prepared_.plan.order.refunds[i];
            if (!refund.id.empty() || refund.state != domain::MoneyState::intent ||
                refund.kind == domain::RefundKind::transfer)
                continue;
            const auto holder = holder_of(work_, prepared_, 0, refund.payment);
            if (!holder) return std::unexpected(holder.error());
            if (was_recorded(holder->payment)) continue;  // a person gives it back
            const domain::Order& giver = prepared_.at(holder->order);
            ORDERHUB_TRY(
                need({"refund.create", mover_of(work_.settings, giver, holder->payment), 0, i}));
        }
        return {};
    }

    Result<void> documents(std::vector<domain::Document> domain::Order::* list,
                           std::string_view kind) {
        const auto& documents = prepared_.plan.order.*list;
        for (std::size_t i = 0; i < documents.size(); ++i)
            if (documents[i].id.empty())
                ORDERHUB_TRY(need({std::string(kind), work_.settings.route(kind), 0, i}));
        return {};
    }

    Result<void> operations() {
        const domain::Order& order = prepared_.plan.order;
        for (std::size_t i = 0; i < order.payments.size(); ++i)
            for (std::size_t k = 0; k < order.payments[i].operations.size(); ++k) {
                const domain::PaymentOperation& operation = order.payments[i].operations[k];
                if (!operation.id.empty() || operation.state != domain::MoneyState::intent)
                    continue;
                const bool captures = operation.kind == domain::OperationKind::capture;
                ORDERHUB_TRY(need({captures ? "payment.capture" : "payment.reverse",
                                   mover_of(work_.settings, order, order.payments[i].external_id),
                                   0, i, k}));
            }
        return {};
    }

    Result<void> fulfilments(std::size_t index) {
        const domain::Order& order = prepared_.at(index);
        for (std::size_t i = 0; i < order.fulfilments.size(); ++i) {
            const domain::Fulfilment& each = order.fulfilments[i];
            if (is_asked_for(each))
                ORDERHUB_TRY(ask_for(order, index, i));
            else if (index == 0 && is_under_way(each))
                return fail(ErrorKind::Conflict, "under_way",
                            "whoever is to send it has not answered yet: try again once the step "
                            "is done",
                            "/fulfilment");
            else if (index == 0 && has_moved(each) && can(order.connector, "fulfilment.update"))
                prepared_.effects.push_back({"fulfilment.update", order.connector, 0, i});
        }
        return {};
    }

    const domain::Fulfilment* before(const domain::Fulfilment& fulfilment) const {
        const auto& list = prepared_.before.fulfilments;
        const auto found = std::ranges::find(list, fulfilment.id, &domain::Fulfilment::id);
        return fulfilment.id.empty() || found == list.end() ? nullptr : &*found;
    }

    bool is_asked_for(const domain::Fulfilment& each) const {
        if (each.state != domain::FulfilmentState::pending || !each.key.empty() ||
            !each.external_id.empty())
            return false;
        const domain::Fulfilment* earlier = before(each);
        return each.id.empty() ||
               (earlier != nullptr && earlier->state == domain::FulfilmentState::draft);
    }

    /// Ordinary fulfilments that no connector takes are kept by hand.
    Result<void> ask_for(const domain::Order& order, std::size_t index, std::size_t part) {
        const bool required = order.fulfilments[part].kind == domain::FulfilmentKind::reship ||
                              is_exchange_order(order);
        if (!required && !can(order.connector, "fulfilment.create")) return {};
        return need({"fulfilment.create", order.connector, index, part});
    }

    /// Asked for, not confirmed, and yet to be moved: it has no name there to move it by.
    bool is_under_way(const domain::Fulfilment& each) const {
        const domain::Fulfilment* earlier = before(each);
        return earlier != nullptr && !each.key.empty() && each.external_id.empty() &&
               earlier->state != each.state && was_sent(each.key);
    }

    bool was_sent(const std::string& key) const {
        const auto steps = work_.state.steps(prepared_.before.id);
        return std::ranges::any_of(
            steps, [&](const StepRow& step) { return step.key == key && step.state != "dropped"; });
    }

    bool has_moved(const domain::Fulfilment& each) const {
        const domain::Fulfilment* earlier = before(each);
        return earlier != nullptr && !each.external_id.empty() &&
               (earlier->state != each.state || earlier->carrier != each.carrier ||
                earlier->tracking_number != each.tracking_number) &&
               each.state >= domain::FulfilmentState::shipped;
    }

    const Work& work_;
    Prepared& prepared_;
};

}  // namespace

Result<void> find_effects(const Work& work, Prepared& prepared) {
    return Finder(work, prepared).run();
}

}  // namespace orderhub::servicing
