// A plan put into the store: ids, keys and numbers for what is new, and the commands on their way.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "hub/domain/status.hpp"
#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/codec/described.hpp"
#include "hub/servicing/progress/money_moves.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

class Execution {
public:
    Execution(const Work& work, Prepared& prepared)
        : work_(work), prepared_(prepared), action_id_(work.id("ac")) {}

    std::string run() {
        open_exchange();
        name_all(prepared_.plan.order);
        if (prepared_.plan.exchange) name_all(*prepared_.plan.exchange);
        for (domain::Order& other : prepared_.others)
            name_all(other);
        give_fulfilment_keys();
        name_movers();
        reserve_refunds();
        update_copies();
        prepared_.plan.order.actions.push_back(
            {action_id_, std::string(domain::to_text(prepared_.plan.action)), work_.request.actor,
             prepared_.reason, work_.request.now_ms, false, subject()});
        send_all();
        announce_if_done(work_, prepared_.plan.order, action_id_);
        store();
        return action_id_;
    }

private:
    /// Names whatever the action has added. True if it was new.
    template <class Part>
    bool name(Part& part, std::string_view prefix) const {
        if (!part.id.empty()) return false;
        part.id = work_.id(prefix);
        if constexpr (requires { part.action_id; }) part.action_id = action_id_;
        return true;
    }

    std::string number(const std::string& prefix, const char* series) const {
        return fmt::format("{}{:06}", prefix, work_.state.next_number(series));
    }

    void open_exchange() {
        if (!prepared_.plan.exchange) return;
        domain::Order& order = prepared_.plan.order;
        domain::Order& exchange = *prepared_.plan.exchange;
        const auto all = std::ranges::count(order.related, domain::Relation::exchange,
                                            &domain::RelatedOrder::relation);
        exchange.id = work_.id("os");
        exchange.number = fmt::format("{}-X{}", order.number, all);
        exchange.external_id += exchange.id;
        for (domain::RelatedOrder& each : order.related)
            if (each.order_id.empty())
                each = {domain::Relation::exchange, exchange.id, exchange.number};
    }

    /// Where transferred money went.
    std::string receiver() const {
        if (prepared_.plan.exchange) return prepared_.plan.exchange->id;
        return prepared_.plan.transfers.empty() ? std::string()
                                                : prepared_.plan.transfers.front().order_id;
    }

    void name_refund(domain::Refund& refund) const {
        if (!name(refund, "rf")) return;
        refund.key = refund.id;
        if (refund.origin.empty()) refund.origin = "hub";
        if (refund.state == domain::MoneyState::intent) refund.state = domain::MoneyState::reserved;
        if (refund.kind == domain::RefundKind::transfer) refund.order = receiver();
    }

    void name_payment(domain::Payment& payment) const {
        for (domain::PaymentOperation& operation : payment.operations) {
            if (!name(operation, "po")) continue;
            operation.key = operation.id;
            if (operation.state == domain::MoneyState::intent)
                operation.state = domain::MoneyState::reserved;
        }
    }

    void name_return(domain::ReturnOrder& each) const {
        if (!name(each, "ro")) return;
        each.number = number(work_.settings.return_prefix, "return");
        if (prepared_.plan.exchange) each.exchange_order = prepared_.plan.exchange->id;
    }

    void name_documents(const domain::Order& order, std::vector<domain::Document>& documents,
                        bool memo) const {
        for (domain::Document& document : documents) {
            if (!name(document, memo ? "cm" : "in")) continue;
            document.key = document.id;
            document.number = memo ? number(work_.settings.credit_memo_prefix, "credit_memo")
                                   : number(work_.settings.invoice_prefix, "invoice");
            for (const domain::ChangeOrder& change : order.change_orders) {
                const bool fee = change.kind == domain::ChangeKind::fee;
                const bool covered = memo ? !fee && change.stage == domain::Stage::post : fee;
                if (change.action_id == action_id_ && covered)
                    document.change_orders.push_back(change.id);
            }
        }
    }

