// Why a command did not work, ready to be shown.
#pragma once

#include <expected>
#include <string>

namespace orderhub::cli {

struct Failure {
    int exit_code;
    std::string sentence;  ///< for a person; never contains the token
    /// The hub's problem document as it came, if it gave one.
    std::string document = {};
    /// The request was sent and no answer came: the hub may have done it.
    bool may_have_happened = false;
};

template <class T>
using Expected = std::expected<T, Failure>;

inline std::unexpected<Failure> failed(int exit_code, std::string sentence) {
    return std::unexpected(Failure{exit_code, std::move(sentence)});
}

}  // namespace orderhub::cli
