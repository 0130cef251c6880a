#pragma once

#include <string>

#include "http_types.hpp"
#include "world.hpp"

// The service desk: Request Tracker 5's REST2 at /rt/REST/2.0.
namespace orderhub::sandbox::rt {

inline constexpr std::string_view kBase = "/rt/REST/2.0";
inline constexpr std::string_view kToken = "1-35-sandbox00000000000000000000000000";
inline constexpr std::string_view kPassword = "hubpass-1";  ///< of hub and agent1
inline constexpr std::string_view kRootPassword = "rootpass-1";

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "PUT /ticket/1": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

}  // namespace orderhub::sandbox::rt
