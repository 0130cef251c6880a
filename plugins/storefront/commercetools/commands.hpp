// Carries out what the hub wants of the project. Every change names the version that it was decided
// on; where another came first, the resource is read and it is decided again.
#pragma once

#include <functional>
#include <optional>
#include <orderhub/connector.hpp>
#include <string>

#include "client.hpp"

namespace orderhub::commercetools {

/// One command in progress.
class Commands {
public:
    Commands(const Settings& settings, Client& client, sdk::Call& call, const sdk::Command& command)
        : settings_(settings), client_(client), call_(call), command_(command) {}

    /// Whole orders only. Being cancelled is done, whoever did it.
    sdk::OrderCancel::Result cancel(const sdk::OrderCancel& cancel);
    /// One transaction for each command, found again by its key.
    sdk::RefundCreate::Result refund(const sdk::RefundCreate& wanted);
    /// One delivery for each command, found again by its key.
    sdk::FulfilmentCreate::Result send(const sdk::FulfilmentCreate& wanted);

private:
    /// The actions that are still needed, given what is there; none if it is done.
    using Decide = std::function<Json(const Json& current)>;

    Json order(const std::string& id);
    Json payment(const std::string& id);
    Json change(std::string_view resource, const std::string& id, const Decide& decide);
    void enter_return(const sdk::RefundCreate& wanted);
    void emit(const std::string& id);

    const Settings& settings_;
    Client& client_;
    sdk::Call& call_;
    const sdk::Command& command_;
};

}  // namespace orderhub::commercetools
