#pragma once

#include <string>

#include "http_types.hpp"
#include "world.hpp"

// The Salesforce platform: token endpoint and REST interface at /services.
namespace orderhub::sandbox::salesforce {

inline constexpr std::string_view kClientId = "3MVG9sandbox-consumer-key";
inline constexpr std::string_view kClientSecret = "sandbox-consumer-secret-01";
inline constexpr std::string_view kUserName = "hub@acme.example.test";

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "POST /composite": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

/// Answers a request for an access token.
HttpReply give_token(World& world, const HttpRequest& request);

/// The control API's rows: {"type", "fields", "id"?}: made or changed as somebody else would; gives
/// the id.
json::value put_row(World& world, const json::object& wanted);

}  // namespace orderhub::sandbox::salesforce
