#include "hub/secrets/keyring.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace orderhub::secrets {

namespace {

constexpr std::string_view kSealed = "sealed:1:";
/// Before a text in clear that would be taken for another: connectors choose their own.
constexpr std::string_view kClear = "clear:";
constexpr std::size_t kIdDigits = 16;
constexpr std::size_t kMarkLength = kSealed.size() + kIdDigits + 1;

/// Tells keys apart and says nothing about them.
std::string id_of(const Key& key) {
    const std::string raw(reinterpret_cast<const char*>(key.data()), key.size());
    const auto digest = derive_key(raw, "orderhub key id");
    std::string text(kIdDigits + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), digest.data(), kIdDigits / 2);
    text.pop_back();
    return text;
}

}  // namespace

std::optional<Key> parse_key(std::string_view text) {
    Key key{};
    std::size_t length = 0;
    if (sodium_base642bin(key.data(), key.size(), text.data(), text.size(), nullptr, &length,
                          nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        length != key.size())
        return std::nullopt;
    return key;
}

std::string new_key() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
    Key key{};
    randombytes_buf(key.data(), key.size());
    std::array<char, sodium_base64_ENCODED_LEN(kKeyBytes, sodium_base64_VARIANT_ORIGINAL)> text{};
    sodium_bin2base64(text.data(), text.size(), key.data(), key.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    return text.data();
}

Keyring::Keyring(const std::vector<Key>& keys) {
    for (const auto& key : keys)
        keys_.push_back({std::string(kSealed) + id_of(key) + ":", key});
    if (!keys_.empty()) mark_ = keys_.front().mark;
}

const Keyring::One* Keyring::key_for(std::string_view stored) const {
    const auto found = std::ranges::find_if(
        keys_, [&](const auto& each) { return stored.starts_with(each.mark); });
    return found == keys_.end() ? nullptr : &*found;
}

std::string Keyring::protect(std::string_view text, std::string_view place) const {
    if (text.empty()) return {};
    if (has_key()) return mark_ + seal(keys_.front().key, text, place);
    const bool is_mistakable = text.starts_with(kSealed) || text.starts_with(kClear);
    return std::string(is_mistakable ? kClear : "").append(text);
}

std::string Keyring::reveal(std::string_view stored, std::string_view place) const {
    if (stored.starts_with(kClear)) return std::string(stored.substr(kClear.size()));
    if (!stored.starts_with(kSealed)) return std::string(stored);
    const auto* one = key_for(stored);
    if (!one)
        throw std::runtime_error("a secret in the store is sealed with the key " +
                                 missing_key(stored).value_or("") +
                                 ", which secrets.keys of the configuration does not have");
    auto text = unseal(one->key, stored.substr(one->mark.size()), place);
    if (!text)
        throw std::runtime_error(
            "a secret in the store was changed or moved since it was sealed: " +
            std::string(place));
    return std::move(*text);
}

std::optional<std::string> Keyring::missing_key(std::string_view stored) const {
    if (!stored.starts_with(kSealed) || key_for(stored)) return std::nullopt;
    return std::string(stored.substr(0, kMarkLength - 1).substr(kSealed.size()));
}

}  // namespace orderhub::secrets
