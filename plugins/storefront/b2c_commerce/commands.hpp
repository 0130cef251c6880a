// Carries out what the hub wants of the shop.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>

#include "client.hpp"
#include "shipments.hpp"

namespace orderhub::b2c_commerce {

/// One command in progress.
class Commands {
public:
    Commands(const Settings& settings, Client& client, sdk::Call& call, const sdk::Command& command)
        : settings_(settings), client_(client), call_(call), command_(command) {}

    /// The shop cancels whole orders only. Being cancelled is done, whoever did it.
    sdk::OrderCancel::Result cancel(const sdk::OrderCancel& cancel);
    sdk::FulfilmentCreate::Result send(const sdk::FulfilmentCreate& wanted);
    sdk::FulfilmentUpdate::Result move(const sdk::FulfilmentUpdate& wanted);

private:
    sdk::Order order(const std::string& number, bool& is_cancelled);
    void emit(const std::string& number);
    std::optional<std::string> find_note(const std::string& number);
    std::string leave_note(const std::string& number, const std::string& text);
    void tell(const std::string& number, const std::string& type, const Parcel& parcel,
              const Parcels& parcels);
    Parcel parcel_of(const sdk::FulfilmentUpdate& wanted, const Parcels& parcels);

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    const sdk::Command& command_;
};

}  // namespace orderhub::b2c_commerce
