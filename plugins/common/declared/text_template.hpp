// Text with places to fill: "/orders/{/order/external_id}/notes?key={$key}". What stands between
// braces is a reference as in rules; {{ and }} are braces.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "declared/scope.hpp"

namespace orderhub::declared {

class TextTemplate {
public:
    TextTemplate() = default;
    /// Throws ConfigError.
    TextTemplate(std::string_view text, std::string place);

    bool is_empty() const { return parts_.empty(); }
    const std::string& place() const { return place_; }

    /// For an address: what is filled in is percent-encoded. Throws MappingError where nothing is
    /// found.
    std::string address(const Scope& scope) const;
    /// For a header: throws MappingError for line breaks and for the begin of a placeholder of the
    /// host's.
    std::string header(const Scope& scope) const;
    /// As it is; nothing if it is one place for which there is nothing.
    std::optional<std::string> text(const Scope& scope) const;

private:
    struct Part {
        std::string literal;
        std::optional<Reference> reference;
    };
    std::string filled(const Part& part, const Scope& scope) const;

    std::string place_;
    std::vector<Part> parts_;
};

}  // namespace orderhub::declared
