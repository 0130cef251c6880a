// Refunds as a payment provider shows them that is not the order's storefront.
#include <algorithm>

#include "hub/domain/money_state.hpp"
#include "hub/domain/snapshot.hpp"
#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/progress/money_moves.hpp"
#include "hub/servicing/reader.hpp"
#include "hub/servicing/records/records.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

using domain::MoneyState;

struct ProviderRefund {
    std::string external_id;
    std::string key;
    std::string order_number;
    domain::Currency currency;
    domain::Minor amount;
    MoneyState state = MoneyState::pending;
    std::string reference;
    std::string message;
};

Result<ProviderRefund> read(std::string_view text) {
    boost::system::error_code failed;
    const json::value value = json::parse(text, failed);
    if (failed || !value.is_object())
        return fail(ErrorKind::Invalid, "invalid_record", "a record must be a JSON object");
    std::optional<Error> error;
    const Reader from(value.get_object(), "", error);
    ProviderRefund refund;
    const auto currency = domain::currency(from.text("currency"));
    if (!currency)
        return fail(ErrorKind::Invalid, "invalid_record", currency.error().message, "/currency");
    refund.currency = *currency;
    refund.external_id = from.object("source").text("external_id");
    refund.key = from.text("key");
    refund.order_number = from.text("order_number");
    refund.amount = from.decimal("amount", *currency);
    refund.state = from.choice("state", MoneyState::pending);
    refund.reference = from.text("reference");
    refund.message = from.text("message");
    if (error) return std::unexpected(*error);
    if (refund.external_id.empty() || refund.key.empty() || refund.order_number.empty())
        return fail(ErrorKind::Invalid, "invalid_record",
                    "a refund needs source.external_id, key and order_number", "/source");
    return refund;
}

void check_amount(const Work& work, domain::Order& order, const domain::Refund& refund,
                  const ProviderRefund& shown) {
    if (shown.amount == refund.amount) return;
    domain::ProcessException exception;
    exception.code = "refund_disagrees";
    exception.subject = refund.id;
    exception.category = "payment";
    exception.severity = exception.priority = "high";
    exception.message = "the payment provider gave back " +
                        domain::to_decimal(shown.amount, order.currency) + " instead of " +
                        domain::to_decimal(refund.amount, order.currency);
    exception.raised_at = work.request.now_ms;
    domain::raise_exception(order, std::move(exception));
}

/// True if the refund has ended, or ended otherwise.
bool follow(const Work& work, domain::Order& order, domain::Refund& refund,
            const ProviderRefund& shown) {
    refund.external_id = shown.external_id;
    if (!shown.reference.empty()) refund.reference = shown.reference;
    check_amount(work, order, refund, shown);
    if (!move_refund(refund.state, shown.state)) return false;
    refund.message = shown.message;
    if (shown.state == MoneyState::failed) raise_failed(order, refund, work.request.now_ms);
    if (domain::is_open(refund.state)) return false;
    refund.done_at = work.request.now_ms;
    return true;
}

void apply(const Work& work, domain::Order order, std::string_view connector,
           const ProviderRefund& shown) {
    const auto refund = std::ranges::find_if(order.refunds, [&](const domain::Refund& each) {
        return each.key == shown.key && each.connector == connector;
    });
    if (refund == order.refunds.end() || order.currency != shown.currency) return;
    const domain::Order before = order;
    const bool ended = follow(work, order, *refund, shown);
    if (encode(before) == encode(order)) return;
    const std::string id = refund->id;
    tell_mirrored(work, before, order);
    announce_all_done(work, order);
    work.save(order);
    work.journal(ended ? "refund." + std::string(word(shown.state)) : "order.updated", order,
                 {{"subject", id}, {"text", "the payment provider shows its refund differently"}});
}

}  // namespace

Result<void> apply_refund_record(const Work& work, std::string_view connector,
                                 std::string_view text) {
    const auto shown = read(text);
    if (!shown) return std::unexpected(shown.error());
    for (const OrderRow& row : work.state.find_orders({.text = shown->order_number}))
        apply(work, decode_order(row.document), connector, *shown);
    return {};
}

}  // namespace orderhub::servicing
