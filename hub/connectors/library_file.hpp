// A library's bytes, read once: what is checked is what is loaded, whatever happens to the file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hub/domain/result.hpp"

namespace orderhub::connectors {

/// Copies share the same bytes, in memory that nobody can change any more. Any thread.
class LibraryFile {
public:
    /// Errors: Invalid "not_found", "not_a_connector" (it cannot be read, or is too large).
    static Result<LibraryFile> read(const std::string& path);

    std::string_view bytes() const;
    const std::string& path() const { return path_; }  ///< where it was read from
    int descriptor() const;

    /// The text of its section OH_MANIFEST_SECTION, found without running any of its code; empty if
    /// it has none. Error: Invalid "not_a_connector" if it is no ELF library of this machine.
    Result<std::string> manifest() const;

private:
    struct Copy;
    LibraryFile(std::string path, std::shared_ptr<const Copy> copy)
        : path_(std::move(path)), copy_(std::move(copy)) {}

    std::string path_;
    std::shared_ptr<const Copy> copy_;
};

}  // namespace orderhub::connectors
