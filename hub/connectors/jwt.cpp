#include "hub/connectors/jwt.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "hub/connectors/encoding.hpp"

namespace orderhub::connectors {
namespace {

constexpr std::size_t kLongestKey = 64 * 1024;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

/// Without this OpenSSL would ask for a passphrase on the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

Key key_of(std::string_view pem) {
    if (pem.size() > kLongestKey) return {nullptr, &EVP_PKEY_free};
    const std::unique_ptr<BIO, decltype(&BIO_free)> source(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    return {PEM_read_bio_PrivateKey(source.get(), nullptr, &no_passphrase, nullptr),
            &EVP_PKEY_free};
}

std::optional<std::string> signature(std::string_view text, EVP_PKEY* key) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::string made(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\0');
    std::size_t size = made.size();
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, bytes,
                       text.size()) != 1)
        return std::nullopt;
    made.resize(size);
    return made;
}

std::string base64url(std::string_view bytes) {
    std::string text = to_base64(bytes);
    text.erase(text.find_last_not_of('=') + 1);
    for (char& c : text)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

}  // namespace

std::optional<std::string> signed_jwt(std::string_view claims, std::string_view private_key) {
    const Key key = key_of(private_key);
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return std::nullopt;
    const std::string text = base64url(R"({"alg":"RS256","typ":"JWT"})") + "." + base64url(claims);
    const auto signed_by = signature(text, key.get());
    if (!signed_by) return std::nullopt;
    return text + "." + base64url(*signed_by);
}

}  // namespace orderhub::connectors
