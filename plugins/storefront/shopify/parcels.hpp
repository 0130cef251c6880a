// Carries out what the hub wants of the warehouse: fulfilments, and notes for what the shop itself
// cannot send.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "commands.hpp"

namespace orderhub::shopify {

/// Units by line number.
using Units = std::map<std::string, std::int64_t>;

/// One command in progress.
class Parcels {
public:
    Parcels(const Settings& settings, Client& client, sdk::Call& call, const sdk::Command& command)
        : settings_(settings), client_(client), call_(call), command_(command) {}

    /// A fulfilment has no member for a key that a customer would not see. So a metafield of the
    /// order, named by the key, tells before it is made which fulfilments there were: ours is the
    /// new one with its very units.
    sdk::FulfilmentCreate::Result send(const sdk::FulfilmentCreate& wanted);
    sdk::FulfilmentUpdate::Result move(const sdk::FulfilmentUpdate& wanted);

private:
    Json order(const std::string& number);
    std::optional<std::string> find_sent(const std::string& number, const Units& units);
    void announce(const Json& order);
    Json places_for(const std::string& id, Units units);
    void leave_note(const std::string& number, const std::string& text);
    void move_parcel(const Json& parcel, const sdk::FulfilmentUpdate& wanted);

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    const sdk::Command& command_;
};

}  // namespace orderhub::shopify
