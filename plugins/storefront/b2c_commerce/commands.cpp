#include "commands.hpp"

#include <map>

#include "feed.hpp"
#include "mapping.hpp"

namespace orderhub::b2c_commerce {
namespace {

constexpr std::string_view kNotePrefix = "note:";

std::string marker(std::string_view key) {
    return "[orderhub:" + std::string(key) + "]";
}

/// Whether every unit that the order still has is named.
bool is_whole(const sdk::OrderCancel& cancel, const sdk::Order& record) {
    std::map<std::string, std::int64_t> wanted;
    for (const auto& line : cancel.lines)
        wanted[line.line] += line.quantity;
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

/// What the warehouse must do by hand, as a person reads it.
std::string note_text(const sdk::FulfilmentCreate& wanted, std::string_view key) {
    std::string text = "Please send without charge:";
    for (const auto& line : wanted.lines)
        text += "\n" + std::to_string(line.quantity) + " x " + line.sku + " " + line.name;
    text += "\nto " + address_text(wanted.recipient);
    if (!wanted.reason.empty()) text += "\nbecause: " + wanted.reason;
    return text + "\n" + marker(key);
}

}  // namespace

sdk::Order Commands::order(const std::string& number, bool& cancelled) {
    const std::string observed_at = call_.now();
    const auto found = client_.order(number);
    if (!found) throw sdk::rejected("no_such_order", "the site has no order with this number");
    cancelled = is_cancelled(*found);
    auto record = to_order(settings_, *found, observed_at);
    if (!record) throw sdk::rejected("not_placed", "the order was never placed");
    return std::move(*record);
}

/// The command is done: if the order cannot be read now, a poll brings it. Where no answer comes,
/// the connector may be being stopped, and must not go on.
void Commands::emit(const std::string& number) {
    const auto stop = sdk::attempt(call_, [&] {
        const std::string observed_at = call_.now();
        if (const auto found = client_.order(number))
            emit_order(settings_, call_, *found, observed_at);
    });
    const bool may_be_stopped = stop && (stop->code == "stopping" || stop->code == "no_answer");
    if (may_be_stopped) throw sdk::unknown(stop->code, stop->message);
    if (stop) call_.log(OH_LOG_WARN, "the order could not be read back: " + stop->message);
}

sdk::OrderCancel::Result Commands::cancel(const sdk::OrderCancel& cancel) {
    using Result = sdk::OrderCancel::Result;
    const std::string number = cancel.order.external_id;
    bool done = false;
    const auto find = [&]() -> std::optional<Result> {
        order(number, done);
        return done ? std::optional(Result{number}) : std::nullopt;
    };
    const auto act = [&] {
        const sdk::Order record = order(number, done);
        if (done) return Result{number};
        if (!is_whole(cancel, record))
            throw sdk::rejected(
                "partial_cancel",
                "the shop cancels whole orders only; these lines must be cancelled by hand");
        client_.set_state(number, "status", "cancelled");
        order(number, done);
        if (!done)
            throw sdk::unknown("not_cancelled",
                               "the cancel was accepted, but the order does not show it");
        return Result{number};
    };
    Result result = sdk::do_once(call_, command_, find, act);
    emit(number);
    return result;
}

std::optional<std::string> Commands::find_note(const std::string& number) {
    for (const Json& note : client_.notes(number))
        if (note["text"].is_text() &&
            note["text"].text().find(marker(command_.key)) != std::string::npos)
            return std::string(kNotePrefix) + note["id"].text_or_empty();
    return std::nullopt;
}

std::string Commands::leave_note(const std::string& number, const std::string& text) {
    if (settings_.notes_url.empty())
        throw sdk::rejected(
            "no_notes",
            "the Orders API cannot do this; with ocapi_url a note would be left for the warehouse");
    return sdk::do_once(
        call_, command_, [&] { return find_note(number); },
        [&] {
            client_.add_note(number, "OrderHub", text);
            if (auto found = find_note(number)) return std::move(*found);
            throw sdk::unknown("no_note",
                               "the note was accepted but is not among the order's notes");
        });
}

/// Events carry the command's key as their id; a status says the same however often it is set.
void Commands::tell(const std::string& number, const std::string& type, const Parcel& parcel,
                    const Parcels& parcels) {
    if (!settings_.tells_by_status)
        return client_.tell(
            number, status_event(settings_, std::string(command_.key), call_.now(), type, parcel));
    bool cancelled = false;
    client_.set_state(number, "shipping-status", parcels.shipping_status(order(number, cancelled)));
}

sdk::FulfilmentCreate::Result Commands::send(const sdk::FulfilmentCreate& wanted) {
    const std::string number = wanted.order.external_id;
    const std::string key(command_.key);
    if (wanted.kind != sdk::FulfilmentCreate::Kind::standard)
        return {leave_note(number, note_text(wanted, key)),
                sdk::FulfilmentCreateResultState::pending};
    Parcel parcel{{}, wanted.carrier.value_or(""), wanted.tracking_number.value_or("")};
    for (const auto& line : wanted.lines)
        if (line.line) parcel.units[*line.line] += line.quantity;
    Parcels parcels(call_, number);
    parcels.put(key, parcel);
    tell(number, "shipped", parcel, parcels);
    emit(number);
    return {key, sdk::FulfilmentCreateResultState::shipped};
}

/// A parcel of ours, or a shipment of the shop's own.
Parcel Commands::parcel_of(const sdk::FulfilmentUpdate& wanted, const Parcels& parcels) {
    const std::string& id = wanted.fulfilment.external_id;
    Parcel parcel;
    if (const Parcel* known = parcels.find(id)) {
        parcel = *known;
    } else {
        bool cancelled = false;
        for (const sdk::OrderFulfilment& each :
             order(wanted.order.external_id, cancelled).fulfilments)
            if (each.external_id == id)
                for (const auto& line : each.lines)
                    parcel.units[line.line] = line.quantity;
    }
    if (parcel.units.empty())
        throw sdk::rejected("no_such_fulfilment", "neither the hub nor the shop knows this parcel");
    if (wanted.carrier) parcel.carrier = *wanted.carrier;
    if (wanted.tracking_number) parcel.tracking_number = *wanted.tracking_number;
    return parcel;
}

sdk::FulfilmentUpdate::Result Commands::move(const sdk::FulfilmentUpdate& wanted) {
    using State = sdk::FulfilmentUpdate::State;
    const std::string number = wanted.order.external_id;
    const std::string id = wanted.fulfilment.external_id;
    if (id.starts_with(kNotePrefix))
        return {leave_note(number, "The units that were asked for are " +
                                       std::string(sdk::to_word(wanted.state)) + ".\n" +
                                       marker(command_.key))};
    Parcels parcels(call_, number);
    const Parcel parcel = parcel_of(wanted, parcels);
    if (wanted.state == State::cancelled)
        parcels.remove(id);
    else
        parcels.put(id, parcel);
    tell(number,
         wanted.state == State::cancelled ? "canceled" : std::string(sdk::to_word(wanted.state)),
         parcel, parcels);
    emit(number);
    return {id};
}

}  // namespace orderhub::b2c_commerce
