#include "soql.hpp"

#include <fmt/format.h>

#include <cctype>
#include <charconv>

#include "text.hpp"

namespace orderhub::sandbox::salesforce {
namespace {

[[noreturn]] void malformed(std::string_view what) {
    throw Refusal(400, "MALFORMED_QUERY", fmt::format("unexpected token: '{}'", what));
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

struct Token {
    std::string text;
    bool quoted = false;
};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("_.:-+").find(c) != std::string_view::npos;
}

/// The text behind an opening quote; moves `at` behind the closing one.
std::string quoted_text(std::string_view text, std::size_t& at) {
    std::string out;
    for (; at < text.size() && text[at] != '\''; ++at) {
        if (text[at] == '\\' && ++at == text.size()) break;
        const bool newline = text[at] == 'n' && text[at - 1] == '\\';
        out += newline ? '\n' : text[at];
    }
    if (at == text.size()) malformed("<EOF>");
    ++at;
    return out;
}

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            ++at;
        } else if (c == '\'') {
            ++at;
            tokens.push_back({quoted_text(text, at), true});
        } else if (is_word(c)) {
            const std::size_t start = at;
            while (at < text.size() && is_word(text[at]))
                ++at;
            tokens.push_back({std::string(text.substr(start, at - start)), false});
        } else {
            const bool pair =
                at + 1 < text.size() && text[at + 1] == '=' && c != '(' && c != ')' && c != ',';
            tokens.push_back({std::string(text.substr(at, pair ? 2 : 1)), false});
            at += pair ? 2 : 1;
        }
    }
    return tokens;
}

class Parser {
public:
    explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

    Query whole() {
        Query query = select();
        if (at_ != tokens_.size()) malformed(tokens_[at_].text);
        return query;
    }

private:
    const Token& peek() const {
        static const Token kEnd{"<EOF>", false};
        return at_ < tokens_.size() ? tokens_[at_] : kEnd;
    }
    Token next() {
        Token token = peek();
        if (at_ < tokens_.size()) ++at_;
        return token;
    }
    bool takes(std::string_view word) {
        if (peek().quoted || lower(peek().text) != word) return false;
        next();
        return true;
    }
    void expect(std::string_view word) {
        if (!takes(word)) malformed(peek().text);
    }
    std::string name() {
        const Token token = next();
        const bool begins =
            !token.text.empty() && std::isalpha(static_cast<unsigned char>(token.text[0])) != 0;
        if (token.quoted || !begins || token.text == "<EOF>") malformed(token.text);
        return token.text;
    }
    std::int64_t number() {
        const Token token = next();
        std::int64_t value = 0;
        const auto [end, error] =
            std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
        if (error != std::errc{} || end != token.text.data() + token.text.size())
            malformed(token.text);
        return value;
    }

    Query select() {
        Query query;
        expect("select");
        do {
            if (takes("(")) {
                query.children.push_back(select());
                expect(")");
            } else {
                query.fields.push_back(name());
            }
        } while (takes(","));
        expect("from");
        query.from = name();
        if (takes("where")) query.where.push_back(any());
        if (takes("order")) order_by(query);
        if (takes("limit")) query.limit = number();
        if (takes("offset")) query.offset = number();
        return query;
    }

    void order_by(Query& query) {
        expect("by");
        do {
            Order each{name(), false};
            if (!takes("asc")) each.descending = takes("desc");
            if (takes("nulls") && !takes("first")) expect("last");
            query.order.push_back(std::move(each));
        } while (takes(","));
    }

    Condition any() {
        Condition left = all();
        while (takes("or"))
            left = {Condition::Kind::Or, {std::move(left), all()}, {}, {}, {}};
        return left;
    }
    Condition all() {
        Condition left = one();
        while (takes("and"))
            left = {Condition::Kind::And, {std::move(left), one()}, {}, {}, {}};
        return left;
    }
    Condition one() {
        if (takes("not")) return {Condition::Kind::Not, {one()}, {}, {}, {}};
        if (takes("(")) {
            Condition inner = any();
            expect(")");
            return inner;
        }
        Condition compare;
        compare.field = name();
        compare.op = lower(next().text);
        if (compare.op == "not") {
            expect("in");
            compare.op = "not in";
        }
        if (compare.op == "in" || compare.op == "not in") {
            expect("(");
            do
                compare.values.push_back(literal());
            while (takes(","));
            expect(")");
            return compare;
        }
        if (std::string_view(" = != < <= > >= like ").find(" " + compare.op + " ") ==
            std::string_view::npos)
            malformed(compare.op);
        compare.values.push_back(literal());
        return compare;
    }
    Literal literal() {
        const Token token = next();
        if (token.quoted) return {Literal::Kind::Text, token.text};
        const std::string word = lower(token.text);
        if (word == "null") return {Literal::Kind::Null, {}};
        if (word == "true" || word == "false") return {Literal::Kind::Boolean, word};
        if (parse_instant(token.text) >= 0 && token.text.ends_with('Z'))
            return {Literal::Kind::Instant, token.text};
        if (token.text.find_first_not_of("0123456789.-+") == std::string::npos &&
            token.text != "<EOF>")
            return {Literal::Kind::Number, token.text};
        malformed(token.text);
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

}  // namespace

Query parse_soql(std::string_view text) {
    return Parser(text).whole();
}

}  // namespace orderhub::sandbox::salesforce
