// How a hub that starts learns that its store is away, and not wrong.
#pragma once

#include <stdexcept>
#include <string>

#include "hub/domain/result.hpp"

namespace orderhub::store {

/// The store gives no answer now; it may later.
class NotThere : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws if a unit of work failed at the start: NotThere if the store could not be reached,
/// otherwise std::runtime_error. `what` begins the sentence for the operator.
inline void require(const Result<void>& outcome, const std::string& what) {
    if (outcome) return;
    const std::string words = what + ": " + outcome.error().message;
    if (outcome.error().kind == ErrorKind::Unavailable) throw NotThere(words);
    throw std::runtime_error(words);
}

}  // namespace orderhub::store
