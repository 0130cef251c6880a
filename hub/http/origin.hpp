// From where a request comes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/http/message.hpp"

namespace orderhub::http {

/// Sets the address, and whether the request came over TLS if a proxy tells so. Of a peer that is
/// one of `trusted` (a proxy), X-Forwarded-For and X-Forwarded-Proto are believed: the address is
/// the last one that no trusted proxy has.
void set_origin(Request& request, std::string_view peer, const std::vector<std::string>& trusted);

}  // namespace orderhub::http
