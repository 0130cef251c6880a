// What a shared library exports.
#pragma once

#include <string>
#include <vector>

#include "hub/domain/result.hpp"

namespace orderhub::kit {

struct Symbol {
    std::string name;
    bool is_unique = false;
};

/// The defined dynamic symbols of a 64-bit ELF file of this machine's byte order.
Result<std::vector<Symbol>> exported_symbols(const std::string& path);

}  // namespace orderhub::kit
