// What the operator configured, as values. The keys are described in manifest.json.
#pragma once

#include <map>
#include <orderhub/document.hpp>
#include <string>

namespace orderhub::journal {

enum class Period { month, year, all };

struct Accounts {
    std::string revenue;
    std::string shipping;
    std::string fee;
    std::string clearing;
    std::map<std::string, std::string> taxes;  ///< by rate, see normal_rate, or kOtherRate
};

struct Config {
    std::string directory;
    bool csv = true;
    bool ledger = true;
    Period period = Period::month;
    Accounts accounts;
};

inline constexpr const char* kOtherRate = "other";

/// Reads a configuration that has passed the manifest's schema. Throws std::exception otherwise.
Config read_config(const sdk::Document& source);

/// One spelling for a rate in percent: no zeros before it or after its last decimal.
std::string normal_rate(std::string rate);

}  // namespace orderhub::journal
