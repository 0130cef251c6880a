// A note as the text of a UBL 2.1 file, and back to what a later look needs of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "note.hpp"

namespace orderhub::ubl {

/// The whole file, UTF-8. `key` is the command's; it stands in a processing instruction before the
/// document. The same note and key give the same bytes.
std::string to_xml(const Note& note, std::string_view key);

/// What a file says about itself.
struct Written {
    std::string key;
    std::string number;
    std::string currency;
    std::string ex, tax, inc;  ///< as it shows them
};

/// Nothing if it is no file of ours.
std::optional<Written> read_written(const std::string& text);

}  // namespace orderhub::ubl
