// HTTP/1.1 on a socket, the server's side, as much as a stand-in needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "match.hpp"

namespace orderhub::kit {

int listen_on_loopback(std::uint16_t& port);
/// The next request; nothing once the client has gone. `buffered` keeps what came too early.
std::optional<HttpRequest> read_request(int socket, std::string& buffered);
/// False once the client has gone.
bool send_all(int socket, std::string_view bytes);
/// True if the client went within that time.
bool has_gone_within(int socket, int milliseconds);
void reset(int socket);
/// The head of a response with that length of a body.
std::string response_head(int status, const Texts& headers, std::size_t length);

}  // namespace orderhub::kit
