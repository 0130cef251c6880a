// The web application's page and files, at the addresses that it uses.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/console/files.hpp"
#include "hub/http/message.hpp"
#include "hub/http/target.hpp"

namespace orderhub::http {

/// What the program has built in, or in a test something else. The texts outlive it.
struct ConsolePages {
    std::span<const console::File> files = console::files();
    std::string_view page = console::page();
    std::string_view panel = console::panel();
    /// Origins whose pages may show the panel; none: there is no panel.
    std::vector<std::string> frame_ancestors = {};

    /// The answer if the address is one of the application's; nothing otherwise, or if there is no
    /// application. Every page is the same document: the browser reads the address.
    std::optional<Response> answer(const Request& request, const Target& target) const;
};

}  // namespace orderhub::http
