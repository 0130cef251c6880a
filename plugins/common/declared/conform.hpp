// Internal to shapes: single values as the hub's schemas want them.
#pragma once

#include "declared/scope.hpp"

namespace orderhub::declared {

struct Where {
    std::string place;  ///< configuration key
    std::string at;     ///< what was read
    bool is_minor;      ///< amounts are whole numbers of minor units

    Where below(const std::string& key) const { return {place, at + "/" + key, is_minor}; }
};

/// Whether the schema is one of the triples ex, tax, inc.
bool is_money(const Json& schema);

/// The value of a text, number or truth, as the schema wants it; null for an empty text. Throws
/// MappingError.
Json conformed_scalar(const Json& schema, const Json& value, const Where& where,
                      const std::string& currency);

/// With the one of ex, tax and inc that follows from the others; null if there is none of them.
/// Throws MappingError if more are missing, or if they do not add up.
Json completed(Json money, const Where& where, const std::string& currency);

}  // namespace orderhub::declared
