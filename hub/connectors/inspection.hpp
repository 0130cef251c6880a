// What can be known of a connector's library before any of its code runs. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/connectors/host.hpp"
#include "hub/connectors/library_file.hpp"

namespace orderhub::connectors {

/// Who has signed a library, as far as the keys can tell.
struct SignatureFacts {
    bool is_there = false;
    bool is_good = false;
    bool is_wrong = false;  ///< it is none, or not of this file; otherwise its key is not known
    std::string key_id;
    std::string trusted_comment;  ///< only if it is good
    std::string complaint;        ///< why it is not good
};

/// Reads PATH.minisig and checks it over the bytes that were read. Error: Invalid "bad_key" if a
/// key of `keys` is none.
Result<SignatureFacts> check_signature(const LibraryFile& file,
                                       const std::vector<std::string>& keys);

/// Whether these bytes may be loaded. Errors: Denied "unsigned", "unknown_key", "wrong_signature",
/// Invalid "bad_signature", "bad_key". Each message names the file.
Result<void> check_trust(const LibraryFile& file, const LibraryTrust& trust);

/// The manifest in the bytes. Errors: Invalid "not_a_connector", "bad_manifest".
Result<Manifest> manifest_of(const LibraryFile& file);

/// What the hub does before it loads a library that its configuration names: trust, then manifest.
/// Only libraries of the hub's own folder may lack the section, and are loaded for their manifest.
/// Errors as above, and those of load_library().
Result<Manifest> inspect_library(const std::string& path, const LibraryTrust& trust);

}  // namespace orderhub::connectors
