// What the operator configured, as the connector uses it.
#pragma once

#include <cstdint>
#include <orderhub/json.hpp>
#include <string>

namespace orderhub::commercetools {

using sdk::Json;

struct Settings {
    std::string url;  ///< of the project
    std::string language;
    std::string store;  ///< empty: the whole project
    bool managed;
    bool refunds_are_done;         ///< a refund's transaction begins as Success
    std::string transaction_type;  ///< empty: the key stands in interactionId
    bool records_returns;
    std::int64_t poll_from_ms;  ///< 0: a day before the first poll
    std::int64_t page_size;
};

/// Throws std::exception with a sentence for the operator if `config` cannot work. The manifest's
/// schema has been checked before.
Settings to_settings(const Json& config);

}  // namespace orderhub::commercetools
