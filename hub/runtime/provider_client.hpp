// Asks the OpenID Connect provider with the HTTP client that connectors use, on a thread of its
// own.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "hub/identity/web.hpp"

namespace orderhub::runtime {

struct ProviderClientSettings {
    std::chrono::milliseconds deadline{10'000};  ///< of one request, from its beginning to its end
    std::size_t max_answer_bytes = 256 * 1024;
    std::string ca_file = {};  ///< additional trusted certificates (PEM), or empty
};

class ProviderClient {
public:
    explicit ProviderClient(ProviderClientSettings settings = {});
    ~ProviderClient();
    ProviderClient(const ProviderClient&) = delete;
    ProviderClient& operator=(const ProviderClient&) = delete;

    /// See identity::Fetch.
    Result<identity::WebAnswer> fetch(const identity::WebRequest& request);

    /// Ends what is under way; later requests are refused. Any thread.
    void stop();

private:
    struct Engine;
    const ProviderClientSettings settings_;
    std::unique_ptr<Engine> engine_;
};

}  // namespace orderhub::runtime
