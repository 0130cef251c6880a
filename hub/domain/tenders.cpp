#include "hub/domain/tenders.hpp"

#include <algorithm>
#include <map>

#include "hub/domain/money_state.hpp"
#include "hub/domain/status.hpp"

namespace orderhub::domain {

namespace {

/// Money that can go back: a payment, or one of its captures.
struct Source {
    std::string method;
    std::string payment;
    std::string operation;
    std::int64_t at = 0;
    Minor available;
};

/// One of several that a rest is spread over.
struct Choice {
    std::string id;
    std::int64_t at = 0;
    Minor available;
};

Minor refunded_of(const Order& order, const std::string& operation) {
    Minor sum;
    for (const Refund& refund : order.refunds)
        if (refund.operation == operation && holds(refund.state)) sum += refund.amount;
    return sum;
}

void add_sources(std::vector<Source>& sources, const Order& order, const Payment& payment) {
    Minor rest = available_to_refund(order, payment);
    std::vector<const PaymentOperation*> captures;
    for (const PaymentOperation& each : payment.operations)
        if (each.kind == OperationKind::capture && holds(each.state)) captures.push_back(&each);
    if (captures.size() < 2 || payment.state == PaymentState::captured) {
        if (rest > Minor{})
            sources.push_back({payment.method, payment.external_id, {}, payment.at, rest});
        return;
    }
    for (const PaymentOperation* each : captures) {
        const Minor held = std::min(rest, each->amount - refunded_of(order, each->id));
        if (held <= Minor{}) continue;
        sources.push_back({payment.method, payment.external_id, each->id, each->at, held});
        rest -= held;
    }
}

/// What each choice gives, in the order in which they were chosen.
using Parts = std::vector<std::pair<std::string, Minor>>;

/// The rule inside one tier: exact or smallest single cover, else the largest first.
Parts spread(std::vector<Choice> choices, Minor amount) {
    std::ranges::sort(choices, [](const Choice& a, const Choice& b) {
        if (a.available != b.available) return a.available > b.available;
        return a.at != b.at ? a.at < b.at : a.id < b.id;
    });
    // Largest first, so the last that covers is the smallest; of equals the first, the oldest.
    const Choice* single = nullptr;
    for (const Choice& each : choices)
        if (each.available >= amount && (!single || each.available < single->available))
            single = &each;
    if (single) return {{single->id, amount}};
    Parts parts;
    for (const Choice& each : choices) {
        const Minor part = std::min(amount, each.available);
        if (part > Minor{}) parts.emplace_back(each.id, part);
        amount -= part;
    }
    return parts;
}

class Purse {
public:
    explicit Purse(const Order& order) {
        for (const Payment& payment : order.payments)
            add_sources(sources_, order, payment);
    }

    const std::vector<Source>& sources() const { return sources_; }

    /// Takes from a source and remembers it; parts of the same source become one tender.
    void draw(Source& source, Minor amount) {
        if (amount <= Minor{}) return;
        source.available -= amount;
        const auto known = std::ranges::find_if(drawn_, [&](const Tender& each) {
            return each.payment == source.payment && each.operation == source.operation;
        });
        if (known == drawn_.end())
            drawn_.push_back({source.payment, source.operation, amount});
        else
            known->amount += amount;
    }

    Source* find(const Tender& wish) {
        const auto found = std::ranges::find_if(sources_, [&](const Source& each) {
            return each.payment == wish.payment &&
                   (wish.operation.empty() || each.operation == wish.operation);
        });
        return found == sources_.end() ? nullptr : &*found;
    }

    /// Spreads over the methods that `belongs`; gives what was found there.
    template <class Belongs>
    Minor draw_tier(Minor amount, Belongs belongs) {
        std::map<std::string, Choice> methods;
        for (const Source& each : sources_) {
            if (!belongs(each.method) || each.available <= Minor{}) continue;
            auto [known, fresh] =
                methods.try_emplace(each.method, Choice{each.method, each.at, Minor{}});
            known->second.available += each.available;
            known->second.at = std::min(known->second.at, each.at);
        }
        std::vector<Choice> choices;
        Minor held;
        for (const auto& [method, choice] : methods) {
            choices.push_back(choice);
            held += choice.available;
        }
        const Minor part = std::min(amount, held);
        if (part <= Minor{}) return {};
        for (const auto& [method, of_method] : spread(std::move(choices), part))
            draw_method(method, of_method);
        return part;
    }

    std::vector<Tender> take() { return std::move(drawn_); }

private:
    void draw_method(const std::string& method, Minor amount) {
        std::vector<Choice> choices;
        for (const Source& each : sources_)
            if (each.method == method && each.available > Minor{})
                choices.push_back({each.payment + '\n' + each.operation, each.at, each.available});
        for (const auto& [id, part] : spread(std::move(choices), amount))
            for (Source& each : sources_)
                if (each.payment + '\n' + each.operation == id) draw(each, part);
    }

    std::vector<Source> sources_;
    std::vector<Tender> drawn_;
};

bool contains(const std::vector<std::string>& list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
}

Result<Minor> draw_wishes(Purse& purse, Minor amount, const TenderWish& wish) {
    for (std::size_t i = 0; i < wish.sequence.size(); ++i) {
        const Tender& each = wish.sequence[i];
        const std::string at = "/tenders/" + std::to_string(i);
        Source* source = purse.find(each);
        if (source == nullptr)
            return fail(ErrorKind::Invalid, "unknown_payment",
                        "no payment " + each.payment + " holds money that could go back",
                        at + "/payment");
        if (each.amount <= Minor{} || each.amount > source->available)
            return fail(ErrorKind::Invalid, "too_much",
                        "the amount must be more than 0 and at most what payment " + each.payment +
                            " still holds",
                        at + "/amount");
        const Minor part = std::min(amount, each.amount);
        purse.draw(*source, part);
        amount -= part;
    }
    return amount;
}

}  // namespace

Result<std::vector<Tender>> plan_tenders(const Order& order, Minor amount, const Policy& policy,
                                         const TenderWish& wish) {
    Purse purse(order);
    auto rest = draw_wishes(purse, std::max(amount, Minor{}), wish);
    if (!rest) return std::unexpected(std::move(rest).error());
    if (wish.partial) return purse.take();
    for (const std::string& method : policy.refund_first)
        *rest -= purse.draw_tier(*rest, [&](const std::string& each) { return each == method; });
    *rest -= purse.draw_tier(*rest, [&](const std::string& each) {
        return !contains(policy.refund_first, each) && !contains(policy.refund_last, each);
    });
    for (const std::string& method : policy.refund_last)
        *rest -= purse.draw_tier(*rest, [&](const std::string& each) { return each == method; });
    return purse.take();
}

void add_refunds(Order& order, const std::vector<Tender>& tenders, RefundKind kind,
                 std::string reason, std::int64_t now) {
    for (const Tender& tender : tenders) {
        Refund refund;
        refund.payment = tender.payment;
        refund.operation = tender.operation;
        refund.amount = tender.amount;
        refund.kind = kind;
        refund.origin = "hub";
        refund.reason = reason;
        refund.at = now;
        order.refunds.push_back(std::move(refund));
    }
}

}  // namespace orderhub::domain
