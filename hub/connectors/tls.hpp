// What TLS connections to outside systems trust.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

namespace orderhub::connectors {

/// Made at the first use: reading the system's certificates takes milliseconds and megabytes that a
/// hub without https connectors need not pay.
class Trust {
public:
    explicit Trust(std::string ca_file) : ca_file_(std::move(ca_file)) {}

    /// Null if the certificates could not be read; `problem()` then says why. Tried again at the
    /// next call.
    boost::asio::ssl::context* context();
    const std::string& problem() const { return problem_; }

private:
    std::string ca_file_;
    std::string problem_;
    std::unique_ptr<boost::asio::ssl::context> context_;
};

}  // namespace orderhub::connectors
