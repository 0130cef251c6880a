#include "hub/identity/forms.hpp"

#include <sodium.h>

#include <array>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <stdexcept>

namespace orderhub::identity {

namespace {

void start() {
    static const bool started = sodium_init() >= 0;
    if (!started) throw std::runtime_error("libsodium cannot be initialised");
}

std::string encoded(std::string_view text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::string to_base64(const unsigned char* bytes, std::size_t size, int variant) {
    std::string text(sodium_base64_encoded_len(size, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes, size, variant);
    text.pop_back();
    return text;
}

}  // namespace

std::string form(const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
        if (!text.empty()) text += '&';
        text += encoded(name) + "=" + encoded(value);
    }
    return text;
}

std::string random_text() {
    start();
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return to_base64(bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string challenge_of(std::string_view verifier) {
    start();
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(verifier.data()),
                       verifier.size());
    return to_base64(digest.data(), digest.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string basic_authorization(std::string_view id, std::string_view secret) {
    start();
    const auto both = encoded(id) + ":" + encoded(secret);
    return "Basic " + to_base64(reinterpret_cast<const unsigned char*>(both.data()), both.size(),
                                sodium_base64_VARIANT_ORIGINAL);
}

bool same(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace orderhub::identity
