#include "hub/identity/metadata.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/url/parse.hpp>

namespace orderhub::identity {

namespace {

namespace json = boost::json;

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorKind::Unavailable, "bad_metadata", std::move(message));
}

std::string text_at(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

/// Without the member it is client_secret_basic, says OpenID Connect Discovery.
bool takes_basic(const json::object& document) {
    const auto* methods = document.if_contains("token_endpoint_auth_methods_supported");
    if (!methods || !methods->is_array()) return true;
    return std::ranges::find(methods->as_array(), json::value("client_secret_basic")) !=
           methods->as_array().end();
}

}  // namespace

bool is_safe_address(std::string_view url) {
    const auto parts = boost::urls::parse_uri(url);
    if (!parts || parts->has_userinfo() || parts->encoded_host().empty()) return false;
    if (parts->scheme() == "https") return true;
    // Boost.URL 1.81 takes the beginning of 127.0.0.1.evil.example for an IPv4 address.
    const auto authority = url.substr(url.find("://") + 3);
    const auto host = authority.substr(0, authority.find_first_of("/?#"));
    const auto is_host = [&](std::string_view name) {
        return host == name || (host.starts_with(name) && host[name.size()] == ':');
    };
    return parts->scheme() == "http" &&
           (is_host("127.0.0.1") || is_host("[::1]") || is_host("localhost"));
}

Result<Metadata> read_metadata(std::string_view document, std::string_view issuer) {
    boost::system::error_code error;
    const auto parsed = json::parse(document, error);
    if (error || !parsed.is_object()) return refuse("its description is no JSON object");
    const auto& object = parsed.as_object();
    if (text_at(object, "issuer") != issuer)
        return refuse("its description names another issuer than access.oidc.issuer");
    Metadata metadata{text_at(object, "authorization_endpoint"), text_at(object, "token_endpoint"),
                      text_at(object, "jwks_uri"), text_at(object, "userinfo_endpoint"),
                      takes_basic(object)};
    if (const auto* names = object.if_contains("authorization_response_iss_parameter_supported"))
        metadata.names_issuer_on_return = names->is_bool() && names->as_bool();
    const bool has_all = is_safe_address(metadata.authorization_endpoint) &&
                         is_safe_address(metadata.token_endpoint) &&
                         is_safe_address(metadata.jwks_uri);
    if (!has_all ||
        (!metadata.userinfo_endpoint.empty() && !is_safe_address(metadata.userinfo_endpoint)))
        return refuse("its description lacks an endpoint, or has one that is not https");
    return metadata;
}

}  // namespace orderhub::identity
