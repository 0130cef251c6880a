// Ed25519 signatures in the format of minisign (https://jedisct1.github.io/minisign), beside the
// file that they are of as FILE.minisig. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/result.hpp"

namespace orderhub::connectors {

using KeyId = std::array<unsigned char, 8>;

struct PublicKey {
    KeyId id{};
    std::array<unsigned char, 32> key{};
};

/// As minisign prints it and keeps it in a .pub file: 56 characters of base64 that begin with RW.
/// Error: Invalid "bad_key".
Result<PublicKey> parse_public_key(std::string_view text);
/// A key's id as minisign writes it in a .pub file's comment.
std::string key_id_text(const KeyId& id);

struct Signature {
    KeyId key_id{};
    bool is_prehashed = false;  ///< of the BLAKE2b-512 of the file: minisign's default since 0.6
    std::array<unsigned char, 64> of_file{};
    std::string trusted_comment;  ///< believed only once the signature is checked
    std::array<unsigned char, 64> of_comment{};
};

/// The four lines of a .minisig file. Error: Invalid "bad_signature".
Result<Signature> parse_signature(std::string_view text);

/// Whether the signature, its trusted comment included, was made by one of the keys over exactly
/// these bytes. Errors: Denied "unknown_key" (the message names the signature's),
/// "wrong_signature".
Result<void> verify_signature(const Signature& signature, std::string_view bytes,
                              const std::vector<PublicKey>& keys);

}  // namespace orderhub::connectors
