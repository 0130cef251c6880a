// What was sent for an order, as this connector remembers it, and what the shop is told of it. Pure
// but for the state of the instance.
#pragma once

#include <map>
#include <optional>
#include <orderhub/connector.hpp>
#include <string>
#include <vector>

#include "settings.hpp"

namespace orderhub::b2c_commerce {

/// One parcel: units by line.
struct Parcel {
    std::map<std::string, std::int64_t> units;
    std::string carrier;
    std::string tracking_number;
};

/// The parcels of one order, by the key of the command that made them. The shop keeps no such list,
/// and a later event must name the units again.
class Parcels {
public:
    Parcels(sdk::Call& call, std::string_view order);

    const Parcel* find(const std::string& id) const;
    void put(const std::string& id, Parcel parcel);
    void remove(const std::string& id);

    /// "not_shipped", "part_shipped" or "shipped", given the order's record.
    std::string shipping_status(const sdk::Order& record) const;

private:
    void keep();

    sdk::Call& call_;
    std::string key_;
    std::map<std::string, Parcel> parcels_;
};

/// A body of oms-status-events. `type` is "shipped", "delivered", "canceled"; without a number and
/// an address to follow it under, a shipment can only be told as "processing".
Json status_event(const Settings& settings, const std::string& id, const std::string& occurred_at,
                  std::string type, const Parcel& parcel);

/// A number in an address: "https://track.example/{number}" -> "https://track.example/JD0002".
std::string tracking_address(std::string pattern, const std::string& number);

}  // namespace orderhub::b2c_commerce
