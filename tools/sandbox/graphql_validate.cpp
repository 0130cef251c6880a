#include "graphql_schema.hpp"

namespace orderhub::sandbox::graphql {
namespace {

constexpr int kMaxDepth = 40;

[[noreturn]] void invalid(const std::string& what, const Selection& at) {
    throw Refused(what, "GRAPHQL_VALIDATION_FAILED", at.line, at.column);
}

[[noreturn]] void bad_input(const std::string& what, const Selection& at) {
    throw Refused(what, "BAD_USER_INPUT", at.line, at.column);
}

}  // namespace

void Schema::validate(const Document& document) const {
    check(document.roots, document.operation == "mutation" ? "Mutation" : "Query", document, 0);
}

void Schema::check(const std::vector<Selection>& selections, const std::string& type,
                   const Document& document, int depth) const {
    if (depth > kMaxDepth) invalid("Fragments form a cycle.", selections.front());
    for (const Selection& selection : selections) {
        if (selection.kind == Selection::Kind::Field) {
            check_field(selection, type, document, depth);
            continue;
        }
        const bool spread = selection.kind == Selection::Kind::Spread;
        const auto fragment = document.fragments.find(selection.name);
        if (spread && fragment == document.fragments.end()) {
            invalid("Unknown fragment \"" + selection.name + "\".", selection);
        }
        const std::string on = spread ? fragment->second.type : selection.name;
        if (!on.empty() && find(on) == nullptr) invalid("Unknown type \"" + on + "\".", selection);
        check(spread ? fragment->second.selections : selection.children, on.empty() ? type : on,
              document, depth + 1);
    }
}

void Schema::check_field(const Selection& selection, const std::string& type,
                         const Document& document, int depth) const {
    if (selection.name == "__typename") return;
    const Type* owner = find(type);
    const auto field = owner->fields.find(selection.name);
    if (field == owner->fields.end()) {
        invalid("Cannot query field \"" + selection.name + "\" on type \"" + type + "\".",
                selection);
    }
    for (const auto& [name, unused] : selection.directives)
        if (!directives_.contains(name))
            invalid("Directive \"@" + name + "\" is not supported by this stand-in.", selection);
    for (const auto& [name, value] : selection.arguments) {
        const auto known = field->second.arguments.find(std::string(name));
        if (known == field->second.arguments.end()) {
            invalid("Unknown argument \"" + std::string(name) + "\" on field \"" + type + "." +
                        selection.name + "\".",
                    selection);
        }
        check_input(value, known->second.type, selection);
    }
    for (const auto& [name, argument] : field->second.arguments) {
        if (argument.required && !selection.arguments.contains(name)) {
            invalid("Field \"" + selection.name + "\" argument \"" + name + "\" is required.",
                    selection);
        }
    }
    const bool composite = find(field->second.type) != nullptr;
    if (composite != !selection.children.empty()) {
        invalid("Field \"" + selection.name + "\" of type \"" + field->second.type +
                    (composite ? "\" must have a selection of subfields."
                               : "\" must not have a selection since it has no subfields."),
                selection);
    }
    if (composite) check(selection.children, field->second.type, document, depth + 1);
}

void Schema::check_input(const json::value& value, const std::string& type,
                         const Selection& at) const {
    if (value.is_array()) {
        for (const auto& element : value.get_array())
            check_input(element, type, at);
        return;
    }
    const Type* input = find(type);
    if (input == nullptr || value.is_null()) {
        if (type == "Int" && !value.is_int64() && !value.is_null()) {
            bad_input("Int cannot represent non-integer value: " + json::serialize(value), at);
        }
        return;
    }
    if (!value.is_object()) bad_input("Expected type \"" + type + "\" to be an object.", at);
    for (const auto& [name, member] : value.get_object()) {
        const auto known = input->fields.find(std::string(name));
        if (known == input->fields.end()) {
            bad_input(
                "Field \"" + std::string(name) + "\" is not defined by type \"" + type + "\".", at);
        }
        check_input(member, known->second.type, at);
    }
    for (const auto& [name, field] : input->fields) {
        const auto* given = value.get_object().if_contains(name);
        if (field.required && (given == nullptr || given->is_null())) {
            bad_input(
                "Field \"" + name + "\" of required type was not provided in \"" + type + "\".",
                at);
        }
    }
}

}  // namespace orderhub::sandbox::graphql
