// The instance's configuration, as manifest.json describes it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mapping.hpp"

namespace orderhub::vendure {

/// Secrets hold the host's placeholder, never the secret itself.
struct Config {
    std::string base_url;
    std::string channel_token;
    std::string username;
    std::string password;
    std::string api_key;
    std::optional<std::int64_t> poll_from_ms;
    std::size_t page_size = 50;
    std::int64_t sweep_interval_ms = 300'000;
    std::int64_t closed_sweep_interval_ms = 3'600'000;
    std::int64_t closed_window_ms = 30LL * 86'400'000;
    std::vector<std::string> open_states;
    std::vector<std::string> closed_states;
    Links links;
    bool managed = true;  ///< whether the hub may change this shop's orders

    bool logs_in() const { return api_key.empty(); }
    bool is_open(std::string_view state) const;
};

/// Throws std::invalid_argument with a sentence for the operator.
Config read_config(const json::object& config);

}  // namespace orderhub::vendure
