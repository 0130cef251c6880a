#include "parcels.hpp"

#include <algorithm>
#include <vector>

namespace orderhub::shopify {
namespace {

constexpr std::string_view kNotePrefix = "note:";
constexpr std::size_t kLongestNote = 5000;
constexpr std::int64_t kOrdersOfAPage = 4;
constexpr int kMostPages = 50;

Units units_of(const Json& fulfilment) {
    Units units;
    for (const Json& row : rows_of(fulfilment["fulfillmentLineItems"]))
        units[number_of(row.at("lineItem").at("id"))] += row.at("quantity").integer();
    return units;
}

bool may_fulfil(const Json& fulfilment_order) {
    return std::ranges::any_of(rows_of(fulfilment_order["supportedActions"]), [](const Json& each) {
        return text_at(each, "action") == "CREATE_FULFILLMENT";
    });
}

/// Takes what a fulfilment order still has of `units` out of them.
Json take_rows(const Json& fulfilment_order, Units& units) {
    std::vector<Json> rows;
    for (const Json& row : rows_of(fulfilment_order["lineItems"])) {
        const auto wanted = units.find(number_of(row.at("lineItem").at("id")));
        if (wanted == units.end()) continue;
        const std::int64_t taken = std::min(wanted->second, row.at("remainingQuantity").integer());
        if (taken <= 0) continue;
        wanted->second -= taken;
        rows.push_back(Json::object({{"id", row.at("id")}, {"quantity", taken}}));
    }
    return Json::array(std::move(rows));
}

bool is_all_taken(const Units& units) {
    return std::ranges::all_of(units, [](const auto& each) { return each.second == 0; });
}

Json tracking_of(const std::optional<std::string>& carrier,
                 const std::optional<std::string>& number) {
    Json tracking = Json::object();
    if (carrier) tracking.set("company", *carrier);
    if (number) tracking.set("number", *number);
    return tracking;
}

std::string address_text(const sdk::Address& to) {
    std::string text;
    for (const auto& part :
         {to.name, to.company, to.line1, to.line2, to.postcode, to.city, to.state, to.country})
        if (part && !part->empty()) (text += text.empty() ? "" : ", ") += *part;
    return text;
}

/// What the warehouse must do by hand, as a person reads it.
std::string note_text(const sdk::FulfilmentCreate& wanted) {
    std::string text = "Please send without charge:";
    for (const auto& line : wanted.lines)
        text += "\n" + std::to_string(line.quantity) + " x " + line.sku + " " + line.name;
    text += "\nto " + address_text(wanted.recipient);
    return wanted.reason.empty() ? text : text + "\nbecause: " + wanted.reason;
}

/// Keys of metafields have at least two characters.
std::string mark_key(std::string_view key) {
    return key.size() < 2 ? "k-" + std::string(key) : std::string(key);
}

}  // namespace

Json Parcels::order(const std::string& number) {
    return order_or_stop(settings_, client_, call_, number).order;
}

/// The order's note is one text; ours goes to its end.
void Parcels::leave_note(const std::string& number, const std::string& text) {
    const std::string mark = with_key("", command_.key, 100);
    const auto find = [&]() -> std::optional<bool> {
        if (text_at(order(number), "note").find(mark) == std::string::npos) return std::nullopt;
        return true;
    };
    const auto act = [&] {
        const Json seen = order(number);
        std::string note = text_at(seen, "note");
        if (note.find(mark) != std::string::npos) return true;
        note += (note.empty() ? "" : "\n\n") + text + "\n" + mark;
        if (note.size() > kLongestNote)
            throw sdk::rejected("note_is_full",
                                "the order's note has no room left; the warehouse must be told");
        client_.change(
            kNote, "orderUpdate",
            Json::object({{"input", Json::object({{"id", seen.at("id")}, {"note", note}})}}));
        return true;
    };
    once<bool>(call_, command_, find, act);
}

void Parcels::announce(const Json& order) {
    std::vector<Json> known;
    for (const Json& each : rows_of(order["fulfillments"]))
        known.push_back(each.at("id"));
    const Json mark = Json::object({{"ownerId", order.at("id")},
                                    {"namespace", "orderhub"},
                                    {"key", mark_key(command_.key)},
                                    {"type", "json"},
                                    {"value", Json::array(std::move(known)).dump()}});
    client_.change(kSetMark, "metafieldsSet", Json::object({{"metafields", Json::array({mark})}}));
}

std::optional<std::string> Parcels::find_sent(const std::string& number, const Units& units) {
    const Json seen = order(number);
    const Json mark =
        client_.send(kMark, Json::object({{"id", seen.at("id")}, {"key", mark_key(command_.key)}}));
    const Json& value = mark["order"]["metafield"]["value"];
    if (!value.is_text()) return std::nullopt;
    const Json known = Json::parse(value.text());
    for (const Json& each : rows_of(seen["fulfillments"])) {
        const bool is_new = std::ranges::none_of(
            rows_of(known), [&](const Json& id) { return id == each.at("id"); });
        if (is_new && text_at(each, "status") != "CANCELLED" && units_of(each) == units)
            return number_of(each.at("id"));
    }
    return std::nullopt;
}

/// Where the units are, as fulfillmentCreate takes it: all from one location.
Json Parcels::places_for(const std::string& id, Units units) {
    struct Place {
        Units left;
        std::vector<Json> orders;
    };
    std::map<std::string, Place> places;
    std::string after;
    for (int page = 0; page < kMostPages; ++page) {
        const Json orders =
            client_
                .send(kParcels, Json::object({{"id", id},
                                              {"first", kOrdersOfAPage},
                                              {"after", after.empty() ? Json() : Json(after)}}))
                .at("order")
                .at("fulfillmentOrders");
        for (const Json& each : rows_of(orders)) {
            if (!may_fulfil(each)) continue;
            const std::string where = text_at(each["assignedLocation"]["location"], "id");
            Place& place = places.try_emplace(where, Place{units, {}}).first->second;
            Json rows = take_rows(each, place.left);
            if (!rows.items().empty())
                place.orders.push_back(Json::object(
                    {{"fulfillmentOrderId", each.at("id")}, {"fulfillmentOrderLineItems", rows}}));
            if (is_all_taken(place.left)) return Json::array(std::move(place.orders));
        }
        if (orders["pageInfo"]["hasNextPage"] != Json(true)) break;
        after = orders["pageInfo"].at("endCursor").text();
    }
    throw sdk::rejected("not_at_one_place",
                        "no location has all of these units to send: they are sent already, on "
                        "hold, with a fulfilment service, or at several places");
}

sdk::FulfilmentCreate::Result Parcels::send(const sdk::FulfilmentCreate& wanted) {
    using State = sdk::FulfilmentCreateResultState;
    const std::string number = wanted.order.external_id;
    if (wanted.kind != sdk::FulfilmentCreate::Kind::standard) {
        leave_note(number, note_text(wanted));
        emit_after(settings_, client_, call_, number);
        return {std::string(kNotePrefix) + std::string(command_.key), State::pending};
    }
    Units units;
    for (const auto& line : wanted.lines)
        if (line.line) units[*line.line] += line.quantity;
    const auto find = [&] { return find_sent(number, units); };
    const auto act = [&]() -> std::string {
        const Json seen = order(number);
        const Json places = places_for(seen.at("id").text(), units);
        announce(seen);
        Json input = Json::object(
            {{"lineItemsByFulfillmentOrder", places}, {"notifyCustomer", settings_.notifies}});
        if (wanted.carrier || wanted.tracking_number)
            input.set("trackingInfo", tracking_of(wanted.carrier, wanted.tracking_number));
        const Json made =
            client_.change(kFulfil, "fulfillmentCreate", Json::object({{"fulfillment", input}}));
        return number_of(made.at("fulfillment").at("id"));
    };
    const auto id = once<std::string>(call_, command_, find, act);
    emit_after(settings_, client_, call_, number);
    return {id, State::shipped};
}

void Parcels::move_parcel(const Json& parcel, const sdk::FulfilmentUpdate& wanted) {
    using State = sdk::FulfilmentUpdate::State;
    const Json& id = parcel.at("id");
    const bool is_cancelled = text_at(parcel, "status") == "CANCELLED";
    if (wanted.state == State::cancelled) {
        if (!is_cancelled)
            client_.change(kCancelFulfilment, "fulfillmentCancel", Json::object({{"id", id}}));
        return;
    }
    if (is_cancelled) throw sdk::rejected("fulfilment_cancelled", "the fulfilment was cancelled");
    const auto& known = rows_of(parcel["trackingInfo"]);
    const Json none;
    const Json& shown = known.empty() ? none : known.front();
    const bool is_news =
        (wanted.tracking_number && *wanted.tracking_number != text_at(shown, "number")) ||
        (wanted.carrier && *wanted.carrier != text_at(shown, "company"));
    if (is_news) {
        Json tracking = tracking_of(wanted.carrier, wanted.tracking_number);
        for (const std::string_view key : {"company", "number"})
            if (tracking[key].is_null() && shown[key].is_text()) tracking.set(key, shown[key]);
        client_.change(
            kTrack, "fulfillmentTrackingInfoUpdate",
            Json::object({{"id", id}, {"tracking", tracking}, {"notify", settings_.notifies}}));
    }
    if (wanted.state == State::delivered && text_at(parcel, "displayStatus") != "DELIVERED")
        client_.change(
            kDelivered, "fulfillmentEventCreate",
            Json::object(
                {{"event", Json::object({{"fulfillmentId", id}, {"status", "DELIVERED"}})}}));
}

sdk::FulfilmentUpdate::Result Parcels::move(const sdk::FulfilmentUpdate& wanted) {
    const std::string number = wanted.order.external_id;
    const std::string id = wanted.fulfilment.external_id;
    if (id.starts_with(kNotePrefix)) {
        leave_note(number, "The units that were asked for (" + id.substr(kNotePrefix.size()) +
                               ") are " + std::string(sdk::to_word(wanted.state)) + ".");
        emit_after(settings_, client_, call_, number);
        return {id};
    }
    const Json seen = order(number);
    for (const Json& parcel : rows_of(seen["fulfillments"]))
        if (number_of(parcel.at("id")) == id) {
            move_parcel(parcel, wanted);
            emit_after(settings_, client_, call_, number);
            return {id};
        }
    throw sdk::rejected("no_such_fulfilment", "the order has no such fulfilment");
}

}  // namespace orderhub::shopify
