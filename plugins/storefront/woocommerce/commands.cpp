#include "commands.hpp"

#include <map>

#include "documents/members.hpp"
#include "feed.hpp"
#include "mapping.hpp"
#include "refunds.hpp"

namespace orderhub::woocommerce {
namespace {

using documents::text_at;

constexpr std::string_view kNotePrefix = "note:";

/// Whether every unit that the order still has is named.
template <class Lines>
bool is_whole(const Lines& lines, const sdk::Order& record) {
    std::map<std::string, std::int64_t> wanted;
    for (const auto& each : lines) {
        if constexpr (requires { each.line.has_value(); })
            wanted[each.line.value_or("")] += each.quantity;
        else
            wanted[each.line] += each.quantity;
    }
    for (const sdk::OrderLine& line : record.lines)
        if (line.kind == sdk::OrderLineKind::product && wanted[line.external_id] < line.quantity)
            return false;
    return true;
}

std::string address_text(const sdk::Address& to) {
    std::string text;
    for (const auto& part :
         {to.name, to.company, to.line1, to.line2, to.postcode, to.city, to.state, to.country})
        if (part && !part->empty()) (text += text.empty() ? "" : ", ") += *part;
    return text;
}

/// What the warehouse must do, or what was sent, as a person reads it.
std::string note_text(const sdk::FulfilmentCreate& wanted) {
    const bool is_sent = wanted.kind == sdk::FulfilmentCreate::Kind::standard;
    std::string text = is_sent ? "Sent:" : "Please send without charge:";
    for (const auto& line : wanted.lines)
        text += "\n" + std::to_string(line.quantity) + " x " + line.sku + " " + line.name;
    if (wanted.tracking_number)
        text += "\nwith " + wanted.carrier.value_or("parcel") + " " + *wanted.tracking_number;
    if (!is_sent) text += "\nto " + address_text(wanted.recipient);
    if (!wanted.reason.empty()) text += "\nbecause: " + wanted.reason;
    return text;
}

sdk::RefundCreate::Result result_of(const Json& refund) {
    sdk::RefundCreate::Result result;
    result.external_id = refund.at("id").text_or_digits();
    result.state = sdk::RefundCreateResultState::succeeded;
    return result;
}

}  // namespace

Shown Commands::order(const std::string& id) {
    auto found = client_.order(id);
    if (!found) throw sdk::rejected("no_such_order", "the shop has no order with this id");
    return std::move(*found);
}

sdk::Order Commands::record(const std::string& id) {
    auto record = to_order(settings_, order(id));
    if (!record) throw sdk::rejected("not_placed", "in this status the order is none yet");
    return std::move(*record);
}

/// The command is done: if the order cannot be read now, a poll brings it. Where no answer comes,
/// the connector may be being stopped, and must not go on.
void Commands::emit(const std::string& id) {
    const auto stop = sdk::attempt(call_, [&] {
        if (const auto found = client_.order(id)) emit_order(settings_, call_, *found);
    });
    const bool may_be_stopped = stop && (stop->code == "stopping" || stop->code == "no_answer");
    if (may_be_stopped) throw sdk::unknown(stop->code, stop->message);
    if (stop) call_.log(OH_LOG_WARN, "the order could not be read back: " + stop->message);
}

sdk::OrderCancel::Result Commands::cancel(const sdk::OrderCancel& cancel) {
    using Result = sdk::OrderCancel::Result;
    const std::string id = cancel.order.external_id;
    const auto find = [&]() -> std::optional<Result> {
        return is_cancelled(order(id).order) ? std::optional(Result{id}) : std::nullopt;
    };
    const auto act = [&] {
        const sdk::Order before = record(id);
        if (before.state == sdk::OrderState::cancelled) return Result{id};
        if (before.storefront_state == "refunded")
            throw sdk::rejected("already_refunded", "the shop has given back all of this order");
        if (!is_whole(cancel.lines, before))
            throw sdk::rejected(
                "partial_cancel",
                "the shop cancels whole orders only; these lines must be cancelled by hand");
        const Json meta = Json::object({{"key", kCancelledBy}, {"value", command_.key}});
        const Json after = client_.change_order(
            id, Json::object({{"status", "cancelled"}, {"meta_data", Json::array({meta})}}));
        if (!is_cancelled(after))
            throw sdk::unknown("not_cancelled",
                               "the cancel was accepted, but the order does not show it");
        return Result{id};
    };
    Result result = sdk::do_once(call_, command_, find, act);
    emit(id);
    return result;
}

std::optional<sdk::RefundCreate::Result> Commands::find_refund(const std::string& id) {
    for (const Json& refund : client_.refunds(id)) {
        if (key_of(refund) != command_.key) continue;
        if (is_under_way(settings_, refund))
            throw sdk::unknown("under_way",
                               "the shop has noted the refund, but its gateway has not "
                               "confirmed it");
        return result_of(refund);
    }
    return std::nullopt;
}

sdk::RefundCreate::Result Commands::refund(const sdk::RefundCreate& wanted) {
    const std::string id = wanted.order.external_id;
    const auto find = [&] { return find_refund(id); };
    const auto act = [&] {
        const Shown shown = order(id);
        if (auto found = find_refund(id)) return std::move(*found);
        const Json body = refund_body(settings_, shown.order, wanted, command_.key);
        if (!wanted.lines.empty() && body["line_items"].is_null())
            call_.log(OH_LOG_WARN, "order " + id + ": not by line, for the shop has changed them");
        return result_of(client_.refund(id, body));
    };
    sdk::RefundCreate::Result result = sdk::do_once(call_, command_, find, act);
    emit(id);
    return result;
}

std::optional<std::string> Commands::find_note(const std::string& id) {
    for (const Json& note : client_.notes(id))
        if (split_reason(text_at(note, "note")).key == command_.key)
            return std::string(kNotePrefix) + note["id"].text_or_empty();
    return std::nullopt;
}

std::string Commands::leave_note(const std::string& id, const std::string& text) {
    return sdk::do_once(
        call_, command_, [&] { return find_note(id); },
        [&] {
            if (auto found = find_note(id)) return std::move(*found);
            const Json note = client_.add_note(id, with_key(text + "\n", command_.key));
            return std::string(kNotePrefix) + note.at("id").text_or_digits();
        });
}

/// Setting the status again does no harm, so it is not looked for first.
void Commands::complete(const std::string& id) {
    if (order(id).order["status"] == Json("completed")) return;
    const Json after = client_.change_order(id, Json::object({{"status", "completed"}}));
    if (after["status"] != Json("completed"))
        throw sdk::unknown("not_completed",
                           "the status was accepted, but the order does not show it");
}

sdk::FulfilmentCreate::Result Commands::send(const sdk::FulfilmentCreate& wanted) {
    using State = sdk::FulfilmentCreateResultState;
    const std::string id = wanted.order.external_id;
    if (wanted.kind != sdk::FulfilmentCreate::Kind::standard)
        return {leave_note(id, note_text(wanted)), State::pending};
    if (!is_whole(wanted.lines, record(id)))
        throw sdk::rejected("partial_fulfilment",
                            "the shop knows only whole orders as sent; mark it there once all is");
    if (wanted.tracking_number) leave_note(id, note_text(wanted));
    complete(id);
    emit(id);
    return {completion_id(id), State::shipped};
}

sdk::FulfilmentUpdate::Result Commands::move(const sdk::FulfilmentUpdate& wanted) {
    const std::string id = wanted.order.external_id;
    std::string text = "The units that were sent are " + std::string(sdk::to_word(wanted.state));
    if (wanted.tracking_number)
        text += ", with " + wanted.carrier.value_or("parcel") + " " + *wanted.tracking_number;
    leave_note(id, text + ".");
    return {wanted.fulfilment.external_id};
}

}  // namespace orderhub::woocommerce
