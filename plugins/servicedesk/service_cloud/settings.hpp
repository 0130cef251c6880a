// What the operator configured, as the connector uses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "salesforce_platform/client.hpp"

namespace orderhub::service_cloud {

using sdk::Json;

/// API names of fields of Case; empty: not used.
struct FieldNames {
    std::string order_summary;
    std::string order_number;
    std::string order_url;
    std::string order_digest;
    std::string order_total;
    std::string link_key;

    /// What a query names to get the order number of the looked-up summary:
    /// "OrderSummary__r.OrderNumber". Empty without a lookup.
    std::string summary_number() const;
    /// The member of a row that holds it: "OrderSummary__r".
    std::string summary_relation() const;
};

struct Settings {
    salesforce::Organisation organisation;
    std::string web_url;    ///< without a slash at the end
    bool has_lightning;     ///< web_url is the host of Lightning pages
    std::string condition;  ///< SOQL, or empty
    FieldNames fields;
    bool notes_are_feed_items;
    bool emails;
    std::int64_t poll_from_ms;  ///< 0: a day before the first poll
    int request_percent;
    std::size_t max_messages;
    std::size_t max_message_bytes;
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const Json& config);

}  // namespace orderhub::service_cloud
