// Carries out what the hub wants of the shop.
#pragma once

#include <optional>
#include <orderhub/connector.hpp>
#include <string>

#include "client.hpp"

namespace orderhub::woocommerce {

/// One command in progress.
class Commands {
public:
    Commands(const Settings& settings, Client& client, sdk::Call& call, const sdk::Command& command)
        : settings_(settings), client_(client), call_(call), command_(command) {}

    /// Whole orders only. Being cancelled is done, whoever did it.
    sdk::OrderCancel::Result cancel(const sdk::OrderCancel& cancel);
    /// One entry for each command, found again by its key.
    sdk::RefundCreate::Result refund(const sdk::RefundCreate& wanted);
    /// Of kind standard the order becomes completed; for others a note is left for the warehouse.
    sdk::FulfilmentCreate::Result send(const sdk::FulfilmentCreate& wanted);
    sdk::FulfilmentUpdate::Result move(const sdk::FulfilmentUpdate& wanted);

private:
    Shown order(const std::string& id);
    sdk::Order record(const std::string& id);
    void emit(const std::string& id);
    std::optional<sdk::RefundCreate::Result> find_refund(const std::string& id);
    std::optional<std::string> find_note(const std::string& id);
    std::string leave_note(const std::string& id, const std::string& text);
    void complete(const std::string& id);

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    const sdk::Command& command_;
};

}  // namespace orderhub::woocommerce
