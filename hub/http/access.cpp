#include "hub/http/access.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "hub/http/problem.hpp"

namespace orderhub::http {

namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kTraceDigits = 32;

template <std::size_t N>
std::string to_hex(const std::array<unsigned char, N>& bytes) {
    std::string text(N * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), N);
    text.pop_back();
    return text;
}

bool is_hex(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::unexpected<Response> refuse(std::string_view detail) {
    return std::unexpected(problem(401, "not_authenticated", detail));
}

}  // namespace

void start_sodium() {
    static const bool started = sodium_init() >= 0;
    if (!started) throw std::runtime_error("libsodium cannot be initialised");
}

std::string sha256_hex(std::string_view text) {
    start_sodium();
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size());
    return to_hex(digest);
}

std::string make_token_secret() {
    start_sodium();
    std::array<unsigned char, kSecretBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
    text.pop_back();
    return "oh_" + text;
}

Checked<Caller> authenticate_token(store::Store& store, const Request& request,
                                   std::int64_t now_ms) {
    constexpr std::string_view kScheme = "Bearer ";
    const auto header = request.header("authorization");
    if (!header.starts_with(kScheme)) return refuse("Only bearer tokens are accepted.");
    const auto hash = sha256_hex(header.substr(kScheme.size()));
    std::optional<store::ApiToken> token;
    const auto outcome = store.read([&](store::Transaction& transaction) -> Result<void> {
        token = transaction.token_by_hash(hash);
        return {};
    });
    if (!outcome) return std::unexpected(problem(outcome.error()));
    if (!token) return refuse("This token is not known.");
    if (token->expires_at_ms != 0 && now_ms >= token->expires_at_ms)
        return refuse("This token has expired.");
    const auto role = role_of(token->role);
    if (!role) return refuse("This token has a role that this release does not know.");
    return Caller{token->id, token->name, *role, token->scope};
}

std::string trace_of(std::string_view traceparent) {
    constexpr std::size_t kLength = 55;  // version-traceid-parentid-flags
    if (traceparent.size() >= kLength && traceparent[2] == '-' && traceparent[35] == '-') {
        const auto trace = traceparent.substr(3, kTraceDigits);
        if (is_hex(trace) && trace.find_first_not_of('0') != trace.npos) return std::string(trace);
    }
    start_sodium();
    std::array<unsigned char, kTraceDigits / 2> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return to_hex(bytes);
}

}  // namespace orderhub::http