    void name_all(domain::Order& order) const {
        for (domain::ChangeOrder& change : order.change_orders)
            if (name(change, "co")) change.key = change.id;
        for (domain::Refund& refund : order.refunds)
            name_refund(refund);
        for (domain::Payment& payment : order.payments)
            name_payment(payment);
        for (domain::ReturnOrder& each : order.return_orders)
            name_return(each);
        for (domain::Fulfilment& fulfilment : order.fulfilments)
            if (name(fulfilment, "fo") && fulfilment.origin.empty()) fulfilment.origin = "hub";
        for (domain::ProcessException& exception : order.exceptions)
            name(exception, "px");
        name_documents(order, order.credit_memos, true);
        name_documents(order, order.invoices, false);
    }

    void give_fulfilment_keys() {
        for (const Effect& effect : prepared_.effects)
            if (effect.kind == "fulfilment.create") {
                auto& fulfilment = prepared_.at(effect.order).fulfilments.at(effect.part);
                fulfilment.key = fulfilment.id;
            }
    }

    void name_movers() {
        domain::Order& order = prepared_.plan.order;
        for (const Effect& effect : prepared_.effects)
            if (effect.kind == "refund.create" && effect.connector != order.connector)
                order.refunds.at(effect.part).connector = effect.connector;
    }

    bool is_asked_for(std::size_t refund) const {
        return std::ranges::any_of(prepared_.effects, [&](const Effect& effect) {
            return effect.kind == "refund.create" && effect.part == refund;
        });
    }

    void reserve_refunds() {
        domain::Order& order = prepared_.plan.order;
        for (std::size_t i = prepared_.before.refunds.size(); i < order.refunds.size(); ++i) {
            if (order.refunds[i].kind == domain::RefundKind::transfer) continue;
            if (!is_asked_for(i)) {
                order.refunds[i].state = domain::MoneyState::pending;
                ask_for_refund_by_hand(order, order.refunds[i], work_.request.now_ms);
            }
            // The orders behind it were loaded when the effects were found.
            if (!mirror_refund(work_, prepared_, 0, order.refunds[i]))
                throw std::logic_error("an order that money came from is gone");
        }
    }

    /// Copies of refunds that a person has just given back by hand.
    void update_copies() const {
        const auto& before = prepared_.before.refunds;
        for (std::size_t i = 0; i < before.size(); ++i)
            if (before[i].state != prepared_.plan.order.refunds[i].state)
                update_mirrored(work_, prepared_.plan.order, prepared_.plan.order.refunds[i]);
    }

    /// Of an action that opens a return order or a fulfilment: that one.
    std::string subject() const {
        const domain::Plan& plan = prepared_.plan;
        const auto is_ours = [&](const auto& each) { return each.action_id == action_id_; };
        const auto opened = std::ranges::find_if(plan.order.return_orders, is_ours);
        if (opened != plan.order.return_orders.end()) return opened->id;
        const auto made = std::ranges::find_if(plan.order.fulfilments, is_ours);
        return made == plan.order.fulfilments.end() ? plan.subject : made->id;
    }

    void send_all() {
        for (const Effect& effect : prepared_.effects)
            if (!waits_for_cancel(prepared_, effect))
                send_effect(work_, prepared_, effect, action_id_);
    }

    void store() {
        domain::Order& order = prepared_.plan.order;
        work_.save(order);
        const domain::Amount delta = domain::total(order) - prepared_.plan.before;
        work_.journal("action.submitted", order,
                      {{"action_id", action_id_},
                       {"action", domain::to_text(prepared_.plan.action)},
                       {"delta", amount_json(delta, order.currency)},
                       {"reason", prepared_.reason}});
        if (prepared_.plan.exchange) {
            work_.save(*prepared_.plan.exchange);
            work_.journal("order.opened", *prepared_.plan.exchange,
                          {{"action_id", action_id_}, {"exchanged_order", order.id}});
        }
        for (domain::Order& other : prepared_.others) {
            work_.save(other);
            work_.journal("money.moved", other, {{"action_id", action_id_}, {"order", order.id}});
        }
    }

    const Work& work_;
    Prepared& prepared_;
    std::string action_id_;
};

}  // namespace

std::string carry_out(const Work& work, Prepared& prepared) {
    return Execution(work, prepared).run();
}

}  // namespace orderhub::servicing
