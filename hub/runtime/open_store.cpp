#include "hub/runtime/open_store.hpp"

#include <spdlog/spdlog.h>

#include <filesystem>

namespace orderhub::runtime {

std::string store_file(const Config& config) {
    return (std::filesystem::path(config.data) / "orderhub.db").string();
}

std::unique_ptr<store::Store> open_store(const Config& config, std::uint32_t readers) {
    const auto keyring = std::make_shared<const secrets::Keyring>(config.secret_keys);
    if (!config.database.empty())
        return store::open_postgres(
            {.url = config.database,
             .readers = readers,
             .keyring = keyring,
             .hub = config.address + ":" + std::to_string(config.port),
             .report = [](std::string_view words) { spdlog::warn("store: {}", words); }});
    std::filesystem::create_directories(config.data);
    return store::open_sqlite(
        {.path = store_file(config),
         .readers = readers,
         .log_limit_bytes = static_cast<std::uint64_t>(config.limits.store_log_mib) << 20,
         .keyring = keyring});
}

}  // namespace orderhub::runtime
