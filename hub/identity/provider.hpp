// An OpenID Connect provider: authorization code flow with PKCE.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "hub/identity/attempt.hpp"
#include "hub/identity/key_set.hpp"
#include "hub/identity/metadata.hpp"
#include "hub/identity/person.hpp"
#include "hub/identity/web.hpp"

namespace orderhub::identity {

/// What the provider says on the way back.
struct Returned {
    std::string_view state;
    std::string_view code;
    std::string_view issuer;  ///< empty if it did not say
};

/// Any thread. Its functions wait for the provider.
class Provider {
public:
    Provider(Settings settings, Fetch fetch, std::function<std::int64_t()> now_ms);

    const Settings& settings() const { return settings_; }

    /// Where to send the browser. Errors: Unavailable.
    Result<std::string> authorization_url(const Attempt& attempt);

    /// Redeems the code and says who has come. Errors: Unavailable if the provider is; Denied
    /// "bad_state", "bad_token", "code_refused".
    Result<Person> redeem(const Attempt& attempt, const Returned& returned);

private:
    /// An answer's body must be a JSON object, of a status below 300.
    Result<boost::json::object> ask(const WebRequest& request) const;
    Result<Metadata> metadata();
    /// The provider's keys: fetched again when they are old, or if `fresh`, but for that at most
    /// once a minute.
    Result<KeySet> keys(const Metadata& metadata, bool fresh);
    Result<boost::json::object> exchange(const Metadata& metadata, const Attempt& attempt,
                                         std::string_view code) const;
    Result<boost::json::object> verified(const Metadata& metadata, std::string_view token);
    /// Adds what the user info endpoint knows and the ID token did not say.
    Result<void> complete(const Metadata& metadata, const boost::json::object& tokens,
                          boost::json::object& claims) const;

    const Settings settings_;
    const Fetch fetch_;
    const std::function<std::int64_t()> now_ms_;

    std::mutex mutex_;
    std::optional<Metadata> metadata_;
    std::int64_t metadata_at_ms_ = 0;
    std::optional<KeySet> keys_;
    std::int64_t keys_at_ms_ = 0;
    std::int64_t refetched_at_ms_ = 0;  ///< because a token named a key that was not among them
};

}  // namespace orderhub::identity
