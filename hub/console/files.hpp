// The web application as it was built into this program.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace orderhub::console {

struct File {
    std::string_view path;  ///< below "/"; its name carries a digest of what it holds
    std::string_view content_type;
    std::span<const unsigned char> gzip;
};

/// Empty if the program was built without the application.
std::span<const File> files();

/// The one page, in which "__NONCE__" stands where a response's nonce belongs; empty as above.
std::string_view page();

/// The panel's page, of the same kind.
std::string_view panel();

}  // namespace orderhub::console
