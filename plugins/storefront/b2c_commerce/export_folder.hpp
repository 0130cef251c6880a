// The directory that the shop's order exports are mirrored into. It is only ever read.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "order_export.hpp"

namespace orderhub::b2c_commerce {

/// A file as the directory has it.
struct ExportFile {
    std::string name;
    /// Milliseconds since 1970 of the last change of the file or its name, by the clock of the file
    /// system: it cannot be set back, so a file that lands late is never behind those read before.
    std::int64_t changed_ms = 0;
    std::int64_t written_ms = 0;  ///< of the last writing
    std::int64_t size = 0;

    friend bool operator==(const ExportFile&, const ExportFile&) = default;
};

/// The directory or a file of it cannot be read.
class Unreadable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The regular files NAME.xml of `directory`, not those below it, links or hidden ones; those that
/// changed first come first. Throws Unreadable.
std::vector<ExportFile> export_files(const std::string& directory);

/// What became of reading one file.
struct ExportReading {
    std::vector<ExportedOrder> orders;
    std::string wrong;       ///< why it cannot be read; empty if it was
    bool is_moving = false;  ///< it is gone, or was changed since it was listed: look again later
};

/// Reads a file through; `rest` is called every few megabytes, so that others get their turn.
ExportReading read_export(const std::string& directory, const ExportFile& file,
                          const std::function<void()>& rest);

}  // namespace orderhub::b2c_commerce
