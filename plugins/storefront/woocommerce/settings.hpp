// What the operator configured, as the connector uses it.
#pragma once

#include <cstdint>
#include <orderhub/json.hpp>
#include <set>
#include <string>

namespace orderhub::woocommerce {

using sdk::Json;

struct Settings {
    std::string api_url;  ///< ending with /wp-json/wc/v3
    bool managed;
    bool refunds_by_gateway;
    bool restocks;
    std::set<std::string, std::less<>> ignored_statuses;
    std::int64_t poll_from_ms;  ///< 0: a day before the first poll
    std::int64_t page_size;
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const Json& config);

}  // namespace orderhub::woocommerce
