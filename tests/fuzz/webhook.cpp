// Signature headers. Parts: the scheme's letters (s: standard-webhooks, l: timestamped-hmac-sha256,
// k: token, else hmac-sha256), header lines, body. A message is only ever accepted with a signature
// made with the secret; with such a one it is accepted, and not with another body.
#include "hub/connectors/webhook.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <string>
#include <vector>

#include "hub/connectors/encoding.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

using connectors::Header;
using connectors::WebhookScheme;

constexpr std::int64_t kNow = 1'795'000'000'000;
const std::string kKey = "a key that no message of the corpus was signed with";

std::string signature(std::string_view text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    HMAC(EVP_sha256(), kKey.data(), static_cast<int>(kKey.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &length);
    return {reinterpret_cast<const char*>(digest), length};
}

WebhookScheme scheme_of(std::string_view letters) {
    WebhookScheme scheme;
    scheme.kind = letters.contains('s')   ? WebhookScheme::Kind::standard_webhooks
                  : letters.contains('l') ? WebhookScheme::Kind::timestamped_hmac_sha256
                  : letters.contains('k') ? WebhookScheme::Kind::token
                                          : WebhookScheme::Kind::hmac_sha256;
    scheme.header = "x-signature";
    scheme.base64 = letters.contains('b');
    if (letters.contains('p')) scheme.prefix = "sha256=";
    if (letters.contains('i')) scheme.id_header = "x-id";
    if (letters.contains('t')) scheme.timestamp_header = "x-time";
    return scheme;
}

std::vector<Header> headers_of(std::string_view lines) {
    std::vector<Header> headers;
    while (!lines.empty() && headers.size() < 20) {
        const auto end = lines.find('\n');
        const auto line = lines.substr(0, end);
        lines = end == lines.npos ? std::string_view{} : lines.substr(end + 1);
        const auto colon = line.find(':');
        if (colon == line.npos) continue;
        headers.push_back(
            {std::string(line.substr(0, colon)), std::string(line.substr(colon + 1))});
    }
    return headers;
}

std::string first(const std::vector<Header>& headers, std::string_view name) {
    const auto found = std::ranges::find(headers, name, &Header::name);
    return found == headers.end() ? "msg" : found->value;
}

std::vector<Header> sign_standard(std::vector<Header> headers, std::string_view body) {
    std::string id = first(headers, "webhook-id");
    if (id.empty()) id = "msg";
    std::erase_if(headers,
                  [](const Header& header) { return header.name.starts_with("webhook-"); });
    const std::string seconds = std::to_string(kNow / 1000);
    headers.push_back({"webhook-id", id});
    headers.push_back({"webhook-timestamp", seconds});
    headers.push_back({"webhook-signature",
                       "v2,other v1," + connectors::to_base64(signature(id + "." + seconds + "." +
                                                                        std::string(body)))});
    return headers;
}

/// What the header of the signature holds, without its prefix.
std::string signed_value(const WebhookScheme& scheme, const std::string& time,
                         std::string_view body) {
    if (scheme.kind == WebhookScheme::Kind::token) return kKey;
    if (scheme.kind == WebhookScheme::Kind::timestamped_hmac_sha256) {
        const std::string seconds = std::to_string(kNow / 1000);
        return "v0=00,t=" + seconds +
               ",v1=00,v1=" + connectors::to_hex(signature(seconds + "." + std::string(body)));
    }
    const auto digest = signature(time + std::string(body));
    return scheme.base64 ? connectors::to_base64(digest) : connectors::to_hex(digest);
}

/// The headers with a good signature of the body in place of theirs.
std::vector<Header> sign(const WebhookScheme& scheme, std::vector<Header> headers,
                         std::string_view body) {
    if (scheme.kind == WebhookScheme::Kind::standard_webhooks)
        return sign_standard(std::move(headers), body);
    std::erase_if(headers, [](const Header& header) {
        return header.name == "x-signature" || header.name == "x-time";
    });
    const std::string time = scheme.timestamp_header.empty() ? "" : "2026-11-18T11:06:40Z";
    if (!time.empty()) headers.push_back({"x-time", time});
    const bool has_prefix = scheme.kind != WebhookScheme::Kind::timestamped_hmac_sha256;
    headers.push_back({"x-signature", (has_prefix ? scheme.prefix : std::string()) +
                                          signed_value(scheme, time, body)});
    return headers;
}

void check(const WebhookScheme& scheme, std::string_view lines, std::string_view body) {
    const std::string secret = scheme.kind == WebhookScheme::Kind::standard_webhooks
                                   ? "whsec_" + connectors::to_base64(kKey)
                                   : kKey;
    const bool is_token = scheme.kind == WebhookScheme::Kind::token;
    if (is_token && lines.contains(kKey)) return;
    const auto headers = headers_of(lines);
    const auto verdict = connectors::verify_webhook(scheme, secret, headers, body, kNow);
    require(!verdict, "nothing is accepted without the secret");
    require(verdict.error().kind == ErrorKind::Denied, "a refused message is denied");
    require(!verdict.error().message.contains(kKey), "a refusal does not tell the secret");

    const auto good = sign(scheme, headers, body);
    const auto accepted = connectors::verify_webhook(scheme, secret, good, body, kNow);
    require(accepted && !accepted->empty(), "a signed message is accepted and has an id");
    require(is_token ||
                !connectors::verify_webhook(scheme, secret, good, std::string(body) + "x", kNow),
            "a signature holds for its own body only");
}

void check_encodings(std::string_view text) {
    if (const auto bytes = connectors::from_base64(text))
        require(connectors::from_base64(connectors::to_base64(*bytes)) == *bytes,
                "base64 reads back");
    if (const auto bytes = connectors::from_hex(text))
        require(connectors::from_hex(connectors::to_hex(*bytes)) == *bytes, "hex reads back");
}

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace orderhub::fuzz;
    Parts parts(text_of(data, size));
    const auto scheme = scheme_of(parts.next());
    const auto lines = parts.next();
    const auto body = parts.next();
    check(scheme, lines, body);
    check_encodings(body);
    return 0;
}
