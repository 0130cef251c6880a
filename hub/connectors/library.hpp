// A connector library in memory.
#pragma once

#include <orderhub/connector.h>

#include <memory>
#include <string>

#include "hub/connectors/host.hpp"
#include "hub/connectors/library_file.hpp"

namespace orderhub::connectors {

/// Keeps the library mapped as long as a copy of it lives.
struct Library {
    std::shared_ptr<const void> mapping;
    const oh_connector* table = nullptr;
    Manifest manifest;
};

/// Loads a library and reads its table and manifest. Errors, all Invalid: "not_found",
/// "not_a_connector" (not a library, needs symbols that nobody has, no orderhub_connector, wrong
/// magic, too short, a function missing), "abi_too_new", "abi_too_old", "bad_manifest". Each
/// message names the file.
Result<Library> load_library(const std::string& path);

/// The same from bytes that were read before, whatever is in the file now. What is loaded already
/// from the same path is left alone: two versions may run beside each other.
Result<Library> load_library(const LibraryFile& file);

}  // namespace orderhub::connectors
