#include "hub/secrets/box.hpp"

#include <sodium.h>

#include <stdexcept>

namespace orderhub::secrets {

namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
static_assert(kKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

void start() {
    static const bool started = sodium_init() >= 0;
    if (!started) throw std::runtime_error("libsodium cannot be initialised");
}

unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string to_base64(std::string_view raw) {
    std::string text(sodium_base64_encoded_len(raw.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes(raw), raw.size(), kVariant);
    text.pop_back();
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string raw(text.size(), '\0');
    std::size_t length = 0;
    if (sodium_base642bin(bytes(raw), raw.size(), text.data(), text.size(), nullptr, &length,
                          nullptr, kVariant) != 0)
        return std::nullopt;
    raw.resize(length);
    return raw;
}

}  // namespace

Key derive_key(std::string_view secret, std::string_view purpose) {
    start();
    Key short_secret{};
    crypto_generichash(short_secret.data(), short_secret.size(), bytes(secret), secret.size(),
                       nullptr, 0);
    Key key{};
    crypto_generichash(key.data(), key.size(), bytes(purpose), purpose.size(), short_secret.data(),
                       short_secret.size());
    return key;
}

std::string seal(const Key& key, std::string_view text, std::string_view place) {
    start();
    std::string raw(kNonce + text.size() + kTag, '\0');
    randombytes_buf(raw.data(), kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(raw) + kNonce, nullptr, bytes(text),
                                               text.size(), bytes(place), place.size(), nullptr,
                                               bytes(raw), key.data());
    return to_base64(raw);
}

std::optional<std::string> unseal(const Key& key, std::string_view sealed, std::string_view place) {
    start();
    const auto raw = from_base64(sealed);
    if (!raw || raw->size() < kNonce + kTag) return std::nullopt;
    const std::string_view box(*raw);
    std::string text(box.size() - kNonce - kTag, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes(text), nullptr, nullptr, bytes(box) + kNonce, box.size() - kNonce, bytes(place),
            place.size(), bytes(box), key.data()) != 0)
        return std::nullopt;
    return text;
}

}  // namespace orderhub::secrets
