#include "hub/routing/webhook_signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <optional>
#include <stdexcept>

namespace orderhub::routing {

namespace {

using Bytes = std::vector<unsigned char>;

constexpr std::string_view kPrefix = "whsec_";
constexpr std::size_t kSecretBytes = 32;

std::string to_base64(const unsigned char* bytes, std::size_t size) {
    std::string text((size + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes,
                                       static_cast<int>(size));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::optional<Bytes> key_of(std::string_view secret) {
    if (!secret.starts_with(kPrefix)) return std::nullopt;
    secret.remove_prefix(kPrefix.size());
    if (secret.empty() || secret.size() % 4 != 0) return std::nullopt;
    Bytes key(secret.size() / 4 * 3);
    const int length =
        EVP_DecodeBlock(key.data(), reinterpret_cast<const unsigned char*>(secret.data()),
                        static_cast<int>(secret.size()));
    if (length < 0) return std::nullopt;
    // The decoder counts the bytes of the padding too.
    const std::size_t padding = secret.ends_with("==") ? 2 : secret.ends_with('=') ? 1 : 0;
    key.resize(static_cast<std::size_t>(length) - padding);
    return key;
}

}  // namespace

std::string make_webhook_secret() {
    std::array<unsigned char, kSecretBytes> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system gives no random bytes");
    return std::string(kPrefix) + to_base64(bytes.data(), bytes.size());
}

std::string webhook_signature(const std::vector<std::string>& secrets, std::string_view id,
                              std::int64_t timestamp_s, std::string_view body) {
    const std::string text =
        std::string(id) + "." + std::to_string(timestamp_s) + "." + std::string(body);
    std::string header;
    for (const auto& secret : secrets) {
        const auto key = key_of(secret);
        if (!key) continue;
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned length = 0;
        HMAC(EVP_sha256(), key->data(), static_cast<int>(key->size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
             &length);
        header += (header.empty() ? "v1," : " v1,") + to_base64(digest.data(), length);
    }
    return header;
}

}  // namespace orderhub::routing
