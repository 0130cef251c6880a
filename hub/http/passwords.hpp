// Passwords: what they must be, and how they are kept (argon2id).
#pragma once

#include <string>
#include <string_view>

#include "hub/domain/result.hpp"

namespace orderhub::http {

/// Error: Invalid "bad_password" if it is shorter than 12 characters, longer than 200 bytes, or not
/// UTF-8 text.
Result<void> check_password(std::string_view password);

/// Argon2id in the text form that verify_password() reads, with a salt of its own. Takes some 60 ms
/// and 64 MiB; at most two of these run at once, others wait.
std::string hash_password(std::string_view password);

/// Costs as much as hash_password(), also for an empty hash: whether a user exists cannot be told
/// by the time that a refusal takes.
bool verify_password(std::string_view hash, std::string_view password);

}  // namespace orderhub::http
