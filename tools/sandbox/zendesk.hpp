#pragma once

#include <stdexcept>
#include <string>

#include "http_types.hpp"
#include "world.hpp"

// Zendesk Support: the calls at /api/v2 that a connector makes.
namespace orderhub::sandbox::zendesk {

inline constexpr std::string_view kBase = "/api/v2";
inline constexpr std::string_view kUser = "hub@acme.example.test/token";
inline constexpr std::string_view kApiToken = "sandbox-zendesk-token-01";
inline constexpr std::string_view kAccessToken = "sandbox-zendesk-oauth-01";
inline constexpr std::int64_t kHub = 1000;    ///< the user that both sign in
inline constexpr std::int64_t kAgent = 1001;  ///< who answers customers
inline constexpr std::int64_t kGroup = 98738;
inline constexpr std::int64_t kFirstField = 360'000'000'001;  ///< five of them

/// An answer that is no success.
struct Refusal : std::runtime_error {
    int status;
    json::value body;
    std::int64_t retry_after = 0;  ///< seconds; the body is plain text then
    Refusal(int status, json::value body)
        : std::runtime_error("refused"), status(status), body(std::move(body)) {}
};

/// The common form, and that of a validation.
Refusal refusal(int status, const std::string& error, const std::string& description);
Refusal invalid(const std::string& description);

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "PUT /tickets/35436": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

/// Counts a request to a limited thing; throws Refusal (429) if there were `most` in `seconds`.
/// Gives how many more there may be.
std::int64_t count(State& state, const std::string& thing, std::int64_t most, std::int64_t seconds);

/// GET /incremental/tickets/cursor.
json::object read_export(State& state, const HttpRequest& request);
/// GET /tickets/ID, GET /tickets/ID/comments, PUT /tickets/ID: {"ticket", "audit"}.
json::object read_ticket(const State& state, const std::string& id);
json::object read_comments(const State& state, const std::string& id, const HttpRequest& request);
json::object change_ticket(World& world, const std::string& id, const json::object& wanted,
                           std::int64_t author);
/// Documents of the users with these ids.
json::array users_of(const State& state, const std::vector<std::int64_t>& ids);
/// As it is shown, without what only the stand-in knows.
json::object shown(const json::object& ticket);

/// The control API's tickets: {"from", "subject", "body"} opens one, {"ticket", ...} is written to
/// or changed by an agent: "body" with "public", "status", "from" a customer. Gives {"id"}.
json::value put_ticket(World& world, const json::object& wanted);

}  // namespace orderhub::sandbox::zendesk
