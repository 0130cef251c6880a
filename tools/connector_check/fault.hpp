// The ways in which the stand-in goes wrong on purpose.
#pragma once

#include <cstddef>
#include <string>

#include "script.hpp"

namespace orderhub::kit {

enum class FaultKind {
    none,
    status,       ///< another status in place of the answer
    unreachable,  ///< reset before the request is read
    reset,        ///< reset after the request was read
    half_close,   ///< the head and half of the body, then the end
    huge,         ///< more than any client should take
    bad_utf8,     ///< an answer with bytes that are not UTF-8
    wrong_type,   ///< a page for people in place of the answer
    slow          ///< a body that never comes to its end
};

/// One fault, at the request of that ordinal (from 0) since the last begin or next_call.
struct Fault {
    FaultKind kind = FaultKind::none;
    std::size_t ordinal = 0;
    bool every = false;         ///< at that request and all that follow
    bool takes_effect = false;  ///< the request is carried out all the same
    bool echoes = false;        ///< the answer repeats all that the request held
    int status = 500;
    Texts headers;
    std::string body = R"({"message": "a fault made by the check"})";
};

}  // namespace orderhub::kit
