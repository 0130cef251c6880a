// Which addresses lie in the public internet.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace orderhub::connectors {

/// False for loopback, private networks, link-local addresses (a cloud's metadata service among
/// them), multicast, documentation and reserved ranges, and for IPv6 forms that carry such an IPv4
/// address (RFC 6890).
bool is_public(const boost::asio::ip::address& address);

}  // namespace orderhub::connectors
