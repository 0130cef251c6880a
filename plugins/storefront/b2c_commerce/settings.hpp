// What the operator configured, as the connector uses it.
#pragma once

#include <cstdint>
#include <orderhub/json.hpp>
#include <string>

namespace orderhub::b2c_commerce {

using sdk::Json;

struct Settings {
    std::string orders_url;  ///< of the Orders API for the organisation, ending with /orders
    std::string site_id;
    std::string notes_url;     ///< OCAPI's /orders; empty: no notes
    std::string tracking_url;  ///< with {number}; empty: not known
    bool tells_by_status;      ///< by the order's shipping status; otherwise by events
    bool managed;
    std::int64_t poll_from_ms;  ///< 0: a day before the first poll
    std::int64_t page_size;
    std::string export_directory;  ///< absolute; empty: no order exports are read
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const Json& config);

}  // namespace orderhub::b2c_commerce
