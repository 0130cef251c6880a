#include "hub/domain/scope.hpp"

#include <algorithm>

namespace orderhub::domain {

namespace {

constexpr std::string_view kAll = "*";

}  // namespace

bool has(const ConnectorNames& names, std::string_view connector) {
    return !names || std::ranges::find(*names, connector) != names->end();
}

std::string to_text(const ConnectorNames& names) {
    if (!names) return std::string(kAll);
    std::string text;
    for (const auto& name : *names)
        text.append(text.empty() ? "" : ",").append(name);
    return text;
}

ConnectorNames connector_names(std::string_view text) {
    if (text == kAll) return std::nullopt;
    std::vector<std::string> names;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        names.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

}  // namespace orderhub::domain
