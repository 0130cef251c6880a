#include "hub/identity/id_token.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <optional>
#include <string>

#include "hub/identity/attempt.hpp"
#include "hub/identity/forms.hpp"
#include "hub/identity/settings.hpp"

namespace orderhub::identity {

namespace {

namespace json = boost::json;

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorKind::Denied, "bad_token", std::move(message));
}

std::string_view text_at(const json::object& claims, std::string_view key) {
    const auto* value = claims.if_contains(key);
    return value && value->is_string() ? std::string_view(value->as_string()) : "";
}

/// Seconds since the epoch; some providers write them with a fraction.
std::optional<std::int64_t> instant_at(const json::object& claims, std::string_view key) {
    constexpr std::int64_t kLatest = 253'402'300'800;  // the year 10000
    const auto* value = claims.if_contains(key);
    if (!value || !value->is_number()) return std::nullopt;
    if (value->is_double() && !(value->as_double() >= 0 && value->as_double() < kLatest))
        return std::nullopt;
    boost::system::error_code error;
    const auto seconds = value->is_double() ? static_cast<std::int64_t>(value->as_double())
                                            : value->to_number<std::int64_t>(error);
    if (error || seconds < 0 || seconds > kLatest) return std::nullopt;
    return seconds;
}

Result<void> check_audience(const json::object& claims, std::string_view client_id) {
    const auto* audience = claims.if_contains("aud");
    const auto authorized = text_at(claims, "azp");
    if (claims.contains("azp") && authorized != client_id)
        return refuse("the ID token was made for another client (azp)");
    if (audience && audience->is_string() && audience->as_string() == client_id) return {};
    if (!audience || !audience->is_array() ||
        std::ranges::find(audience->as_array(), json::value(client_id)) ==
            audience->as_array().end())
        return refuse("the ID token was made for another client (aud)");
    if (audience->as_array().size() > 1 && authorized.empty())
        return refuse("the ID token was made for several clients and does not say which (azp)");
    return {};
}

Result<void> check_times(const json::object& claims, std::int64_t now_s) {
    const auto expires = instant_at(claims, "exp");
    const auto issued = instant_at(claims, "iat");
    if (!expires || now_s - kSkewS >= *expires) return refuse("the ID token has expired (exp)");
    if (!issued || *issued > now_s + kSkewS)
        return refuse("the ID token comes from the future (iat)");
    if (*issued < now_s - kSkewS - kAttemptMs / 1000)
        return refuse("the ID token was made before this sign-in began (iat)");
    if (claims.contains("nbf")) {
        const auto begins = instant_at(claims, "nbf");
        if (!begins || *begins > now_s + kSkewS)
            return refuse("the ID token is not valid yet (nbf)");
    }
    return {};
}

}  // namespace

Result<void> check_id_token(const json::object& claims, const Expected& expected) {
    constexpr std::size_t kLongestSubject = 255;
    if (text_at(claims, "iss") != expected.issuer)
        return refuse("the ID token is of another issuer (iss)");
    ORDERHUB_TRY(check_audience(claims, expected.client_id));
    ORDERHUB_TRY(check_times(claims, expected.now_s));
    if (expected.nonce.empty() || !same(text_at(claims, "nonce"), expected.nonce))
        return refuse("the ID token belongs to another sign-in (nonce)");
    const auto subject = text_at(claims, "sub");
    if (subject.empty() || subject.size() > kLongestSubject)
        return refuse("the ID token does not say who signs in (sub)");
    return {};
}

}  // namespace orderhub::identity
