// Turns the bytes of an HTTP/1.1 response into an answer. Keeps Beast out of the rest of the
// client.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <string>

#include "hub/connectors/http_client.hpp"

namespace orderhub::connectors {

class ResponseReader {
public:
    /// `is_head`: a response to HEAD, which has no body whatever its headers say.
    ResponseReader(bool is_head, std::size_t max_body_bytes);
    ~ResponseReader();

    /// Room for the next bytes; then take() says how many were read into it.
    boost::asio::mutable_buffer room();
    /// Errors of the parser: malformed, too large.
    boost::system::error_code take(std::size_t bytes);
    /// The peer has ended its stream. An error unless that is how this response ends.
    boost::system::error_code take_end();

    bool has_begun() const;  ///< any byte came
    bool is_complete() const;
    /// Whether the connection may be used again. Only once complete.
    bool keeps_connection() const;
    /// Only once complete.
    WireAnswer answer();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace orderhub::connectors
