// What the operator configured, as values. The keys are described in manifest.json.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace orderhub::tryton {

/// A Tryton record as the operator named it: by id if `id` is not 0, else by code or name.
struct Reference {
    std::int64_t id = 0;
    std::string text = {};

    /// As the operator wrote it, for messages.
    std::string shown() const { return id != 0 ? std::to_string(id) : '"' + text + '"'; }
};

enum class PartyMode { fixed, match, create };

struct Config {
    std::string url;  ///< of the database, ending with '/'
    std::string database;
    std::string username;
    std::int64_t company = 0;
    std::string language;
    Reference journal;
    Reference receivable;
    Reference revenue;
    Reference shipping;
    Reference fee;
    std::optional<Reference> payment_term;
    std::map<std::string, Reference> taxes;  ///< by rate, see normal_rate, or kOtherRate
    PartyMode party = PartyMode::fixed;
    std::string party_code;
};

inline constexpr const char* kOtherRate = "other";

/// Reads a configuration that has passed the manifest's schema. Throws std::exception otherwise.
Config read_config(const boost::json::object& source);

/// One spelling for a rate in percent: no leading zeros, no zeros after the last decimal
/// ("20.00" -> "20", "05.50" -> "5.5").
std::string normal_rate(std::string rate);

}  // namespace orderhub::tryton
