// What the operator configured, as the connector uses it.
#pragma once

#include <cstdint>
#include <string>

#include "salesforce_platform/client.hpp"

namespace orderhub::salesforce_commerce {

using sdk::Json;

struct Settings {
    salesforce::Organisation organisation;
    std::string web_url;  ///< without a slash at the end
    bool has_lightning;   ///< web_url is the host of Lightning pages
    bool by_summary;      ///< the organisation runs Order Management
    std::string currency;
    bool multicurrency;
    bool skip_external;
    std::string condition;         ///< SOQL, or empty
    std::string cancelled_status;  ///< empty: orders are not cancelled from here
    std::string key_field;         ///< empty: the key is not kept
    bool payments;
    std::int64_t poll_from_ms;  ///< 0: a day before the first poll
    int request_percent;
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const Json& config);

}  // namespace orderhub::salesforce_commerce
