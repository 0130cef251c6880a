// What the outside systems answered: deliveries move refunds, memos, change orders and exceptions.
#include <fmt/format.h>

#include <algorithm>

#include "hub/domain/snapshot.hpp"
#include "hub/domain/status.hpp"
#include "hub/servicing/codec.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/reader.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

bool needs_a_person(const DeliveryProgress& progress) {
    return progress.state == "parked";
}

/// A parked step shows on the order until it is done or dropped.
void mark_parked(const Work& work, domain::Order& order, const DeliveryProgress& progress,
                 std::string category) {
    if (!needs_a_person(progress)) {
        if (progress.state == "done" || progress.state == "dropped")
            domain::resolve_exception(order, "step_parked", progress.key, work.request.now_ms);
        return;
    }
    domain::ProcessException exception;
    exception.code = "step_parked";
    exception.subject = progress.key;
    exception.category = std::move(category);
    exception.severity = "high";
    exception.message = fmt::format("{} by {} needs a person: {}", progress.kind,
                                    progress.connector, progress.message);
    exception.raised_at = work.request.now_ms;
    domain::raise_exception(order, std::move(exception));
}

Result<json::object> result_of(const DeliveryProgress& progress) {
    boost::system::error_code failed;
    const json::value value = json::parse(progress.result, failed);
    if (failed || !value.is_object())
        return fail(ErrorKind::Invalid, "bad_result", "a command's result must be a JSON object");
    return value.get_object();
}

Result<void> on_refund_done(const Work& work, domain::Order& order, domain::Refund& refund,
                            const DeliveryProgress& progress) {
    const auto result = result_of(progress);
    if (!result) return std::unexpected(result.error());
    std::optional<Error> error;
    const Reader from(*result, "", error);
    if (const std::string id = from.text("external_id"); !id.empty()) refund.external_id = id;
    if (const std::string reference = from.text("reference"); !reference.empty())
        refund.reference = reference;
    refund.message = from.text("message");
    const std::string state = from.text("state");
    // A webhook may have told more already.
    if (refund.state != domain::RefundState::succeeded)
        refund.state = state == "succeeded" ? domain::RefundState::succeeded
                       : state == "failed"  ? domain::RefundState::failed
                                            : domain::RefundState::pending;
    refund.done_at = work.request.now_ms;
    if (refund.state != domain::RefundState::failed) return {};
    domain::raise_exception(order,
                            {.id = {},
                             .code = "refund_failed",
                             .subject = refund.id,
                             .category = "payment",
                             .severity = "high",
                             .message = "the payment provider failed the refund: " + refund.message,
                             .active = true,
                             .raised_at = work.request.now_ms,
                             .resolved_at = 0});
    return {};
}

Result<void> on_refund(const Work& work, domain::Order& order, const DeliveryProgress& progress) {
    const auto found = std::ranges::find(order.refunds, progress.key, &domain::Refund::key);
    if (found == order.refunds.end()) return {};
    mark_parked(work, order, progress, "payment");
    if (progress.state == "done") return on_refund_done(work, order, *found, progress);
    const bool open = found->state == domain::RefundState::intent ||
                      found->state == domain::RefundState::sent ||
                      found->state == domain::RefundState::unknown;
    if (!open) return {};
    found->message = progress.message;
    if (progress.state == "in_flight") found->state = domain::RefundState::sent;
    if (progress.state == "waiting") found->state = domain::RefundState::intent;
    if (progress.state == "unknown") found->state = domain::RefundState::unknown;
    if (progress.state == "dropped") found->state = domain::RefundState::failed;
    return {};
}

void check_posted(const domain::Order& order, const Reader& from, domain::CreditMemo& memo) {
    const domain::Amount posted = from.amount("totals", order.currency);
    memo.posted_number = from.text("number");
    memo.state = posted == memo.total ? domain::MemoState::posted : domain::MemoState::differs;
    memo.message.clear();
    if (memo.state == domain::MemoState::differs)
        memo.message = fmt::format("posted with {} (tax {}), ours is {} (tax {})",
                                   domain::to_decimal(posted.inc, order.currency),
                                   domain::to_decimal(posted.tax, order.currency),
                                   domain::to_decimal(memo.total.inc, order.currency),
                                   domain::to_decimal(memo.total.tax, order.currency));
}

