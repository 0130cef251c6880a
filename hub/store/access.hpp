// Who may call the API: users, their sessions, tokens; and what callers were answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/scope.hpp"

namespace orderhub::store {

/// A bearer token of the API. The token itself is not stored, only its hash.
struct ApiToken {
    std::string id;
    std::string name;
    std::string role;  ///< as http::role_of() reads it
    std::string hash;  ///< hex SHA-256
    std::string created_at;
    std::int64_t expires_at_ms = 0;  ///< 0: never
    domain::Scope scope = {};
};

/// A person who signs in.
struct User {
    std::string id;    ///< "us_" and a UUIDv7
    std::string name;  ///< what is typed to sign in; unique
    std::string full_name;
    std::string role;
    std::string password_hash;  ///< argon2id in its text form; empty: no sign-in by password
    bool active = true;
    std::string created_at;
    std::string issuer = {};   ///< of the OpenID Connect provider that vouches; empty: none
    std::string subject = {};  ///< who this is at that provider
    domain::Scope scope = {};
};

/// A browser in which a user has signed in. The cookie itself is not stored, only its hash.
struct UserSession {
    std::string hash;  ///< hex SHA-256
    std::string user_id;
    std::string csrf;  ///< what requests that change something must bring along
    std::int64_t created_at_ms = 0;
    std::int64_t seen_at_ms = 0;
    std::string address;  ///< where it was begun
};

/// The answer to a POST that carried an Idempotency-Key, kept to be given again.
struct StoredAnswer {
    std::string key;          ///< the caller's id and its key
    std::string fingerprint;  ///< hex SHA-256 of method, path and body
    int status = 0;
    std::string body;
    std::int64_t created_at_ms = 0;
};

/// How the secrets in the store lie there.
struct SecretsState {
    std::uint64_t done = 0;  ///< sealed anew by this call
    std::uint64_t left =
        0;  ///< in clear, or sealed with another key than the first; 0 without a key
};

class Access {
public:
    virtual ~Access() = default;
    /// From now on, and up to the end of the unit of work, what is read is only what the scope has:
    /// the rest is as if it did not exist. For the eyes of a caller, not for the hub's own work,
    /// which must see everything.
    virtual void narrow(const domain::Scope& scope) = 0;

    virtual void save_token(const ApiToken& token) = 0;
    virtual std::optional<ApiToken> token_by_hash(std::string_view hash) = 0;
    virtual std::vector<ApiToken> tokens() = 0;  ///< oldest first
    virtual bool delete_token(std::string_view id) = 0;

    /// Throws if the name is another user's.
    virtual void save_user(const User& user) = 0;
    virtual std::optional<User> user(std::string_view id) = 0;
    virtual std::optional<User> user_by_name(std::string_view name) = 0;
    /// Of a provider.
    virtual std::optional<User> user_by_identity(std::string_view issuer,
                                                 std::string_view subject) = 0;
    virtual std::vector<User> users() = 0;  ///< by name

    virtual void save_session(const UserSession& session) = 0;
    virtual std::optional<UserSession> session_by_hash(std::string_view hash) = 0;
    virtual void delete_session(std::string_view hash) = 0;
    virtual void delete_sessions_of(std::string_view user_id) = 0;
    /// Those begun, or seen last, before these instants.
    virtual void delete_old_sessions(std::int64_t created_before_ms,
                                     std::int64_t seen_before_ms) = 0;

    /// Seals at most so many that are not sealed with the first key.
    virtual SecretsState seal_secrets(std::uint32_t at_most) = 0;
    virtual SecretsState secrets_state() = 0;
    /// Ids of keys that secrets in the store need and that the ring does not have.
    virtual std::vector<std::string> missing_secret_keys() = 0;

    virtual std::optional<StoredAnswer> answer(std::string_view key) = 0;
    virtual void save_answer(const StoredAnswer& answer) = 0;
    virtual void forget_answers(std::int64_t created_before_ms) = 0;
};

}  // namespace orderhub::store
