#pragma once

#include <boost/json.hpp>
#include <stdexcept>
#include <string>

#include "http_types.hpp"
#include "world.hpp"

// The storefront and payment side: Vendure's Admin API at /vendure/admin-api.
namespace orderhub::sandbox::vendure {

inline constexpr std::string_view kApiKey =
    "sandboxkey00000000000001:sandbox-vendure-secret-0000000000000001";
inline constexpr std::string_view kUser = "hub@example.com";
inline constexpr std::string_view kPassword = "hub-password";

/// A failure in the `errors` array beside `data: null`; an empty code leaves out `extensions`.
struct TopLevelError : std::runtime_error {
    TopLevelError(const std::string& what, std::string code_)
        : std::runtime_error(what), code(std::move(code_)) {}
    std::string code;
};

/// Answers one request. The caller holds `world.mutex`.
HttpReply handle(World& world, const HttpRequest& request);
/// "query orders" or "mutation refundOrder": what fault rules are matched against.
std::string operation_of(const HttpRequest& request);

}  // namespace orderhub::sandbox::vendure
