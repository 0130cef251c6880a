// What the operator configured, as the connector uses it.
#pragma once

#include <cstdint>
#include <orderhub/json.hpp>
#include <string>

namespace orderhub::shopify {

using sdk::Json;

struct Settings {
    std::string endpoint;     ///< of the Admin API, with its version
    std::string shop_domain;  ///< host of shop_url, as webhooks name the shop
    std::string orders_url;   ///< of the shop's admin, ending with /orders/
    std::string api_version;
    bool has_fixed_token;  ///< access_token; otherwise the host fetches one
    bool managed;
    bool restocks;          ///< units that are cancelled
    bool restocks_returns;  ///< units that come back
    bool notifies;
    std::string restock_location;  ///< number of a location; empty: the shop's choice
    std::int64_t poll_from_ms;     ///< 0: a day before the first poll
    std::int64_t page_size;
    std::int64_t line_page_size;
    std::int64_t overlap_ms;  ///< how far the shop's search index may lag
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const Json& config);

}  // namespace orderhub::shopify
