#include <boost/json.hpp>

#include "graphql.hpp"

namespace orderhub::sandbox::graphql {
namespace {

bool name_char(char c, bool first) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (!first && c >= '0' && c <= '9');
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_(source) {}

    std::vector<Token> run() {
        std::vector<Token> out;
        for (skip_ignored(); at_ < source_.size(); skip_ignored())
            out.push_back(next());
        out.push_back(start(Token::Kind::End));
        return out;
    }

private:
    Token start(Token::Kind kind) const {
        return {kind, {}, line_, static_cast<int>(at_ - line_start_) + 1};
    }

    void skip_ignored() {
        for (; at_ < source_.size(); ++at_) {
            const char c = source_[at_];
            if (c == '\n') {
                ++line_;
                line_start_ = at_ + 1;
            } else if (c == '#') {
                while (at_ + 1 < source_.size() && source_[at_ + 1] != '\n')
                    ++at_;
            } else if (c != ' ' && c != '\t' && c != '\r' && c != ',') {
                return;
            }
        }
    }

    Token next() {
        const char c = source_[at_];
        if (name_char(c, true)) return word(Token::Kind::Name);
        if (c == '-' || (c >= '0' && c <= '9')) return number();
        if (c == '"') return text();
        Token token = start(Token::Kind::Punct);
        const bool dots = source_.substr(at_, 3) == "...";
        token.text = dots ? "..." : std::string(1, c);
        if (!dots && std::string_view("{}()[]:!$=|@&").find(c) == std::string_view::npos) {
            throw Refused("Syntax Error: Unexpected character: \"" + token.text + "\".",
                          "GRAPHQL_PARSE_FAILED", token.line, token.column);
        }
        at_ += token.text.size();
        return token;
    }

    Token word(Token::Kind kind) {
        Token token = start(kind);
        while (at_ < source_.size() && name_char(source_[at_], false))
            token.text += source_[at_++];
        return token;
    }

    Token number() {
        Token token = start(Token::Kind::Number);
        constexpr std::string_view kDigits = "-+.0123456789eE";
        while (at_ < source_.size() && kDigits.find(source_[at_]) != std::string_view::npos) {
            token.text += source_[at_++];
        }
        return token;
    }

    /// GraphQL strings escape as JSON strings do, so the JSON parser decodes them.
    Token text() {
        Token token = start(Token::Kind::Text);
        std::size_t end = at_ + 1;
        while (end < source_.size() && source_[end] != '"')
            end += source_[end] == '\\' ? 2 : 1;
        boost::system::error_code error;
        const auto value = json::parse(
            json::string_view(source_.data() + at_, std::min(end + 1, source_.size()) - at_),
            error);
        if (error || !value.is_string()) {
            throw Refused("Syntax Error: Unterminated string.", "GRAPHQL_PARSE_FAILED", token.line,
                          token.column);
        }
        token.text = value.get_string().c_str();
        at_ = end + 1;
        return token;
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    int line_ = 1;
};

}  // namespace

std::vector<Token> tokenize(std::string_view source) {
    return Lexer(source).run();
}

}  // namespace orderhub::sandbox::graphql
