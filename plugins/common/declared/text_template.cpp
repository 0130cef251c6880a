#include "declared/text_template.hpp"

#include <orderhub/http.hpp>

namespace orderhub::declared {

TextTemplate::TextTemplate(std::string_view text, std::string place) : place_(std::move(place)) {
    std::string literal;
    const auto flush = [&] {
        if (!literal.empty()) parts_.push_back({std::exchange(literal, {}), {}});
    };
    while (!text.empty()) {
        const std::string_view two = text.substr(0, 2);
        if (two == "{{" || two == "}}") {
            literal += two[0];
            text.remove_prefix(2);
        } else if (text[0] == '{') {
            const std::size_t end = text.find('}');
            if (end == text.npos) throw ConfigError(place_, "a { has no }");
            flush();
            parts_.push_back({{}, parse_reference(text.substr(1, end - 1), place_)});
            text.remove_prefix(end + 1);
        } else {
            literal += text[0];
            text.remove_prefix(1);
        }
    }
    flush();
}

std::string TextTemplate::filled(const Part& part, const Scope& scope) const {
    const Found found = look_up(*part.reference, scope);
    if (found.value.is_bool()) return found.value.boolean() ? "true" : "false";
    if ((!found.value.is_text() && !found.value.is_number()) ||
        found.value.text_or_digits().empty())
        throw wrong(place_, found.at, shown(found.value) + "; expected a text or a number");
    return found.value.text_or_digits();
}

std::string TextTemplate::address(const Scope& scope) const {
    std::string made;
    for (const Part& part : parts_)
        made += part.reference ? sdk::url_encode(filled(part, scope)) : part.literal;
    return made;
}

std::string TextTemplate::header(const Scope& scope) const {
    std::string made;
    for (const Part& part : parts_)
        made += part.reference ? filled(part, scope) : part.literal;
    // Somebody who writes {{secret:...}} into an order must not be answered.
    if (made.find_first_of(std::string_view("\r\n\0", 3)) != made.npos ||
        made.find("{{") != made.npos)
        throw wrong(place_, {}, "found a line break or {{, which cannot stand in a header");
    return made;
}

std::optional<std::string> TextTemplate::text(const Scope& scope) const {
    if (parts_.size() == 1 && parts_[0].reference &&
        !is_true(look_up(*parts_[0].reference, scope).value))
        return std::nullopt;
    std::string made;
    for (const Part& part : parts_)
        made += part.reference ? filled(part, scope) : part.literal;
    return made;
}

}  // namespace orderhub::declared
