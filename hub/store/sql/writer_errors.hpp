// What units of work hear when the writer could not do them. Internal to the writer.
#pragma once

#include <chrono>
#include <string>

#include "hub/domain/result.hpp"
#include "hub/store/sql/database.hpp"

namespace orderhub::store {

inline Error busy(const std::string& why) {
    return Error{ErrorKind::Throttled,
                 "store_busy",
                 "the store has too much to do: " + why,
                 {},
                 std::chrono::milliseconds(1'000)};
}

inline Error log_is_long() {
    return busy("its write-ahead log is near its limit");
}

inline Error outage(const StoreFailure& failure) {
    return Error{ErrorKind::Unavailable,
                 "store_unavailable",
                 std::string("the store cannot write: ") + failure.what(),
                 {},
                 std::chrono::milliseconds(2'000)};
}

inline Error mistake(const std::string& words) {
    return fail(ErrorKind::Bug, "store_failure", words).error();
}

/// Of a unit that failed each time it was run.
inline Error given_up(const StoreFailure& failure) {
    return failure.kind() == StoreFailure::Kind::duplicate ? mistake(failure.what())
                                                           : outage(failure);
}

}  // namespace orderhub::store
