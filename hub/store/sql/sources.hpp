// Where a store gets time and ids.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace orderhub::store {

struct Sources {
    std::function<std::int64_t()> now_ms;
    std::function<std::string(std::string_view prefix)> make_id;
};

/// The system's clock and UUIDv7 for what is not given.
Sources complete(Sources sources);

}  // namespace orderhub::store
