#include "hub/connectors/access_token.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <tuple>
#include <utility>

#include "hub/connectors/encoding.hpp"
#include "hub/connectors/jwt.hpp"
#include "hub/connectors/sealed.hpp"

namespace orderhub::connectors {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// Long enough for a clock that is a minute off; endpoints take no more than three minutes.
constexpr auto kAssertionLife = 150s;
constexpr std::string_view kFromConfig = "config:";

auto missing(const std::string& key) {
    return fail(ErrorKind::Invalid, "bad_config",
                "/" + key + " is missing; the access token needs it", "/" + key);
}

/// The KEY of config:KEY with a path behind it.
std::string key_of_url(const std::string& url) {
    const std::size_t slash = std::min(url.find('/'), url.size());
    return url.substr(kFromConfig.size(), slash - kFromConfig.size());
}

/// Absolute, or config:KEY with a path behind it.
Result<std::string> resolved(const std::string& url, const Secrets& secrets) {
    if (!url.starts_with(kFromConfig)) return url;
    const std::string key = key_of_url(url);
    const std::string* base = secrets.find_plain(key);
    if (!base) return missing(key);
    return base->substr(0, base->find_last_not_of('/') + 1) +
           url.substr(kFromConfig.size() + key.size());
}

/// A text of the manifest: itself, or what stands in the configuration key that config:KEY names.
Result<std::string> text_of(const std::string& text, const Secrets& secrets) {
    if (!text.starts_with(kFromConfig)) return text;
    const std::string key = text.substr(kFromConfig.size());
    const std::string* found = secrets.find_plain(key);
    if (!found) return missing(key);
    return *found;
}

Result<std::string> secret_of(const std::string& key, const Secrets& secrets) {
    const std::string* found = secrets.find(key);
    if (!found || found->empty()) return missing(key);
    return *found;
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

/// What the endpoint says of its error (RFC 6749, 5.2), if it is short enough to be a sentence.
std::string shown_description(const json::object& answer) {
    const std::string words = text_at(answer, "error_description");
    const bool is_plain = std::ranges::all_of(words, [](char c) { return c >= 0x20 && c < 0x7F; });
    return words.empty() || words.size() > 200 || !is_plain ? "" : " (" + words + ")";
}

/// The endpoint's error code, if it is one of RFC 6749's short words, and what it says of it.
std::string shown_error(const json::object& answer) {
    const std::string code = text_at(answer, "error");
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const bool is_code = !code.empty() && code.size() < 40 && std::ranges::all_of(code, is_plain);
    return is_code ? " " + code + shown_description(answer) : "";
}

}  // namespace

bool AccessToken::is_wanted(const OAuth2Grant& grant, const Secrets& secrets) {
    return !grant.token_url.starts_with(kFromConfig) ||
           secrets.find_plain(key_of_url(grant.token_url)) != nullptr;
}

Result<AccessToken> AccessToken::make(const OAuth2Grant& grant, const Secrets& secrets) {
    AccessToken made;
    const auto url = resolved(grant.token_url, secrets);
    if (!url) return std::unexpected(url.error());
    made.url_ = *url;
    const auto word = text_of(grant.grant, secrets);
    if (!word) return std::unexpected(word.error());
    ORDERHUB_TRY(made.set_grant(*word));
    ORDERHUB_TRY(made.add_client(grant, secrets));
    ORDERHUB_TRY(made.add_proof(grant, secrets));
    // A key that is not configured asks for no scope.
    const auto scope = text_of(grant.scope, secrets);
    if (scope && !scope->empty()) made.form_ += field("scope", *scope);
    if (!made.audience_.empty() && !made.by_assertion_)
        made.form_ += field("audience", made.audience_);
    return made;
}

Result<void> AccessToken::set_grant(const std::string& grant) {
    by_refresh_token_ = grant == "refresh_token";
    by_assertion_ = grant == "jwt_bearer";
    if (!by_refresh_token_ && !by_assertion_ && grant != "client_credentials")
        return fail(ErrorKind::Invalid, "bad_config",
                    "'" + grant + "' is no grant: client_credentials, refresh_token or jwt_bearer");
    form_ =
        "grant_type=" +
        (by_assertion_ ? percent_encoded("urn:ietf:params:oauth:grant-type:jwt-bearer") : grant);
    return {};
}

/// Who asks. An assertion says so itself.
Result<void> AccessToken::add_client(const OAuth2Grant& grant, const Secrets& secrets) {
    const std::string* id = secrets.find_plain(grant.client_id_key);
    if (!id) return missing(grant.client_id_key);
    client_id_ = *id;
    if (by_assertion_) return {};
    const std::string* secret = secrets.find(grant.client_secret_key);
    const bool needs_one = !by_refresh_token_ || !grant.client_secret_key.empty();
    if (needs_one && (!secret || secret->empty())) return missing(grant.client_secret_key);
    if (secret) seal_ = *secret;
    if (secret && !grant.client_in_body) {
        authorization_ =
            "Basic " + to_base64(percent_encoded(*id) + ":" + percent_encoded(*secret));
        return {};
    }
    form_ += field("client_id", *id);
    if (secret) form_ += field("client_secret", *secret);
    return {};
}

/// What it has to show: a refresh token, or a key to sign with.
Result<void> AccessToken::add_proof(const OAuth2Grant& grant, const Secrets& secrets) {
    const auto audience = text_of(grant.audience, secrets);
    if (!audience && (by_assertion_ || !grant.audience.starts_with(kFromConfig)))
        return std::unexpected(audience.error());
    audience_ = audience.value_or("");
    if (by_refresh_token_) {
        const auto refresh = secret_of(grant.refresh_token_key, secrets);
        if (!refresh) return std::unexpected(refresh.error());
        refresh_token_ = *refresh;
        seal_ += '\0' + refresh_token_;
    }
    if (!by_assertion_) return {};
    const std::string* subject = secrets.find_plain(grant.subject_key);
    if (!subject) return missing(grant.subject_key);
    subject_ = *subject;
    const auto key = secret_of(grant.private_key_key, secrets);
    if (!key) return std::unexpected(key.error());
    private_key_ = *key;
    if (signed_jwt("{}", private_key_)) return {};
    return fail(ErrorKind::Invalid, "bad_config",
                "/" + grant.private_key_key + " is no RSA private key in PEM without a passphrase",
                "/" + grant.private_key_key);
}

// What does not change after make(). The seal holds the configured refresh token.
bool AccessToken::is_of_same_client(const AccessToken& other) const {
    const auto all = [](const AccessToken& token) {
        return std::tie(token.url_, token.authorization_, token.form_, token.seal_,
                        token.client_id_, token.private_key_, token.subject_, token.audience_);
    };
    return all(*this) == all(other);
}

std::optional<std::string> AccessToken::valid(Clock::time_point now) const {
    if (token_.empty() || (expires_ && now >= *expires_)) return std::nullopt;
    return token_;
}

std::optional<WireAnswer> AccessToken::failure(Clock::time_point now) const {
    if (!failed_ || now - *failed_ >= pause_) return std::nullopt;
    return failure_;
}

std::optional<WireAnswer> AccessToken::last_failure() const {
    return failed_ ? std::optional(failure_) : std::nullopt;
}

void AccessToken::drop(const std::string& token) {
    if (token_ == token) token_.clear();
}

TokenRequest AccessToken::begin(std::chrono::system_clock::time_point today) {
    is_asking_ = true;
    std::string proof;
    if (by_refresh_token_) proof = field("refresh_token", refresh_token_);
    if (by_assertion_)
        proof = field("assertion", signed_jwt(claims(today), private_key_).value_or(""));
    return {url_, authorization_, form_ + proof};
}

std::string AccessToken::claims(std::chrono::system_clock::time_point today) const {
    const auto end = std::chrono::floor<std::chrono::seconds>(today + kAssertionLife);
    return json::serialize(json::object{{"iss", client_id_},
                                        {"sub", subject_},
                                        {"aud", audience_},
                                        {"exp", end.time_since_epoch().count()}});
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
