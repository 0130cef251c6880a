#include <fmt/format.h>

#include "b2c.hpp"
#include "text.hpp"

namespace orderhub::sandbox::b2c {

HttpReply give_token(World& world, const HttpRequest& request) {
    const auto refuse = [](int status, const char* error, const char* words) {
        return json_reply({{"error", error}, {"error_description", words}}, status);
    };
    const std::string basic =
        "Basic " + base64_encode(fmt::format("{}:{}", percent_encode(kClientId),
                                             percent_encode(kClientSecret)));
    const bool in_body =
        request.param("client_id") == kClientId && request.param("client_secret") == kClientSecret;
    if (request.header("authorization") != basic && !in_body)
        return refuse(401, "invalid_client", "Client authentication failed");
    if (request.param("grant_type") != "client_credentials")
        return refuse(400, "unsupported_grant_type", "The grant type is not supported");
    const std::string scope = request.param("scope");
    if (!scope.contains("SALESFORCE_COMMERCE_API:zzxx_001"))
        return refuse(400, "invalid_scope", "Unknown or invalid scope");
    const std::string token =
        "eyJ" + random_text(60, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    world.b2c.sessions[token] = scope;
    return json_reply({{"access_token", token},
                       {"scope", scope},
                       {"token_type", "Bearer"},
                       {"expires_in", 1799}});
}

}  // namespace orderhub::sandbox::b2c
