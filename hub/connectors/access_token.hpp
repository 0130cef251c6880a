// The OAuth 2.0 access token of one instance (RFC 6749), shared by all its calls.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/connectors/http_client.hpp"
#include "hub/connectors/secrets.hpp"

namespace orderhub::connectors {

/// What the token endpoint is sent.
struct TokenRequest {
    std::string url;
    std::string authorization;  ///< empty if id and secret are in the body
    std::string body;           ///< a form
};

/// On the connector thread only.
class AccessToken {
public:
    using Clock = std::chrono::steady_clock;
    using Resume = std::function<void()>;

    /// Whether the endpoint is configured: a connector may know other ways of signing in.
    static bool is_wanted(const OAuth2Grant& grant, const Secrets& secrets);

    /// Errors: Invalid "bad_config" naming the configuration key that is missing or of no use.
    static Result<AccessToken> make(const OAuth2Grant& grant, const Secrets& secrets);

    /// Whether both ask the same endpoint as the same client in the same way. Any thread.
    bool is_of_same_client(const AccessToken& other) const;

    /// Nothing if there is none, or if it is about to expire.
    std::optional<std::string> valid(Clock::time_point now) const;
    void set_pause(std::chrono::milliseconds pause) { pause_ = pause; }
    /// Why the endpoint gave none, until the pause after that is over; nothing otherwise.
    std::optional<WireAnswer> failure(Clock::time_point now) const;
    /// Why the last request for one gave none; nothing if it gave one.
    std::optional<WireAnswer> last_failure() const;
    /// The token is of no use any more. One that was replaced meanwhile stays.
    void drop(const std::string& token);
    void drop() { token_.clear(); }

    /// One call asks the endpoint; the others wait until it has ended.
    bool is_asking() const { return is_asking_; }
    void wait(Resume resume) { waiting_.push_back(std::move(resume)); }
    TokenRequest begin() { return begin(std::chrono::system_clock::now()); }
    TokenRequest begin(std::chrono::system_clock::time_point today);
    /// Takes the endpoint's answer and wakes those who wait.
    void end(const WireAnswer& answer, Clock::time_point now);

    /// What must not be lost: a refresh token that the endpoint gave in place of the one before.
    /// Sealed with the configured secrets, so that others of them make it void.
    static constexpr const char* kStateKey = "host.oauth2";
    bool wants_state() const { return by_refresh_token_ && !has_state_; }
    void restore(const std::string& sealed);
    /// The sealed text if there is a new one since the last time.
    std::optional<std::string> to_keep();

    /// The text with this token and its refresh token replaced by "***".
    std::string mask(std::string text) const;

private:
    bool take(const WireAnswer& answer, Clock::time_point now);

    Result<void> set_grant(const std::string& grant);
    Result<void> add_client(const OAuth2Grant& grant, const Secrets& secrets);
    Result<void> add_proof(const OAuth2Grant& grant, const Secrets& secrets);
    std::string claims(std::chrono::system_clock::time_point today) const;

    std::string url_;
    std::string authorization_;
    std::string form_;  ///< all but the refresh token or assertion
    std::string refresh_token_;
    std::string seal_;  ///< what the key is made of
    std::string client_id_;
    std::string private_key_;  ///< PEM; this and the next two: of jwt_bearer
    std::string subject_;
    std::string audience_;
    bool by_refresh_token_ = false;
    bool by_assertion_ = false;
    bool has_state_ = false;
    bool is_new_ = false;
    bool is_asking_ = false;
    std::vector<Resume> waiting_;
    std::string token_;
    std::optional<Clock::time_point> expires_;
    WireAnswer failure_;
    std::optional<Clock::time_point> failed_;
    std::chrono::milliseconds pause_{1000};
};

}  // namespace orderhub::connectors
