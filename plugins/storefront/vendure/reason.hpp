// The command key in a free-text reason: Vendure has no idempotency key, but keeps the reason of
// refunds and cancellations where it can be read back.
#pragma once

#include <string>
#include <string_view>

namespace orderhub::vendure {

struct Reason {
    std::string text;
    std::string key;  ///< empty if the reason is not ours
};

/// "<text> [orderhub:<key>]"
std::string with_key(std::string_view text, std::string_view key);

/// Takes the key off the end. A tag anywhere else, or with a character that no key has, is just
/// text.
Reason split_reason(std::string_view reason);

}  // namespace orderhub::vendure
