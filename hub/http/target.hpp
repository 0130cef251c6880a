// The request target: path segments and query, percent-decoded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderhub::http {

struct Target {
    std::vector<std::string> segments;  ///< "/a/b" gives {"a", "b"}
    std::vector<std::pair<std::string, std::string>> query;

    /// The first value of a parameter; nothing if absent.
    std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Nothing if it is not a path, an escape is broken, a segment decodes to something with a slash,
/// or any part to something with a NUL or to no UTF-8.
std::optional<Target> parse_target(std::string_view text);

}  // namespace orderhub::http
