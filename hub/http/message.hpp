// A request and its answer, without the library that carries them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/connectors/host.hpp"

namespace orderhub::http {

struct Request {
    std::string method;
    std::string target;                       ///< as sent: path and query, percent-encoded
    std::vector<connectors::Header> headers;  ///< names in lower case
    std::string body;
    std::string address = {};  ///< of the peer, or of the one for whom a trusted proxy asks
    bool secure = false;       ///< came over TLS, to the hub or to that proxy

    /// The first value of a header (name in lower case); empty if absent.
    std::string_view header(std::string_view name) const {
        for (const auto& field : headers)
            if (field.name == name) return field.value;
        return {};
    }
};

struct Response;

/// Gives the answer back. Any thread; the first call counts, later ones do nothing.
using Respond = std::function<void(Response)>;

/// Asks for the next piece of a body that goes on; called again once that was written. The piece is
/// the body of what is given; if that is empty, or its status is not 200, the body ends there.
using NextPiece = std::function<void(Respond)>;

struct Response {
    int status = 200;
    std::string body;
    std::string content_type = "application/json";
    std::vector<connectors::Header> headers;
    NextPiece pieces = nullptr;  ///< if set, the body: `body` is not used then
};

/// Handles one request. Runs on the socket thread: it must hand anything that waits to another one.
using Handler = std::function<void(Request, Respond)>;

}  // namespace orderhub::http
