#include "hub/http/action_names.hpp"

namespace orderhub::http {

std::string action_words() {
    std::string list;
    for (int kind = 0; kind <= static_cast<int>(domain::ActionKind::resolve_exception); ++kind) {
        if (!list.empty()) list += ", ";
        list += domain::to_text(static_cast<domain::ActionKind>(kind));
    }
    return list;
}

std::string input_schema(domain::ActionKind action) {
    std::string name;
    bool first = true;
    for (const char c : domain::to_text(action)) {
        if (c != '-') name += first ? static_cast<char>(c - 'a' + 'A') : c;
        first = c == '-';
    }
    return name + "Input";
}

}  // namespace orderhub::http
