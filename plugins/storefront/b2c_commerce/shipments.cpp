#include "shipments.hpp"

namespace orderhub::b2c_commerce {
namespace {

constexpr std::size_t kMostParcels = 200;  ///< of one order; the text of a state has a limit

Json to_json(const Parcel& parcel) {
    Json units = Json::object();
    for (const auto& [line, quantity] : parcel.units)
        units.set(line, quantity);
    return Json::object({{"units", units},
                         {"carrier", parcel.carrier},
                         {"tracking_number", parcel.tracking_number}});
}

Parcel to_parcel(const Json& json) {
    Parcel parcel{{}, json.at("carrier").text(), json.at("tracking_number").text()};
    for (const auto& [line, quantity] : json.at("units").members())
        parcel.units[line] = quantity.integer();
    return parcel;
}

}  // namespace

Parcels::Parcels(sdk::Call& call, std::string_view order)
    : call_(call), key_("parcels." + std::string(order)) {
    const std::string kept = call.state(key_);
    if (kept.empty()) return;
    const Json json = Json::parse(kept);
    for (const auto& [id, parcel] : json.members())
        parcels_[id] = to_parcel(parcel);
}

const Parcel* Parcels::find(const std::string& id) const {
    const auto found = parcels_.find(id);
    return found == parcels_.end() ? nullptr : &found->second;
}

void Parcels::put(const std::string& id, Parcel parcel) {
    if (parcels_.size() >= kMostParcels && !parcels_.contains(id)) return;
    parcels_[id] = std::move(parcel);
    keep();
}

void Parcels::remove(const std::string& id) {
    parcels_.erase(id);
    keep();
}

void Parcels::keep() {
    Json json = Json::object();
    for (const auto& [id, parcel] : parcels_)
        json.set(id, to_json(parcel));
    call_.set_state(key_, json.dump());
}

std::string Parcels::shipping_status(const sdk::Order& record) const {
    std::map<std::string, std::int64_t> sent;
    for (const auto& [id, parcel] : parcels_)
        for (const auto& [line, quantity] : parcel.units)
            sent[line] += quantity;
    bool any = false;
    bool all = true;
    for (const sdk::OrderLine& line : record.lines) {
        if (line.kind != sdk::OrderLineKind::product) continue;
        any = any || sent[line.external_id] > 0;
        all = all && sent[line.external_id] >= line.quantity;
    }
    return !any ? "not_shipped" : all ? "shipped" : "part_shipped";
}

std::string tracking_address(std::string pattern, const std::string& number) {
    constexpr std::string_view kPlace = "{number}";
    const std::size_t at = pattern.find(kPlace);
    return at == std::string::npos ? pattern
                                   : pattern.replace(at, kPlace.size(), sdk::url_encode(number));
}

Json status_event(const Settings& settings, const std::string& id, const std::string& occurred_at,
                  std::string type, const Parcel& parcel) {
    const bool can_follow = !parcel.tracking_number.empty() && !settings.tracking_url.empty();
    if (!can_follow) type = "processing";
    Json lines = Json::array();
    for (const auto& [line, quantity] : parcel.units)
        lines.push(Json::object({{"id", line}, {"quantity", quantity}}));
    Json event = Json::object(
        {{"id", id}, {"occurredAt", occurred_at}, {"type", type}, {"lineItems", lines}});
    if (!parcel.carrier.empty()) event.set("carrier", parcel.carrier);
    if (!parcel.tracking_number.empty()) event.set("trackingNumber", parcel.tracking_number);
    if (can_follow)
        event.set("trackingUrl", tracking_address(settings.tracking_url, parcel.tracking_number));
    return Json::object({{"fulfillmentEvent", std::move(event)}});
}

}  // namespace orderhub::b2c_commerce
