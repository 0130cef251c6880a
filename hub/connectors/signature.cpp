#include "hub/connectors/signature.hpp"

#include <sodium.h>

#include <algorithm>
#include <span>

namespace orderhub::connectors {
namespace {

constexpr std::string_view kTrustedComment = "trusted comment: ";
constexpr std::size_t kAlgorithmBytes = 2;
constexpr std::size_t kKeyBytes = kAlgorithmBytes + 8 + 32;
constexpr std::size_t kSignatureBytes = kAlgorithmBytes + 8 + 64;

using Bytes = std::vector<unsigned char>;

/// Exactly `size` bytes; empty if the text is not base64 of so many.
Bytes decoded(std::string_view text, std::size_t size) {
    Bytes bytes(size);
    std::size_t length = 0;
    const char* end = nullptr;
    const bool good =
        sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                          &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
        length == size && end == text.data() + text.size();
    return good ? bytes : Bytes{};
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

template <std::size_t Size>
void copy(std::array<unsigned char, Size>& to, std::span<const unsigned char> from) {
    std::copy_n(from.begin(), Size, to.begin());
}

auto bad_signature(const char* what) {
    return fail(ErrorKind::Invalid, "bad_signature",
                std::string("it is no signature as minisign makes it: ") + what);
}

const unsigned char* data(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_signed(const std::array<unsigned char, 64>& signature, std::string_view bytes,
               const PublicKey& key) {
    return crypto_sign_verify_detached(signature.data(), data(bytes), bytes.size(),
                                       key.key.data()) == 0;
}

std::string hash_of(std::string_view bytes) {
    std::array<unsigned char, crypto_generichash_BYTES_MAX> hash{};
    crypto_generichash(hash.data(), hash.size(), data(bytes), bytes.size(), nullptr, 0);
    return {hash.begin(), hash.end()};
}

}  // namespace

Result<PublicKey> parse_public_key(std::string_view text) {
    const Bytes bytes = decoded(text, kKeyBytes);
    if (bytes.empty() || bytes[0] != 'E' || bytes[1] != 'd')
        return fail(ErrorKind::Invalid, "bad_key",
                    "is no public key of minisign: 56 characters that begin with RW, the second "
                    "line of its .pub file");
    const auto all = std::span(bytes);
    PublicKey key;
    copy(key.id, all.subspan(kAlgorithmBytes));
    copy(key.key, all.subspan(kAlgorithmBytes + key.id.size()));
    return key;
}

std::string key_id_text(const KeyId& id) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (auto byte = id.rbegin(); byte != id.rend(); ++byte) {
        text += kDigits[*byte >> 4U];
        text += kDigits[*byte & 0xFU];
    }
    return text;
}

Result<Signature> parse_signature(std::string_view text) {
    if (!take_line(text).starts_with("untrusted comment:"))
        return bad_signature("its first line is no untrusted comment");
    const Bytes first = decoded(take_line(text), kSignatureBytes);
    const bool is_known = !first.empty() && first[0] == 'E' && (first[1] == 'd' || first[1] == 'D');
    if (!is_known) return bad_signature("its second line is no Ed25519 signature");
    const std::string_view comment = take_line(text);
    if (!comment.starts_with(kTrustedComment))
        return bad_signature("its third line is no trusted comment");
    const Bytes second = decoded(take_line(text), 64);
    if (second.empty()) return bad_signature("its fourth line is no signature of the comment");
    const auto all = std::span(first);
    Signature signature;
    signature.is_prehashed = first[1] == 'D';
    copy(signature.key_id, all.subspan(kAlgorithmBytes));
    copy(signature.of_file, all.subspan(kAlgorithmBytes + signature.key_id.size()));
    signature.trusted_comment = comment.substr(kTrustedComment.size());
    copy(signature.of_comment, second);
    return signature;
}

Result<void> verify_signature(const Signature& signature, std::string_view bytes,
                              const std::vector<PublicKey>& keys) {
    if (sodium_init() < 0) return fail(ErrorKind::Bug, "no_sodium", "libsodium cannot be used");
    const auto key = std::ranges::find(keys, signature.key_id, &PublicKey::id);
    if (key == keys.end())
        return fail(ErrorKind::Denied, "unknown_key",
                    "it is signed with the key " + key_id_text(signature.key_id) +
                        ", which is not in the trust list");
    const std::string hash = signature.is_prehashed ? hash_of(bytes) : std::string();
    std::string with_comment(signature.of_file.begin(), signature.of_file.end());
    with_comment += signature.trusted_comment;
    if (is_signed(signature.of_file, signature.is_prehashed ? hash : bytes, *key) &&
        is_signed(signature.of_comment, with_comment, *key))
        return {};
    return fail(ErrorKind::Denied, "wrong_signature",
                "its signature is not of this file: one of them was changed");
}

}  // namespace orderhub::connectors
