#include "payments.hpp"

#include <algorithm>
#include <set>

#include "client.hpp"

namespace orderhub::shopify {
namespace {

constexpr std::string_view kKeyBegin = "[orderhub:";
constexpr std::size_t kLongestMethod = 128;
constexpr std::size_t kLongestText = 255;
constexpr std::size_t kLongestReason = 1000;

bool is_done(const Json& transaction) {
    return text_at(transaction, "status") == "SUCCESS";
}

bool is_under_way(const Json& transaction) {
    const std::string status = text_at(transaction, "status");
    return status != "SUCCESS" && status != "FAILURE" && status != "ERROR";
}

bool is_kind(const Json& transaction, std::initializer_list<std::string_view> kinds) {
    const std::string kind = text_at(transaction, "kind");
    return std::ranges::find(kinds, kind) != kinds.end();
}

std::string parent_of(const Json& transaction) {
    return text_at(transaction["parentTransaction"], "id");
}

/// One authorization or sale and what followed from it.
class Family {
public:
    Family(const Json& root, const Terms& terms) : root_(root), terms_(terms) {}

    void add(const Json& child) { children_.push_back(&child); }

    std::vector<Tender> tenders() {
        if (is_kind(root_, {"SALE"}) && is_done(root_)) {
            add_captured(root_);
        } else {
            for (const Json* each : children_)
                if (is_kind(*each, {"CAPTURE", "SALE"}) && is_done(*each)) add_captured(*each);
            add_rest();
        }
        return std::move(made_);
    }

private:
    bool any(std::initializer_list<std::string_view> kinds, bool (*holds)(const Json&)) const {
        return std::ranges::any_of(
            children_, [&](const Json* each) { return is_kind(*each, kinds) && holds(*each); });
    }

    Tender make(const Json& transaction, sdk::OrderPaymentState state, std::int64_t amount) const {
        Tender tender;
        tender.root = root_.at("id").text();
        tender.external_id = number_of(root_.at("id"));
        if (!made_.empty()) tender.external_id += "-" + std::to_string(made_.size() + 1);
        tender.state = state;
        tender.amount = amount;
        tender.gateway = text_at(transaction, "gateway");
        tender.reference = text_at(transaction, "paymentId");
        tender.at = instant_at(transaction, "processedAt");
        return tender;
    }

    void add_captured(const Json& transaction) {
        std::int64_t amount = terms_.minor(transaction["amountSet"]);
        for (const Json* each : children_)  // cash that went back over the counter
            if (is_kind(*each, {"CHANGE"}) && is_done(*each) &&
                parent_of(*each) == text_at(transaction, "id"))
                amount -= terms_.minor((*each)["amountSet"]);
        Tender tender = make(transaction, sdk::OrderPaymentState::captured, amount);
        tender.money = transaction.at("id").text();
        made_.push_back(std::move(tender));
    }

    /// What is not captured of an authorization, or a sale that has not come about.
    void add_rest() {
        using State = sdk::OrderPaymentState;
        const bool is_first = made_.empty();
        const bool is_voided = any({"VOID"}, is_done);
        const std::int64_t whole = terms_.minor(root_["amountSet"]);
        if (!is_done(root_)) {
            if (!is_first) return;
            const std::string status = text_at(root_, "status");
            const State state = status == "FAILURE" ? State::declined
                                : status == "ERROR" ? State::failed
                                                    : State::pending;
            made_.push_back(make(root_, state, whole));
        } else if (is_first || (!is_voided && terms_.minor(root_["totalUnsettledSet"]) > 0)) {
            const std::int64_t left = is_first ? whole : terms_.minor(root_["totalUnsettledSet"]);
            made_.push_back(make(root_, is_voided ? State::cancelled : State::authorized, left));
            made_.back().capture_pending = any({"CAPTURE"}, is_under_way);
        }
    }

