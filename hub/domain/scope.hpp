// How far somebody sees: which storefronts with their orders, which desks with their cases.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::domain {

/// Named connectors; nothing: all of them, an empty list: none of them.
using ConnectorNames = std::optional<std::vector<std::string>>;

bool has(const ConnectorNames& names, std::string_view connector);
/// "a,b"; "*" for all of them. No name has a comma or a star.
std::string to_text(const ConnectorNames& names);
/// What to_text() wrote.
ConnectorNames connector_names(std::string_view text);

/// What a user or a token is limited to. Whoever is limited sees an order if its storefront is
/// among `storefronts`, and a case if its desk is among `desks` and no order that it is linked to
/// is out of sight; of everything else, what hangs on orders and cases that he sees.
struct Scope {
    ConnectorNames storefronts = std::nullopt;
    ConnectorNames desks = std::nullopt;

    bool is_limited() const { return storefronts || desks; }
    auto operator<=>(const Scope&) const = default;
    bool operator==(const Scope&) const = default;
};

}  // namespace orderhub::domain
