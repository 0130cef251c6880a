// How the hub says that something did not work. Expected failures are values; exceptions are for
// bugs.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace orderhub {

/// What the caller should do next, not where it went wrong.
enum class ErrorKind {
    Invalid,         ///< the input is wrong: mend it
    NotFound,        ///< no such thing
    Conflict,        ///< it has changed meanwhile, or is already under way: read again
    Denied,          ///< not allowed
    Unavailable,     ///< not now; nothing happened
    Throttled,       ///< too much at once; nothing happened
    OutcomeUnknown,  ///< it may have happened: look first
    Bug              ///< ours
};

struct Error {
    ErrorKind kind = ErrorKind::Bug;
    std::string code;     ///< stable, for programs: "over_return"
    std::string message;  ///< for a person; no secrets, no personal data
    std::string field;    ///< JSON Pointer of the offending input, if one is
    std::optional<std::chrono::milliseconds> retry_after = std::nullopt;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string code, std::string message,
                                   std::string field = {}) {
    return std::unexpected(Error{kind, std::move(code), std::move(message), std::move(field)});
}

}  // namespace orderhub

/// Hands an error on to the caller; `expression` gives a Result<void>.
#define ORDERHUB_TRY(expression)                                 \
    do {                                                         \
        if (auto outcome_ = (expression); !outcome_)             \
            return std::unexpected(std::move(outcome_).error()); \
    } while (false)
