#include "graphql.hpp"

namespace orderhub::sandbox::graphql {
namespace {

class Parser {
public:
    Parser(std::vector<Token> tokens, const json::object& variables, std::string_view operation)
        : tokens_(std::move(tokens)), variables_(variables), wanted_(operation) {}

    Document run() {
        while (peek().kind != Token::Kind::End) {
            if (is("fragment")) {
                fragment();
            } else {
                operation();
            }
        }
        if (found_ != 1) fail("Must provide exactly one operation of the given name.");
        return std::move(document_);
    }

private:
    const Token& peek() const { return tokens_[at_]; }
    bool is(std::string_view text) const {
        return peek().kind != Token::Kind::Text && peek().text == text;
    }
    Token take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }

    bool accept(std::string_view text) {
        if (!is(text)) return false;
        take();
        return true;
    }

    void expect(std::string_view text) {
        if (!accept(text)) fail("Syntax Error: Expected \"" + std::string(text) + "\".");
    }

    std::string name() {
        if (peek().kind != Token::Kind::Name) fail("Syntax Error: Expected Name.");
        return take().text;
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw Refused(what + (peek().text.empty() ? "" : " Found \"" + peek().text + "\"."),
                      "GRAPHQL_PARSE_FAILED", peek().line, peek().column);
    }

    void fragment() {
        take();
        const std::string called = name();
        expect("on");
        Fragment fragment;
        fragment.type = name();
        fragment.selections = selection_set();
        document_.fragments.emplace(called, std::move(fragment));
    }

    void operation() {
        std::string kind = "query";
        std::string called;
        defaults_ = {};
        if (!is("{")) {
            kind = name();
            if (kind != "query" && kind != "mutation") fail("Syntax Error: Unexpected Name.");
            if (!is("{") && !is("(")) called = name();
            if (accept("(")) variable_definitions();
        }
        auto roots = selection_set();
        if (!wanted_.empty() && wanted_ != called) return;
        ++found_;
        document_.operation = kind;
        document_.roots = std::move(roots);
    }

    void variable_definitions() {
        while (!accept(")")) {
            expect("$");
            const std::string called = name();
            expect(":");
            const bool required = type_reference();
            const auto* given = variables_.if_contains(called);
            if (accept("=")) {
                defaults_[called] = value();
            } else if (required && (given == nullptr || given->is_null())) {
                throw Refused("Variable \"$" + called + "\" of a required type was not provided.",
                              "BAD_USER_INPUT", peek().line, peek().column);
            }
        }
    }

    /// Skips a type; true when it ends in '!'.
    bool type_reference() {
        if (accept("[")) {
            type_reference();
            expect("]");
        } else {
            name();
        }
        return accept("!");
    }

    std::vector<Selection> selection_set() {
        if (++depth_ > 30) fail("Query is nested too deeply.");
        expect("{");
        std::vector<Selection> out;
        while (!accept("}"))
            out.push_back(selection());
        if (out.empty()) fail("Syntax Error: Expected Name.");
        --depth_;
        return out;
    }

    Selection selection() {
        Selection out;
        out.line = peek().line;
        out.column = peek().column;
        if (accept("...")) return spread(std::move(out));
        out.name = out.alias = name();
        if (accept(":")) out.name = name();
        if (accept("(")) {
            while (!accept(")"))
                argument(out.arguments);
        }
        while (accept("@")) {
            json::object& arguments = out.directives[name()];
            if (accept("("))
                while (!accept(")"))
                    argument(arguments);
        }
        if (is("{")) out.children = selection_set();
        return out;
    }

    Selection spread(Selection out) {
        if (is("on") || is("{")) {
            out.kind = Selection::Kind::Inline;
            if (accept("on")) out.name = name();
            out.children = selection_set();
        } else {
            out.kind = Selection::Kind::Spread;
            out.name = name();
        }
        return out;
    }

    void argument(json::object& into) {
        const std::string called = name();
        expect(":");
        const bool absent = is("$") && !defined(tokens_[at_ + 1].text);
        json::value given = value();
        if (!absent) into[called] = std::move(given);
    }

    bool defined(const std::string& variable) const {
        return variables_.contains(variable) || defaults_.contains(variable);
    }

    json::value value() {
        if (accept("$")) {
            const std::string called = name();
            if (const auto* given = variables_.if_contains(called)) return *given;
            const auto* fallback = defaults_.if_contains(called);
            return fallback == nullptr ? json::value{} : *fallback;
        }
        if (accept("[")) {
            json::array out;
            while (!accept("]"))
                out.push_back(value());
            return out;
        }
        if (accept("{")) {
            json::object out;
            while (!accept("}"))
                argument(out);
            return out;
        }
        return literal(take());
    }

    json::value literal(const Token& token) const {
        if (token.kind == Token::Kind::Text) return json::value(token.text);
        if (token.kind == Token::Kind::Number) return json::parse(token.text);
        if (token.kind != Token::Kind::Name) fail("Syntax Error: Expected a value.");
        if (token.text == "true") return true;
        if (token.text == "false") return false;
        if (token.text == "null") return nullptr;
        return json::value(token.text);
    }

    std::vector<Token> tokens_;
    const json::object& variables_;
    json::object defaults_;
    std::string wanted_;
    std::size_t at_ = 0;
    int depth_ = 0;
    int found_ = 0;
    Document document_;
};

}  // namespace

Document parse(std::string_view source, const json::object& variables,
               std::string_view operation_name) {
    return Parser(tokenize(source), variables, operation_name).run();
}

}  // namespace orderhub::sandbox::graphql
