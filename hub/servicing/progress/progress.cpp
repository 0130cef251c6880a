// What the outside systems answered: deliveries move refunds, documents, fulfilments and
// exceptions.
#include "hub/servicing/progress/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "hub/domain/fulfilment.hpp"
#include "hub/domain/snapshot.hpp"
#include "hub/servicing/actions/planning.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/linking/matching.hpp"
#include "hub/servicing/reader.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

struct Handler {
    std::string_view kind;  ///< the beginning of the command's kind
    Result<void> (*move)(const Work&, domain::Order&, const DeliveryProgress&);
};

constexpr std::array kHandlers{
    Handler{"refund.create", progress_refund},      Handler{"payment.", progress_operation},
    Handler{"credit_memo.post", progress_document}, Handler{"invoice.post", progress_document},
    Handler{"fulfilment.", progress_fulfilment},    Handler{"order.cancel", progress_cancel},
    Handler{"order.forward", progress_notice},      Handler{"case.", progress_notice}};

/// Commands that tell others of an order and change nothing of it: only that they are parked, or no
/// longer so, shows on it.
bool is_notice(const DeliveryProgress& progress) {
    return progress.kind == "order.forward" || progress.kind.starts_with("case.");
}

/// That the order is not read and written for these is a third of what forwarding one costs.
bool may_move(const OrderRow& row, const DeliveryProgress& progress) {
    return !is_notice(progress) || progress.state == "parked" || row.has_exception;
}

Result<void> move_on(const Work& work, domain::Order& order, const DeliveryProgress& progress) {
    for (const Handler& handler : kHandlers)
        if (progress.kind.starts_with(handler.kind))
            ORDERHUB_TRY(handler.move(work, order, progress));
    const bool over = progress.state == "done" || progress.state == "dropped";
    if (over && !progress.kind.starts_with("case."))
        announce_if_done(work, order, progress.action_id, progress.key);
    return {};
}

/// That an attempt begins is no news, unless the order `moved` by it: every version has an event.
void journal_delivery(const Work& work, const DeliveryProgress& progress, std::int64_t version,
                      bool moved) {
    if (progress.state == "in_flight" && !moved) return;
    json::object data{{"kind", progress.kind},
                      {"key", progress.key},
                      {"connector", progress.connector},
                      {"code", progress.code},
                      {"message", progress.message}};
    if (version > 0) data["order_version"] = version;
    work.journal("delivery." + progress.state, progress.order_id, progress.case_id, data);
}

/// Where a fulfilment stands after its command, if the answer says so; never back.
void advance(domain::Order& order, domain::Fulfilment& fulfilment, domain::FulfilmentState to) {
    if (to <= fulfilment.state || fulfilment.state == domain::FulfilmentState::cancelled) return;
    fulfilment.state = to;
    domain::count_units(order);
}

}  // namespace

void mark_parked(const Work& work, domain::Order& order, const DeliveryProgress& progress,
                 std::string category) {
    if (progress.state == "done" || progress.state == "dropped")
        domain::resolve_exception(order, "step_parked", progress.key, work.request.now_ms);
    if (progress.state != "parked") return;
    domain::ProcessException exception;
    exception.code = "step_parked";
    exception.subject = progress.key;
    exception.category = std::move(category);
    exception.severity = exception.priority = "high";
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

Result<void> progress_fulfilment(const Work& work, domain::Order& order,
                                 const DeliveryProgress& progress) {
    mark_parked(work, order, progress, "fulfilment");
    const auto found = std::ranges::find(order.fulfilments, progress.key, &domain::Fulfilment::key);
    if (progress.state != "done" || found == order.fulfilments.end()) return {};
    const auto result = result_of(progress);
    if (!result) return std::unexpected(result.error());
    std::optional<Error> error;
    const Reader from(*result, "", error);
    if (const std::string id = from.text("external_id"); !id.empty()) found->external_id = id;
    advance(order, *found, from.choice("state", domain::FulfilmentState::pending));
    if (error) return std::unexpected(*error);
    return {};
}

namespace {

/// A person decided that the storefront is not told: nothing is expected of it any more, and what
/// it shows will differ.
void give_up(const Work& work, domain::Order& order, domain::ChangeOrder& change) {
    if (change.echo != domain::Echo::expected) return;
    change.echo = domain::Echo::none;
    domain::ProcessException exception;
    exception.code = "change_not_sent";
    exception.subject = change.id;
    exception.category = "order";
    exception.severity = exception.priority = "high";
    exception.message = "the storefront was not told of this cancellation: its step was dropped";
    exception.raised_at = work.request.now_ms;
    domain::raise_exception(order, std::move(exception));
}

}  // namespace

Result<void> progress_cancel(const Work& work, domain::Order& order,
                             const DeliveryProgress& progress) {
    mark_parked(work, order, progress, "order");
    domain::ChangeOrder* change = domain::find_change_order(order, progress.key);
    if (change != nullptr && progress.state == "dropped") give_up(work, order, *change);
    if (change != nullptr && (progress.state == "done" || progress.state == "dropped"))
        send_waiting_refunds(work, order, change->action_id);
    if (change == nullptr || progress.state != "done" || change->done_at != 0) return {};
    if (change->echo == domain::Echo::expected) change->echo = domain::Echo::done;
    change->done_at = work.request.now_ms;
    return {};
}

Result<void> progress_notice(const Work& work, domain::Order& order,
                             const DeliveryProgress& progress) {
    mark_parked(work, order, progress, "order");
    return {};
}

Result<void> Service::on_delivery(State& state, const Request& request,
                                  const DeliveryProgress& progress) const {
    const Work work{state, request, settings_};
    if (progress.kind == "case.link") link_was_shown(work, progress);
    if (is_notice(progress) && progress.state == "in_flight") return {};
    const auto row = progress.order_id.empty() ? std::nullopt : state.order(progress.order_id);
    if (!row || !may_move(*row, progress)) {
        journal_delivery(work, progress, row ? row->version : 0, false);
        return {};
    }
    domain::Order order = decode_order(row->document);
    const std::string before = encode(order);
    ORDERHUB_TRY(move_on(work, order, progress));
    const bool moved = encode(order) != before;
    if (moved) work.save(order);
    journal_delivery(work, progress, order.version, moved);
    return {};
}

}  // namespace orderhub::servicing