Result<void> on_memo(const Work& work, domain::Order& order, const DeliveryProgress& progress) {
    const auto memo = std::ranges::find(order.credit_memos, progress.key, &domain::CreditMemo::key);
    if (memo == order.credit_memos.end()) return {};
    mark_parked(work, order, progress, "invoicing");
    if (progress.state != "done") {
        memo->message = progress.message;
        if (progress.state == "waiting") memo->state = domain::MemoState::queued;
        if (progress.state == "unknown") memo->state = domain::MemoState::unknown;
        if (progress.state == "parked" || progress.state == "dropped")
            memo->state = domain::MemoState::refused;
        return {};
    }
    const auto result = result_of(progress);
    if (!result) return std::unexpected(result.error());
    std::optional<Error> error;
    check_posted(order, Reader(*result, "", error), *memo);
    if (error) return std::unexpected(*error);
    if (memo->state == domain::MemoState::differs)
        domain::raise_exception(order, {.id = {},
                                        .code = "memo_differs",
                                        .subject = memo->id,
                                        .category = "invoicing",
                                        .severity = "high",
                                        .message = memo->number + " was " + memo->message,
                                        .active = true,
                                        .raised_at = work.request.now_ms,
                                        .resolved_at = 0});
    return {};
}

void on_cancel(const Work& work, domain::Order& order, const DeliveryProgress& progress) {
    mark_parked(work, order, progress, "order");
    domain::ChangeOrder* change = domain::find_change_order(order, progress.change_order_id);
    if (change == nullptr || progress.state != "done") return;
    if (change->echo == domain::Echo::expected) change->echo = domain::Echo::done;
    change->done_at = work.request.now_ms;
}

bool effects_done(const domain::Order& order, const domain::ChangeOrder& change) {
    const bool refunds = std::ranges::all_of(order.refunds, [&](const domain::Refund& each) {
        return each.change_order_id != change.id || !each.external_id.empty();
    });
    const bool memos = std::ranges::all_of(order.credit_memos, [&](const auto& each) {
        return each.change_order_id != change.id || !each.posted_number.empty();
    });
    return refunds && memos && change.echo != domain::Echo::expected;
}

std::string announcement(const domain::Order& order, const domain::ChangeOrder& change) {
    std::string text =
        change.kind == domain::ChangeKind::cancel ? "Cancelled in order " : "Returned in order ";
    text += order.number + " (" + change.reason + "):\n";
    for (const domain::ChangeLine& part : change.lines)
        text +=
            fmt::format("- {} x {}\n", part.quantity, domain::find_line(order, part.line_id)->name);
    for (const domain::Refund& each : order.refunds) {
        if (each.change_order_id != change.id) continue;
        const char* state = each.state == domain::RefundState::succeeded ? "done"
                            : each.state == domain::RefundState::failed  ? "FAILED"
                                                                         : "on its way";
        text += fmt::format("Refund {} {}: {}\n", domain::to_decimal(each.amount, order.currency),
                            order.currency.code, state);
    }
    for (const domain::CreditMemo& each : order.credit_memos)
        if (each.change_order_id == change.id)
            text += fmt::format("Credit memo {} posted as {}\n", each.number, each.posted_number);
    return text + fmt::format("The order's total is now {} {}.",
                              domain::to_decimal(domain::total(order).inc, order.currency),
                              order.currency.code);
}

}  // namespace

void announce_if_done(const Work& work, domain::Order& order, std::string_view change_order_id) {
    domain::ChangeOrder* change = domain::find_change_order(order, change_order_id);
    if (change == nullptr || change->announced || change->origin != "hub" ||
        !effects_done(order, *change))
        return;
    change->announced = true;
    work.journal("change_order.completed", order.id, {}, {{"change_order", change->id}});
    for (const CaseRow& row : work.state.find_cases({.order_id = order.id})) {
        if (!work.settings.can_execute(row.connector, "case.note")) continue;
        OutgoingCommand command =
            case_command(work, row.connector, row.id, order.id, "case.note", "nt");
        command.change_order_id = change->id;
        work.send(std::move(command), {{"case", {{"external_id", row.external_id}}},
                                       {"text", announcement(order, *change)}});
    }
}

Result<void> Service::on_delivery(State& state, const Request& request,
                                  const DeliveryProgress& progress) const {
    const Work work{state, request, settings_};
    if (progress.state != "in_flight")
        work.journal("delivery." + progress.state, progress.order_id, progress.case_id,
                     {{"kind", progress.kind},
                      {"key", progress.key},
                      {"connector", progress.connector},
                      {"code", progress.code},
                      {"message", progress.message}});
    if (progress.order_id.empty()) return {};
    const auto row = state.order(progress.order_id);
    if (!row) return {};
    domain::Order order = decode_order(row->document);
    if (progress.kind == "refund.create") ORDERHUB_TRY(on_refund(work, order, progress));
    if (progress.kind == "credit_memo.post") ORDERHUB_TRY(on_memo(work, order, progress));
    if (progress.kind == "order.cancel") on_cancel(work, order, progress);
    if (progress.kind.starts_with("case.")) mark_parked(work, order, progress, "order");
    if (progress.state == "done") announce_if_done(work, order, progress.change_order_id);
    if (encode(order) != row->document) work.save(order);
    return {};
}

}  // namespace orderhub::servicing
