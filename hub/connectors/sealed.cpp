#include "hub/connectors/sealed.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <exception>
#include <memory>

#include "hub/connectors/encoding.hpp"

namespace orderhub::connectors {
namespace {

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

using Key = std::array<unsigned char, SHA256_DIGEST_LENGTH>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Key key_of(std::string_view secret) {
    Key key{};
    SHA256(bytes(secret), secret.size(), key.data());
    return key;
}

Cipher cipher_for(const Key& key, const unsigned char* nonce, bool encrypts) {
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    if (!cipher || EVP_CipherInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce,
                                     encrypts ? 1 : 0) != 1)
        std::terminate();  // without memory or without its cipher nothing can be promised
    return cipher;
}

}  // namespace

std::string seal(std::string_view text, std::string_view secret) {
    std::string sealed(kNonce + text.size() + kTag, '\0');
    if (RAND_bytes(bytes(sealed), kNonce) != 1) std::terminate();
    const Cipher cipher = cipher_for(key_of(secret), bytes(sealed), true);
    int written = 0;
    EVP_CipherUpdate(cipher.get(), bytes(sealed) + kNonce, &written, bytes(text),
                     static_cast<int>(text.size()));
    EVP_CipherFinal_ex(cipher.get(), bytes(sealed) + kNonce + written, &written);
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag,
                        bytes(sealed) + kNonce + text.size());
    return to_base64(sealed);
}

std::optional<std::string> unseal(std::string_view sealed, std::string_view secret) {
    auto raw = from_base64(sealed);
    if (!raw || raw->size() < kNonce + kTag) return std::nullopt;
    const std::size_t size = raw->size() - kNonce - kTag;
    const Cipher cipher = cipher_for(key_of(secret), bytes(*raw), false);
    std::string text(size, '\0');
    int written = 0;
    EVP_CipherUpdate(cipher.get(), bytes(text), &written, bytes(*raw) + kNonce,
                     static_cast<int>(size));
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, bytes(*raw) + kNonce + size);
    if (EVP_CipherFinal_ex(cipher.get(), bytes(text) + written, &written) != 1) return std::nullopt;
    return text;
}

}  // namespace orderhub::connectors
