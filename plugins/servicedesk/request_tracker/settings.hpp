// What the operator configured, as the connector uses it.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::request_tracker {

namespace json = boost::json;

/// Names of the ticket custom fields; `external_id` may be empty: not written.
struct FieldNames {
    std::string order_number;
    std::string order_summary;
    std::string order_summary_url;
    std::string order_total;
    std::string external_id;
};

struct Settings {
    std::string base_url;  ///< REST 2.0, without a slash at the end
    std::string web_url;   ///< web pages, without a slash at the end
    std::string token;     ///< placeholder text, for a header only
    std::string hub_user;
    std::vector<std::string> queues;
    FieldNames fields;
    std::string poll_from;  ///< RFC 3339 UTC; empty: a day before the first poll
    std::size_t max_messages;
    std::size_t max_message_bytes;

    bool serves_queue(std::string_view name) const;
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const json::object& config);

}  // namespace orderhub::request_tracker
