// The message that RT's scrip sends. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mapping.hpp"

namespace orderhub::request_tracker {

/// "This ticket changed", with the transactions of one request.
struct Notice {
    std::string ticket;
    std::string queue;
    std::vector<Entry> transactions;

    /// True if all of it was written by this connector.
    bool is_echo(std::string_view hub_user) const;
};

/// Throws Stop (rejected) if the body is not such a message.
Notice to_notice(std::string_view body);

}  // namespace orderhub::request_tracker
