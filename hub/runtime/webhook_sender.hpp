// POSTs to subscribers with the HTTP client that connectors use, on a thread of its own.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/routing/subscription_ports.hpp"

namespace orderhub::runtime {

struct WebhookSenderSettings {
    /// Hosts ("host" or "host:port", exact) that may be called with plain http and at addresses
    /// that are not in the public internet.
    std::vector<std::string> private_hosts;
    std::chrono::milliseconds deadline{20'000};  ///< of one call, from its beginning to its end
    std::size_t max_answer_bytes = 1024 * 1024;
    std::string ca_file = {};  ///< additional trusted certificates (PEM), or empty
};

class WebhookSender final : public routing::PostSender {
public:
    explicit WebhookSender(WebhookSenderSettings settings);
    WebhookSender(const WebhookSender&) = delete;
    WebhookSender& operator=(const WebhookSender&) = delete;
    ~WebhookSender() override;

    /// Whether an address may be subscribed: https, or a host that was granted. Errors: Invalid
    /// "bad_url", "address_refused".
    Result<void> check(const std::string& url) const;
    void send(routing::Post post, Done done) override;
    void stop() override;

private:
    struct Engine;
    const WebhookSenderSettings settings_;
    std::unique_ptr<Engine> engine_;
};

/// The wait that a Retry-After header asks for: seconds, or an HTTP date after `now`. Nothing if it
/// is neither.
std::optional<std::chrono::milliseconds> retry_after(std::string_view header, routing::Instant now);

}  // namespace orderhub::runtime
