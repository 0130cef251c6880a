#pragma once

#include <string>

#include "http_types.hpp"
#include "world.hpp"

// The ERP: Tryton 6.0's JSON-RPC, /tryton/ for the server and /tryton/hub/ for the database.
namespace orderhub::sandbox::tryton {

inline constexpr std::string_view kDatabase = "hub";
inline constexpr std::string_view kUser = "hub";
inline constexpr std::string_view kPassword = "hub-Passw0rd-42";

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "model.account.invoice.post": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

}  // namespace orderhub::sandbox::tryton
