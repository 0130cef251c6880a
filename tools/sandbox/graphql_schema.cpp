#include "graphql_schema.hpp"

namespace orderhub::sandbox::graphql {
namespace {

/// Reads the schema language: type, interface, union and input definitions.
class SchemaParser {
public:
    explicit SchemaParser(std::string_view source) : tokens_(tokenize(source)) {}

    std::map<std::string, Type> run() {
        std::map<std::string, Type> out;
        while (tokens_[at_].kind != Token::Kind::End) {
            Type type;
            type.kind = take();
            const std::string name = take();
            if (accept("implements")) type.interfaces.insert(take());
            if (accept("=")) {
                do {
                    type.members.insert(take());
                } while (accept("|"));
            } else {
                expect("{");
                while (!accept("}"))
                    field(type);
            }
            out.emplace(name, std::move(type));
        }
        return out;
    }

private:
    std::string take() { return tokens_.at(at_++).text; }
    bool accept(std::string_view text) {
        if (tokens_[at_].text != text) return false;
        ++at_;
        return true;
    }
    void expect(std::string_view text) {
        if (!accept(text)) {
            throw Refused("schema: expected " + std::string(text) + " before " + tokens_[at_].text,
                          "SCHEMA", tokens_[at_].line, tokens_[at_].column);
        }
    }

    void field(Type& into) {
        const std::string name = take();
        Field field;
        if (accept("(")) {
            while (!accept(")")) {
                const std::string argument = take();
                expect(":");
                Argument& described = field.arguments[argument];
                described.type = reference(described.required);
            }
        }
        expect(":");
        field.type = reference(field.required);
        into.fields.emplace(name, std::move(field));
    }

    std::string reference(bool& required) {
        std::string name;
        if (accept("[")) {
            bool inner = false;
            name = reference(inner);
            expect("]");
        } else {
            name = take();
        }
        required = accept("!");
        return name;
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

}  // namespace

Schema::Schema(std::string_view source, std::set<std::string> directives)
    : types_(SchemaParser(source).run()), directives_(std::move(directives)) {}

const Type* Schema::find(const std::string& name) const {
    const auto found = types_.find(name);
    return found == types_.end() ? nullptr : &found->second;
}

bool Schema::matches(const std::string& actual, const std::string& wanted) const {
    if (actual.empty() || wanted.empty() || actual == wanted) return true;
    const Type* type = find(actual);
    return type != nullptr && type->interfaces.contains(wanted);
}

}  // namespace orderhub::sandbox::graphql
