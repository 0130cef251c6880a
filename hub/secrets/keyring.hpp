// The keys under which secrets lie in the store.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/secrets/box.hpp"

namespace orderhub::secrets {

/// 32 random bytes in base64, as a key is written; nothing if the text is anything else.
std::optional<Key> parse_key(std::string_view text);
std::string new_key();

/// Without keys texts stay as they are. A protected text begins with "sealed:1:" and the id of its
/// key. Any thread.
class Keyring {
public:
    Keyring() = default;
    /// The first key seals, all of them open.
    explicit Keyring(const std::vector<Key>& keys);

    bool has_key() const { return !keys_.empty(); }
    /// What every text begins with that the first key has sealed; empty without a key.
    const std::string& mark() const { return mark_; }

    /// `place` names the one row and column where the text lies. An empty text stays empty.
    std::string protect(std::string_view text, std::string_view place) const;
    /// What protect() was given, whether it sealed then or not. Throws std::runtime_error with a
    /// sentence for the operator if no key opens it.
    std::string reveal(std::string_view stored, std::string_view place) const;

    /// The id of the key that a stored text needs, if it is none of these.
    std::optional<std::string> missing_key(std::string_view stored) const;

private:
    struct One {
        std::string mark;  ///< "sealed:1:<id>:"
        Key key;
    };

    const One* key_for(std::string_view stored) const;

    std::vector<One> keys_;
    std::string mark_;
};

}  // namespace orderhub::secrets
