// Money that came from another order by an exchange still lies with that order's payment. A refund
// of it is stored twice, under one key: on the order that gives it back, and on each order that the
// money came through, where the storefront will show it.
#include <algorithm>
#include <utility>

#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/progress/money_moves.hpp"

namespace orderhub::servicing {

namespace {

/// Exchanges of exchanges of ...; far more than anybody does.
constexpr int kMostHops = 16;

domain::Refund* find_by_key(domain::Order& order, const std::string& key) {
    const auto found = std::ranges::find(order.refunds, key, &domain::Refund::key);
    return key.empty() || found == order.refunds.end() ? nullptr : &*found;
}

bool is_transfer(const domain::Refund& refund, const std::string& to, const std::string& payment) {
    return refund.kind == domain::RefundKind::transfer && refund.order == to &&
           refund.payment == payment;
}

void lower_transfers(domain::Order& source, const std::string& to, const std::string& payment,
                     domain::Minor amount) {
    for (domain::Refund& each : source.refunds) {
        if (!is_transfer(each, to, payment)) continue;
        const domain::Minor part = std::min(each.amount, amount);
        each.amount -= part;
        amount -= part;
    }
}

void raise_transfer(domain::Order& source, const domain::Refund& mirrored) {
    for (domain::Refund& each : source.refunds)
        if (is_transfer(each, mirrored.order, mirrored.payment)) {
            each.amount += mirrored.amount;
            return;
        }
}

domain::Refund mirrored_of(const Work& work, const domain::Refund& refund, const std::string& to,
                           const std::string& payment) {
    domain::Refund mirrored;
    mirrored.id = work.id("rf");
    mirrored.key = refund.key;
    mirrored.payment = payment;
    mirrored.amount = refund.amount;
    mirrored.kind = domain::RefundKind::change;
    mirrored.state = refund.state;
    mirrored.origin = "hub";
    mirrored.reason = refund.reason;
    mirrored.order = to;
    mirrored.connector = refund.connector;
    mirrored.at = refund.at;
    return mirrored;
}

/// Moves the copy as the original moved. True if it did.
bool follow(domain::Refund& copy, const domain::Refund& original) {
    const bool moved = move_refund(copy.state, original.state);
    const bool named = !original.external_id.empty() && copy.external_id != original.external_id;
    if (named) copy.external_id = original.external_id;
    if (moved) {
        copy.message = original.message;
        copy.done_at = original.done_at;
    }
    return moved || named;
}

}  // namespace

Result<Holder> holder_of(const Work& work, Prepared& prepared, std::size_t order,
                         const std::string& payment) {
    Holder holder{order, payment};
    for (int hop = 0; hop < kMostHops; ++hop) {
        const domain::Payment* found =
            domain::find_payment(prepared.at(holder.order), holder.payment);
        if (found == nullptr || found->source_order.empty()) break;
        const std::string source_payment = found->source_payment;
        const auto source = other_order(work, prepared, std::string(found->source_order));
        if (!source) return std::unexpected(source.error());
        holder = {*source, source_payment};
    }
    return holder;
}

Result<void> mirror_refund(const Work& work, Prepared& prepared, std::size_t order,
                           const domain::Refund& refund) {
    const domain::Refund original = refund;
    std::size_t at = order;
    std::string payment = original.payment;
    for (int hop = 0; hop < kMostHops; ++hop) {
        const domain::Payment* found = domain::find_payment(prepared.at(at), payment);
        if (found == nullptr || found->source_order.empty()) return {};
        const std::string to = prepared.at(at).id;
        const std::string source_payment = found->source_payment;
        const auto source = other_order(work, prepared, std::string(found->source_order));
        if (!source) return std::unexpected(source.error());
        domain::Order& giver = prepared.at(*source);
        lower_transfers(giver, to, source_payment, original.amount);
        giver.refunds.push_back(mirrored_of(work, original, to, source_payment));
        at = *source;
        payment = source_payment;
    }
    return {};
}

void update_mirrored(const Work& work, const domain::Order& order, const domain::Refund& refund) {
    const domain::Payment* payment = domain::find_payment(order, refund.payment);
    std::string source_order = payment == nullptr ? std::string() : payment->source_order;
    for (int hop = 0; hop < kMostHops && !source_order.empty(); ++hop) {
        auto source = work.order(source_order);
        if (!source) return;
        domain::Refund* mirrored = find_by_key(*source, refund.key);
        if (mirrored == nullptr) return;
        payment = domain::find_payment(std::as_const(*source), mirrored->payment);
        source_order = payment == nullptr ? std::string() : payment->source_order;
        if (!follow(*mirrored, refund)) continue;
        if (mirrored->state == domain::MoneyState::failed) raise_transfer(*source, *mirrored);
        work.save(*source);
        work.journal("refund." + std::string(word(mirrored->state)), *source,
                     {{"subject", mirrored->id}});
    }
}

void tell_mirrored(const Work& work, const domain::Order& before, domain::Order& after) {
    for (domain::Refund& shown : after.refunds) {
        if (shown.order.empty() || shown.kind == domain::RefundKind::transfer) continue;
        const auto earlier = std::ranges::find(before.refunds, shown.id, &domain::Refund::id);
        if (earlier == before.refunds.end() || earlier->state == shown.state) continue;
        if (shown.state == domain::MoneyState::failed) raise_transfer(after, shown);
        domain::Refund told = shown;
        for (int hop = 0; hop < kMostHops && !told.order.empty(); ++hop) {
            auto asker = work.order(told.order);
            if (!asker) break;
            domain::Refund* original = find_by_key(*asker, told.key);
            if (original == nullptr || !follow(*original, shown)) break;
            if (original->state == domain::MoneyState::failed) {
                if (!original->order.empty()) raise_transfer(*asker, *original);
                raise_failed(*asker, *original, work.request.now_ms);
            }
            told = *original;
            announce_if_done(work, *asker, original->action_id);
            work.save(*asker);
            work.journal("refund." + std::string(word(told.state)), *asker, {{"subject", told.id}});
        }
    }
}

}  // namespace orderhub::servicing
