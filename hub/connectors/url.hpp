// The addresses that a connector asks for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/domain/result.hpp"

namespace orderhub::connectors {

/// An absolute http or https address, taken apart.
struct Target {
    bool tls = false;
    std::string host;  ///< lower case; an IPv6 address without brackets
    std::uint16_t port = 0;
    bool has_port = false;  ///< the address named it
    std::string path;       ///< with the query; at least "/"

    /// "host" or "host:port" as the address gave it; an IPv6 address in brackets.
    std::string authority() const;
};

/// Errors: Invalid "bad_url". The message does not repeat the address, which may carry personal
/// data.
Result<Target> parse_url(std::string_view url);

}  // namespace orderhub::connectors