    const Json& root_;
    const Terms& terms_;
    std::vector<const Json*> children_;
    std::vector<Tender> made_;
};

/// Which payment a refund gives back: by its parent, else by the gateway, else the first one.
const Tender* tender_of(const std::vector<Tender>& tenders, const Json& refund) {
    const auto find = [&](auto fits) {
        const auto found = std::ranges::find_if(tenders, fits);
        return found == tenders.end() ? nullptr : &*found;
    };
    const std::string parent = parent_of(refund);
    const auto is_captured = [](const Tender& each) { return !each.money.empty(); };
    if (const Tender* same = find([&](const Tender& each) {
            return is_captured(each) && (each.money == parent || each.root == parent);
        }))
        return same;
    if (const Tender* same = find([&](const Tender& each) {
            return is_captured(each) && each.gateway == text_at(refund, "gateway");
        }))
        return same;
    return find(is_captured);
}

/// The refund object that a transaction belongs to.
const Json& refund_with(const Json& order, const std::string& transaction) {
    static const Json kNone;
    for (const Json& refund : rows_of(order["refunds"]))
        for (const Json& each : rows_of(refund["transactions"]))
            if (text_at(each, "id") == transaction) return refund;
    return kNone;
}

}  // namespace

std::vector<Tender> to_tenders(const Json& order, const Terms& terms) {
    const auto& all = rows_of(order["transactions"]);
    std::set<std::string> ids;
    for (const Json& each : all)
        ids.insert(text_at(each, "id"));
    std::vector<Tender> tenders;
    for (const Json& root : all) {
        if (!is_kind(root, {"AUTHORIZATION", "EMV_AUTHORIZATION", "SALE", "CAPTURE"})) continue;
        const std::string parent = parent_of(root);
        if (!parent.empty() && ids.contains(parent)) continue;
        Family family(root, terms);
        std::set<std::string> members{text_at(root, "id")};
        for (const Json& each : all)
            if (members.contains(parent_of(each)) && !is_kind(each, {"REFUND"})) {
                members.insert(text_at(each, "id"));
                family.add(each);
            }
        for (Tender& each : family.tenders())
            tenders.push_back(std::move(each));
    }
    return tenders;
}

std::vector<sdk::OrderPayment> to_payments(const std::vector<Tender>& tenders, const Terms& terms) {
    std::vector<sdk::OrderPayment> payments;
    for (const Tender& each : tenders) {
        sdk::OrderPayment payment;
        payment.external_id = each.external_id;
        payment.method = each.gateway.empty()
                             ? "unknown"
                             : std::string(sdk::cut_utf8(each.gateway, kLongestMethod));
        payment.state = each.state;
        payment.amount = terms.text(each.amount);
        if (!each.reference.empty())
            payment.reference = sdk::cut_utf8(each.reference, kLongestText);
        payment.at = each.at;
        payments.push_back(std::move(payment));
    }
    return payments;
}

std::vector<sdk::OrderRefund> to_refunds(const Json& order, const std::vector<Tender>& tenders,
                                         const Terms& terms) {
    using State = sdk::OrderRefundState;
    std::vector<sdk::OrderRefund> refunds;
    for (const Json& each : rows_of(order["transactions"])) {
        if (!is_kind(each, {"REFUND"})) continue;
        const Tender* tender = tender_of(tenders, each);
        if (tender == nullptr) continue;
        sdk::OrderRefund refund;
        refund.external_id = number_of(each.at("id"));
        refund.payment = tender->external_id;
        refund.amount = terms.text(terms.minor(each["amountSet"]));
        refund.state = is_done(each)        ? State::succeeded
                       : is_under_way(each) ? State::pending
                                            : State::failed;
        const std::string note = text_at(refund_with(order, text_at(each, "id")), "note");
        if (const std::string key = key_in(note); !key.empty()) refund.key = key;
        if (const std::string why = without_key(note); !why.empty())
            refund.reason = sdk::cut_utf8(why, kLongestReason);
        refund.at = instant_at(each, "processedAt");
        refunds.push_back(std::move(refund));
    }
    return refunds;
}

std::string with_key(std::string_view text, std::string_view key, std::size_t limit) {
    const std::string mark = std::string(kKeyBegin) + std::string(key) + "]";
    const std::string before(
        sdk::cut_utf8(text, limit > mark.size() + 1 ? limit - mark.size() - 1 : 0));
    return before.empty() ? mark : before + " " + mark;
}

std::string key_in(std::string_view text) {
    const std::size_t begin = text.rfind(kKeyBegin);
    if (begin == std::string_view::npos) return {};
    const std::size_t end = text.find(']', begin);
    if (end == std::string_view::npos) return {};
    const std::string_view key =
        text.substr(begin + kKeyBegin.size(), end - begin - kKeyBegin.size());
    constexpr std::size_t kLongestKey = 64;
    return key.size() > kLongestKey ? std::string() : std::string(key);
}

std::string without_key(std::string_view text) {
    text = text.substr(0, text.rfind(kKeyBegin));
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return std::string(text);
}

std::optional<std::string> instant_at(const Json& from, std::string_view key) {
    const auto instant = sdk::from_rfc3339(text_at(from, key));
    return instant ? std::optional(sdk::to_rfc3339(*instant)) : std::nullopt;
}

}  // namespace orderhub::shopify
