// Where a store gets time, ids and the keys for its secrets.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "hub/secrets/keyring.hpp"

namespace orderhub::store {

struct Sources {
    std::function<std::int64_t()> now_ms;
    std::function<std::string(std::string_view prefix)> make_id;
    std::shared_ptr<const secrets::Keyring> keyring;
};

/// The system's clock, UUIDv7 and a ring without keys for what is not given.
Sources complete(Sources sources);

}  // namespace orderhub::store
