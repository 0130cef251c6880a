// What the operator configured, as the connector uses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <orderhub/document.hpp>
#include <string>
#include <vector>

namespace orderhub::zendesk {

using sdk::Json;

/// Ids of ticket fields; 0: not used.
struct FieldIds {
    std::int64_t order_number = 0;
    std::int64_t order_url = 0;
    std::int64_t order_digest = 0;
    std::int64_t order_total = 0;
    std::int64_t link_key = 0;
};

struct Settings {
    std::string base_url;             ///< without a slash at the end
    bool has_access_token;            ///< else user and API token
    std::vector<std::string> groups;  ///< ids; empty: all
    FieldIds fields;
    std::int64_t poll_from_ms;  ///< 0: a day before the first poll
    std::int64_t page_size;
    int reserve_percent;
    std::size_t max_messages;
    std::size_t max_message_bytes;
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const Json& config);

}  // namespace orderhub::zendesk
