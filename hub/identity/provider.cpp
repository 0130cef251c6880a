#include "hub/identity/provider.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "hub/identity/forms.hpp"
#include "hub/identity/id_token.hpp"

namespace orderhub::identity {

namespace {

namespace json = boost::json;

constexpr std::int64_t kKeepMs = 60 * 60 * 1000;
constexpr std::int64_t kRefetchMs = 60 * 1000;

std::string text_at(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

Provider::Provider(Settings settings, Fetch fetch, std::function<std::int64_t()> now_ms)
    : settings_(std::move(settings)), fetch_(std::move(fetch)), now_ms_(std::move(now_ms)) {}

Result<json::object> Provider::ask(const WebRequest& request) const {
    auto answer = fetch_(request);
    if (!answer) return std::unexpected(std::move(answer).error());
    if (answer->status >= 400 && answer->status < 500)
        return fail(ErrorKind::Denied, "code_refused",
                    "the provider answered " + std::to_string(answer->status));
    boost::system::error_code error;
    auto document = json::parse(answer->body, error);
    if (answer->status < 200 || answer->status >= 300 || error || !document.is_object())
        return fail(ErrorKind::Unavailable, "provider_unavailable",
                    "the provider answered " + std::to_string(answer->status) +
                        (error ? ", not JSON" : ""));
    return std::move(document.as_object());
}

Result<Metadata> Provider::metadata() {
    const std::scoped_lock lock(mutex_);
    if (metadata_ && now_ms_() - metadata_at_ms_ < kKeepMs) return *metadata_;
    auto issuer = settings_.issuer;
    if (issuer.ends_with('/')) issuer.pop_back();
    const auto answer = fetch_({.url = issuer + "/.well-known/openid-configuration"});
    if (!answer) return std::unexpected(answer.error());
    if (answer->status != 200)
        return fail(ErrorKind::Unavailable, "provider_unavailable",
                    "the provider's description: status " + std::to_string(answer->status));
    auto fresh = read_metadata(answer->body, settings_.issuer);
    if (!fresh) return fresh;
    metadata_ = *fresh;
    metadata_at_ms_ = now_ms_();
    return fresh;
}

Result<KeySet> Provider::keys(const Metadata& metadata, bool fresh) {
    const std::scoped_lock lock(mutex_);
    const auto now = now_ms_();
    if (keys_ && !fresh && now - keys_at_ms_ < kKeepMs) return *keys_;
    if (keys_ && fresh && now - refetched_at_ms_ < kRefetchMs) return *keys_;
    if (fresh) refetched_at_ms_ = now;
    const auto answer = fetch_({.url = metadata.jwks_uri});
    if (!answer) return std::unexpected(answer.error());
    if (answer->status != 200)
        return fail(ErrorKind::Unavailable, "provider_unavailable",
                    "the provider's keys: status " + std::to_string(answer->status));
    auto set = KeySet::read(answer->body);
    if (!set) return set;
    keys_ = *set;
    keys_at_ms_ = now;
    return set;
}

Result<std::string> Provider::authorization_url(const Attempt& attempt) {
    const auto known = metadata();
    if (!known) return std::unexpected(known.error());
    const auto scope = joined(settings_.scopes);
    const auto challenge = challenge_of(attempt.verifier);
    const auto query = form({{"response_type", "code"},
                             {"client_id", settings_.client_id},
                             {"redirect_uri", settings_.redirect_uri},
                             {"scope", scope},
                             {"state", attempt.state},
                             {"nonce", attempt.nonce},
                             {"code_challenge", challenge},
                             {"code_challenge_method", "S256"}});
    const auto& address = known->authorization_endpoint;
    return address + (address.contains('?') ? "&" : "?") + query;
}

Result<json::object> Provider::exchange(const Metadata& metadata, const Attempt& attempt,
                                        std::string_view code) const {
    std::vector<std::pair<std::string_view, std::string_view>> fields{
        {"grant_type", "authorization_code"},
        {"code", code},
        {"redirect_uri", settings_.redirect_uri},
        {"code_verifier", attempt.verifier}};
    WebRequest request{.method = "POST",
                       .url = metadata.token_endpoint,
                       .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                                   {"Accept", "application/json"}}};
    if (metadata.takes_basic_authorization) {
        request.headers.emplace_back(
            "Authorization", basic_authorization(settings_.client_id, settings_.client_secret));
    } else {
        fields.emplace_back("client_id", settings_.client_id);
        fields.emplace_back("client_secret", settings_.client_secret);
    }
    request.body = form(fields);
    return ask(request);
}

Result<json::object> Provider::verified(const Metadata& metadata, std::string_view token) {
    const auto known = keys(metadata, false);
    if (!known) return std::unexpected(known.error());
    auto claims = known->verify(token);
    if (claims || claims.error().code != "unknown_key") return claims;
    const auto fresh = keys(metadata, true);
    if (!fresh) return std::unexpected(fresh.error());
    return fresh->verify(token);
}

Result<void> Provider::complete(const Metadata& metadata, const json::object& tokens,
                                json::object& claims) const {
    const auto token = text_at(tokens, "access_token");
    if (metadata.userinfo_endpoint.empty() || token.empty() || is_complete(claims, settings_))
        return {};
    const auto more =
        ask({.url = metadata.userinfo_endpoint,
             .headers = {{"Authorization", "Bearer " + token}, {"Accept", "application/json"}}});
    if (!more) return std::unexpected(more.error());
    if (text_at(*more, "sub") != text_at(claims, "sub"))
        return fail(ErrorKind::Denied, "bad_token", "the user info is about somebody else (sub)");
    for (const auto& [name, value] : *more)
        if (!claims.contains(name)) claims[name] = value;
    return {};
}

Result<Person> Provider::redeem(const Attempt& attempt, const Returned& returned) {
    const auto known = metadata();
    if (!known) return std::unexpected(known.error());
    const bool names_other = !returned.issuer.empty() && returned.issuer != settings_.issuer;
    if (!same(returned.state, attempt.state) || names_other ||
        (returned.issuer.empty() && known->names_issuer_on_return))
        return fail(ErrorKind::Denied, "bad_state", "this is the answer to another sign-in");
    const auto tokens = exchange(*known, attempt, returned.code);
    if (!tokens) return std::unexpected(tokens.error());
    auto claims = verified(*known, text_at(*tokens, "id_token"));
    if (!claims) return std::unexpected(claims.error());
    ORDERHUB_TRY(check_id_token(
        *claims, {settings_.issuer, settings_.client_id, attempt.nonce, now_ms_() / 1000}));
    ORDERHUB_TRY(complete(*known, *tokens, *claims));
    return person_of(*claims, settings_);
}

}  // namespace orderhub::identity
