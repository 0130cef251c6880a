#include "hub/store/sql/sources.hpp"

#include <chrono>

#include "hub/store/uuid7.hpp"

namespace orderhub::store {

namespace {

std::int64_t system_now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Sources complete(Sources sources) {
    if (!sources.now_ms) sources.now_ms = system_now_ms;
    if (!sources.make_id)
        sources.make_id = [now = sources.now_ms](std::string_view prefix) {
            return std::string(prefix) + "_" + uuid7(now());
        };
    if (!sources.keyring) sources.keyring = std::make_shared<const secrets::Keyring>();
    return sources;
}

}  // namespace orderhub::store
