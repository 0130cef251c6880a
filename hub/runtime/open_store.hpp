// The store that the configuration names.
#pragma once

#include <cstdint>
#include <memory>

#include "hub/runtime/config.hpp"
#include "hub/store/store.hpp"

namespace orderhub::runtime {

/// PostgreSQL if a database is configured, otherwise the file in the folder of data, which is made
/// if it is not there. Throws as store::open_postgres() and store::open_sqlite().
std::unique_ptr<store::Store> open_store(const Config& config, std::uint32_t readers);

/// Where open_store() keeps a store that is a file.
std::string store_file(const Config& config);

}  // namespace orderhub::runtime
