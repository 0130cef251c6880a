#include "hub/connectors/webhook.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <optional>
#include <orderhub/instant.hpp>
#include <utility>
#include <vector>

#include "hub/connectors/encoding.hpp"

namespace orderhub::connectors {
namespace {

using Digest = std::array<unsigned char, 32>;

auto bad_signature(std::string message) {
    return fail(ErrorKind::Denied, "bad_signature", std::move(message));
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    Digest digest{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length);
    return {reinterpret_cast<const char*>(digest.data()), length};
}

std::string sha256(std::string_view text) {
    Digest digest{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
    return {reinterpret_cast<const char*>(digest.data()), length};
}

bool is_same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

/// Empty if there is none, or more than one: which of them was meant cannot be told.
std::string_view only_header(const std::vector<Header>& headers, std::string_view name) {
    std::string_view value;
    int count = 0;
    for (const Header& header : headers) {
        if (header.name != name) continue;
        value = header.value;
        ++count;
    }
    return count == 1 ? value : std::string_view{};
}

/// Whether one of "v1,<base64> v1,<base64> ..." is the digest. Other versions are passed over, as
/// the standard says.
bool any_matches(std::string_view signatures, std::string_view digest) {
    constexpr std::string_view kVersion = "v1,";
    bool found = false;
    while (!signatures.empty()) {
        const std::size_t space = signatures.find(' ');
        const std::string_view one = signatures.substr(0, space);
        signatures = space == signatures.npos ? std::string_view{} : signatures.substr(space + 1);
        if (!one.starts_with(kVersion)) continue;
        const auto given = from_base64(one.substr(kVersion.size()));
        found = (given && is_same(*given, digest)) || found;
    }
    return found;
}

/// Of a header's text; nothing if it is no time in seconds since the epoch.
std::optional<std::int64_t> seconds_of(std::string_view text, std::int64_t now_ms) {
    std::int64_t seconds = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, seconds);
    if (failure != std::errc{} || rest != end || seconds < 0 || seconds > now_ms)
        return std::nullopt;
    return seconds;
}

/// For a message whose signature has been found right.
Result<void> check_age(const WebhookScheme& scheme, std::int64_t sent_ms, std::int64_t now_ms) {
    const std::int64_t tolerance_ms = std::chrono::milliseconds(scheme.tolerance).count();
    if (sent_ms >= now_ms - tolerance_ms && sent_ms <= now_ms + tolerance_ms) return {};
    return fail(ErrorKind::Denied, "stale_message", "its timestamp is too far from now");
}

Result<std::string> verify_standard(const WebhookScheme& scheme, std::string_view secret,
                                    const std::vector<Header>& headers, std::string_view body,
                                    std::int64_t now_ms) {
    constexpr std::string_view kSecretPrefix = "whsec_";
    const std::string_view id = only_header(headers, "webhook-id");
    const std::string_view timestamp = only_header(headers, "webhook-timestamp");
    const std::string_view signatures = only_header(headers, "webhook-signature");
    if (id.empty() || timestamp.empty() || signatures.empty())
        return bad_signature(
            "it needs webhook-id, webhook-timestamp and webhook-signature, once each");
    const auto seconds = seconds_of(timestamp, now_ms);
    if (!seconds) return bad_signature("webhook-timestamp is not a time in seconds");

    if (secret.starts_with(kSecretPrefix)) secret.remove_prefix(kSecretPrefix.size());
    const auto key = from_base64(secret);
    if (!key || key->empty()) return bad_signature("the configured secret is not base64");
    const std::string signed_text =
        std::string(id) + "." + std::string(timestamp) + "." + std::string(body);
    if (!any_matches(signatures, hmac_sha256(*key, signed_text)))
        return bad_signature("no signature of it is right");
    ORDERHUB_TRY(check_age(scheme, *seconds * 1000, now_ms));
    return std::string(id);
}

/// The part behind NAME= of "t=1,v1=ab,v1=cd"; takes it off the text. Empty at its end.
std::pair<std::string_view, std::string_view> take_pair(std::string_view& text) {
    const std::size_t comma = text.find(',');
    const std::string_view one = text.substr(0, comma);
    text = comma == text.npos ? std::string_view{} : text.substr(comma + 1);
    const std::size_t equals = one.find('=');
    if (equals == one.npos) return {};
    return {one.substr(0, equals), one.substr(equals + 1)};
}

std::string id_of(const WebhookScheme& scheme, const std::vector<Header>& headers,
                  std::string_view body) {
    const std::string_view id =
        scheme.id_header.empty() ? std::string_view{} : only_header(headers, scheme.id_header);
    return id.empty() ? to_hex(sha256(body)) : std::string(id);
}

Result<std::string> verify_timestamped(const WebhookScheme& scheme, std::string_view secret,
                                       const std::vector<Header>& headers, std::string_view body,
                                       std::int64_t now_ms) {
    std::string_view given = only_header(headers, scheme.header);
    if (given.empty()) return bad_signature("it needs the header " + scheme.header + ", once");
    std::string_view timestamp;
    int timestamps = 0;
    std::vector<std::string_view> signatures;
    while (!given.empty()) {
        const auto [name, value] = take_pair(given);
        if (name == "t") timestamp = value, ++timestamps;
        if (name == "v1") signatures.push_back(value);
    }
    const auto seconds = seconds_of(timestamp, now_ms);
    if (timestamps != 1 || !seconds) return bad_signature("it needs one t=SECONDS");
    const std::string expected =
        hmac_sha256(secret, std::string(timestamp) + "." + std::string(body));
    bool found = false;
    for (const std::string_view each : signatures) {
        const auto digest = from_hex(each);
        found = (digest && is_same(*digest, expected)) || found;
    }
    if (secret.empty() || !found) return bad_signature("no signature of it is right");
    ORDERHUB_TRY(check_age(scheme, *seconds * 1000, now_ms));
    return id_of(scheme, headers, body);
}

/// Of the body, and of the timestamp before it where the scheme has a header for one.
Result<void> check_hmac(const WebhookScheme& scheme, std::string_view given,
                        std::string_view secret, const std::vector<Header>& headers,
                        std::string_view body, std::int64_t now_ms) {
    const auto digest = scheme.base64 ? from_base64(given) : from_hex(given);
    const bool has_time = !scheme.timestamp_header.empty();
    const std::string_view timestamp =
        has_time ? only_header(headers, scheme.timestamp_header) : std::string_view{};
    const auto sent_ms = sdk::from_rfc3339(timestamp);
    if (has_time && !sent_ms)
        return bad_signature("it needs an instant in the header " + scheme.timestamp_header +
                             ", once");
    const std::string expected =
        has_time ? hmac_sha256(secret, std::string(timestamp) + std::string(body))
                 : hmac_sha256(secret, body);
    if (secret.empty() || !digest || !is_same(*digest, expected))
        return bad_signature("its signature is not right");
    return has_time ? check_age(scheme, *sent_ms, now_ms) : Result<void>();
}

/// Digests are compared, so that the time that it takes does not say how long the secret is.
Result<void> check_token(std::string_view given, std::string_view secret) {
    if (!secret.empty() && is_same(sha256(given), sha256(secret))) return {};
    return bad_signature("its token is not right");
}

/// hmac-sha256 and token.
Result<std::string> verify_header(const WebhookScheme& scheme, std::string_view secret,
                                  const std::vector<Header>& headers, std::string_view body,
                                  std::int64_t now_ms) {
    std::string_view given = only_header(headers, scheme.header);
    if (given.empty()) return bad_signature("it needs the header " + scheme.header + ", once");
    if (!given.starts_with(scheme.prefix)) return bad_signature("its signature has another form");
    given.remove_prefix(scheme.prefix.size());
    if (scheme.kind == WebhookScheme::Kind::token)
        ORDERHUB_TRY(check_token(given, secret));
    else
        ORDERHUB_TRY(check_hmac(scheme, given, secret, headers, body, now_ms));
    return id_of(scheme, headers, body);
}

}  // namespace

Result<std::string> verify_webhook(const WebhookScheme& scheme, std::string_view secret,
                                   const std::vector<Header>& headers, std::string_view body,
                                   std::int64_t now_ms) {
    if (scheme.kind == WebhookScheme::Kind::standard_webhooks)
        return verify_standard(scheme, secret, headers, body, now_ms);
    if (scheme.kind == WebhookScheme::Kind::timestamped_hmac_sha256)
        return verify_timestamped(scheme, secret, headers, body, now_ms);
    return verify_header(scheme, secret, headers, body, now_ms);
}

bool is_ping(std::string_view ping, std::string_view body) {
    constexpr std::size_t kMostDigits = 20;
    if (ping.empty() || !body.starts_with(ping)) return false;
    const std::string_view digits = body.substr(ping.size());
    return !digits.empty() && digits.size() <= kMostDigits &&
           digits.find_first_not_of("0123456789") == digits.npos;
}

}  // namespace orderhub::connectors
