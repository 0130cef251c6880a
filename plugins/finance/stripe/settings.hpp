// What the operator configured, as the connector uses it.
#pragma once

#include <cstdint>
#include <optional>
#include <orderhub/json.hpp>
#include <string>

namespace orderhub::stripe {

using sdk::Json;

struct Settings {
    std::string base_url;  ///< ends with /v1
    std::string api_version;
    std::string account;        ///< connected account, or empty
    std::string refund_reason;  ///< empty: none is given
    bool releases_rest;         ///< a partial capture may let go of the rest
    std::optional<int> ugx_decimals;
    std::int64_t poll_from_s;  ///< 0: a day before the first poll
    std::int64_t page_size;
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const Json& config);

}  // namespace orderhub::stripe
