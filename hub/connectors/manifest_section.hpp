// Finds a connector's manifest in the bytes of its library.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderhub::connectors {

/// The text of the section OH_MANIFEST_SECTION without the zeros at its end; empty if there is no
/// such section; nothing if these are not the bytes of a 64-bit ELF library of this machine's byte
/// order, or are damaged.
std::optional<std::string> manifest_section(std::string_view library);

}  // namespace orderhub::connectors
