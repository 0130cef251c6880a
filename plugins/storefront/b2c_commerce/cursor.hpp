// Where a poll goes on. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "documents/mark.hpp"
#include "settings.hpp"

namespace orderhub::b2c_commerce {

/// How far the order exports have been read.
struct ExportProgress {
    documents::Mark files;  ///< by the instant of their last change; ids are their names
    std::string name;       ///< the file that was read last, perhaps not to its end
    std::int64_t changed_ms = 0;
    std::size_t done = 0;  ///< orders of it that are behind us

    friend bool operator==(const ExportProgress&, const ExportProgress&) = default;
};

struct Cursor {
    documents::Mark orders;
    /// A backfill reads the list alone: its polls go on beside the others, which read the files.
    bool is_backfill = false;
    std::optional<ExportProgress> exports = std::nullopt;

    friend bool operator==(const Cursor&, const Cursor&) = default;
};

/// Throws JsonError for a text that is no cursor of this connector.
Cursor to_cursor(const Settings& settings, std::string_view text, std::int64_t now_ms);
std::string to_text(const Cursor& cursor);

}  // namespace orderhub::b2c_commerce
