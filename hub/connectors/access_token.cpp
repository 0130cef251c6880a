#include "hub/connectors/access_token.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <utility>

#include "hub/connectors/encoding.hpp"
#include "hub/connectors/sealed.hpp"

namespace orderhub::connectors {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto kFailurePause = 1s;
constexpr std::string_view kFromConfig = "config:";

auto missing(const std::string& key) {
    return fail(ErrorKind::Invalid, "bad_config",
                "/" + key + " is missing; the access token needs it", "/" + key);
}

/// Absolute, or config:KEY with a path behind it.
Result<std::string> resolved(const std::string& url, const Secrets& secrets) {
    if (!url.starts_with(kFromConfig)) return url;
    const std::size_t slash = std::min(url.find('/'), url.size());
    const std::string key = url.substr(kFromConfig.size(), slash - kFromConfig.size());
    const std::string* base = secrets.find_plain(key);
    if (!base) return missing(key);
    return base->substr(0, base->find_last_not_of('/') + 1) + url.substr(slash);
}

std::string field(std::string_view name, std::string_view value) {
    return "&" + std::string(name) + "=" + percent_encoded(value);
}

/// Only characters of a b64token, so that it can stand in a header.
bool is_token(std::string_view text) {
    return !text.empty() && text.size() < 16 * 1024 &&
           std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::object object_of(const std::string& body) {
    json::error_code error;
    json::value document = json::parse(body, error);
    return !error && document.is_object() ? std::move(document.get_object()) : json::object();
}

/// The endpoint's error code, if it is one of RFC 6749's short words.
std::string shown_error(const json::object& answer) {
    const std::string code = text_at(answer, "error");
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    return code.size() < 40 && !code.empty() && std::ranges::all_of(code, is_plain) ? " " + code
                                                                                    : "";
}

}  // namespace

Result<AccessToken> AccessToken::make(const OAuth2Grant& grant, const Secrets& secrets) {
    AccessToken made;
    const auto url = resolved(grant.token_url, secrets);
    if (!url) return std::unexpected(url.error());
    made.url_ = *url;
    const std::string* id = secrets.find_plain(grant.client_id_key);
    if (!id) return missing(grant.client_id_key);
    const std::string* secret = secrets.find(grant.client_secret_key);
    if (!secret && !grant.client_secret_key.empty()) return missing(grant.client_secret_key);
    made.by_refresh_token_ = grant.by_refresh_token;
    made.form_ =
        grant.by_refresh_token ? "grant_type=refresh_token" : "grant_type=client_credentials";
    if (secret && !grant.client_in_body) {
        made.authorization_ =
            "Basic " + to_base64(percent_encoded(*id) + ":" + percent_encoded(*secret));
    } else {
        made.form_ += field("client_id", *id);
        if (secret) made.form_ += field("client_secret", *secret);
    }
    if (!grant.scope.empty()) made.form_ += field("scope", grant.scope);
    if (!grant.audience.empty()) made.form_ += field("audience", grant.audience);
    if (!grant.by_refresh_token) return made;
    const std::string* refresh = secrets.find(grant.refresh_token_key);
    if (!refresh) return missing(grant.refresh_token_key);
    made.refresh_token_ = *refresh;
    made.seal_ = (secret ? *secret : std::string()) + '\0' + *refresh;
    return made;
}

std::optional<std::string> AccessToken::valid(Clock::time_point now) const {
    if (token_.empty() || (expires_ && now >= *expires_)) return std::nullopt;
    return token_;
}

std::optional<WireAnswer> AccessToken::failure(Clock::time_point now) const {
    if (!failed_ || now - *failed_ >= kFailurePause) return std::nullopt;
    return failure_;
}

void AccessToken::drop(const std::string& token) {
    if (token_ == token) token_.clear();
}

TokenRequest AccessToken::begin() {
    is_asking_ = true;
    return {url_, authorization_,
            form_ + (by_refresh_token_ ? field("refresh_token", refresh_token_) : std::string())};
}

bool AccessToken::take(const WireAnswer& answer, Clock::time_point now) {
    if (answer.outcome != OH_HTTP_ANSWERED || answer.status != 200) return false;
    const json::object given = object_of(answer.body);
    std::string token = text_at(given, "access_token");
    if (!is_token(token)) return false;
    token_ = std::move(token);
    expires_.reset();
    const json::value* seconds = given.if_contains("expires_in");
    if (seconds && seconds->is_int64() && seconds->get_int64() > 0) {
        const std::chrono::seconds life(std::min<std::int64_t>(seconds->get_int64(), 86'400 * 365));
        expires_ = now + life - std::min<std::chrono::seconds>(60s, life / 10);
    }
    const std::string refresh = text_at(given, "refresh_token");
    if (by_refresh_token_ && !refresh.empty() && refresh != refresh_token_) {
        refresh_token_ = refresh;
        is_new_ = true;
    }
    return true;
}

void AccessToken::end(const WireAnswer& answer, Clock::time_point now) {
    is_asking_ = false;
    failed_.reset();
    if (!take(answer, now)) {
        const bool is_stopping = answer.outcome == OH_HTTP_STOPPING;
        failure_ = {is_stopping ? OH_HTTP_STOPPING : OH_HTTP_NOT_SENT, 0, {}, answer.body};
        if (answer.outcome == OH_HTTP_ANSWERED)
            failure_.body = "the token endpoint answered " + std::to_string(answer.status) +
                            shown_error(object_of(answer.body)) + ", no access token";
        else if (!is_stopping)
            failure_.body = "no access token: " + answer.body;
        failed_ = now;
    }
    for (const Resume& resume : std::exchange(waiting_, {}))
        resume();
}

void AccessToken::restore(const std::string& sealed) {
    has_state_ = true;
    if (auto text = unseal(sealed, seal_)) refresh_token_ = std::move(*text);
}

std::optional<std::string> AccessToken::to_keep() {
    if (!std::exchange(is_new_, false)) return std::nullopt;
    return seal(refresh_token_, seal_);
}

std::string AccessToken::mask(std::string text) const {
    constexpr std::size_t kShortest = 4;
    for (const std::string& hidden : {token_, refresh_token_})
        for (std::size_t at = 0;
             hidden.size() >= kShortest && (at = text.find(hidden, at)) != text.npos;)
            text.replace(at, hidden.size(), "***");
    return text;
}

}  // namespace orderhub::connectors
