#include "rt_query.hpp"

#include <strings.h>

#include <algorithm>
#include <charconv>

#include "text.hpp"

namespace orderhub::sandbox::rt {
namespace {

bool same_text(const std::string& a, const std::string& b) {
    return strcasecmp(a.c_str(), b.c_str()) == 0;
}

template <typename T>
bool ordered(const std::string& op, const T& a, const T& b) {
    if (op == "=") return a == b;
    if (op == "!=") return a != b;
    if (op == ">") return a > b;
    if (op == ">=") return a >= b;
    if (op == "<") return a < b;
    return a <= b;
}

bool text_holds(const std::string& op, const std::vector<std::string>& texts,
                const std::string& wanted) {
    const auto any = [&](auto test) { return std::any_of(texts.begin(), texts.end(), test); };
    if (op == "LIKE")
        return any([&](const auto& t) { return t.find(wanted) != std::string::npos; });
    const bool equal = any([&](const auto& t) { return same_text(t, wanted); });
    return op == "!=" ? !equal : equal;
}

/// The T...Z form is UTC. A plain form is read in the API user's zone (UTC here); a form with a
/// zone name is not understood and matches nothing.
std::int64_t query_instant(const std::string& text) {
    if (text.find("UTC") != std::string::npos) return -1;
    const std::int64_t us = parse_instant(text);
    return us < 0 ? -1 : us / 1'000'000;
}

}  // namespace

class QueryParser {
public:
    explicit QueryParser(std::string_view text) : text_(text) { advance(); }

    Query::Node run() {
        Query::Node out = joined("OR");
        if (!token_.empty()) throw BadQuery("Wanted end of query, got '" + token_ + "'");
        return out;
    }

private:
    Query::Node joined(const std::string& op) {
        Query::Node first = op == "OR" ? joined("AND") : condition();
        if (quoted_ || !same_text(token_, op)) return first;
        Query::Node out{op, {}, {}, {}};
        out.children.push_back(std::move(first));
        while (!quoted_ && same_text(token_, op)) {
            advance();
            out.children.push_back(op == "OR" ? joined("AND") : condition());
        }
        return out;
    }

    Query::Node condition() {
        if (!quoted_ && token_ == "(") {
            advance();
            Query::Node inner = joined("OR");
            if (token_ != ")") throw BadQuery("Wanted a close paren");
            advance();
            return inner;
        }
        Query::Node out;
        out.field = take("keyword");
        out.op = take("operator");
        if (same_text(out.op, "LIKE")) out.op = "LIKE";
        constexpr std::string_view kKnown[] = {"=", "!=", ">", ">=", "<", "<=", "LIKE"};
        if (std::find(std::begin(kKnown), std::end(kKnown), out.op) == std::end(kKnown)) {
            throw BadQuery("Wanted an operator, got '" + out.op + "'");
        }
        const bool bare = !quoted_;
        out.value = take("value");
        if (bare && !out.value.empty() &&
            out.value.find_first_not_of("0123456789") < out.value.size() && out.value != "NULL") {
            throw BadQuery("Wanted a value, got '" + out.value + "'");
        }
        return out;
    }

    std::string take(const char* wanted) {
        if (token_.empty() && !quoted_)
            throw BadQuery("Incomplete query: wanted a " + std::string(wanted));
        std::string out = token_;
        advance();
        return out;
    }

    void advance() {
        token_.clear();
        quoted_ = false;
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
        if (at_ >= text_.size()) return;
        const char c = text_[at_];
        if (c == '\'' || c == '"') return quoted(c);
        if (c == '(' || c == ')') {
            token_ = text_[at_++];
            return;
        }
        const bool operator_char = std::string_view("=!<>").find(c) != std::string_view::npos;
        while (at_ < text_.size()) {
            const char d = text_[at_];
            const bool op = std::string_view("=!<>").find(d) != std::string_view::npos;
            if (d == '{') brace();
            if (at_ >= text_.size() || op != operator_char || text_[at_] == ' ' ||
                text_[at_] == ')') {
                break;
            }
            token_ += text_[at_++];
        }
    }

    void brace() {
        while (at_ < text_.size() && text_[at_] != '}')
            token_ += text_[at_++];
    }

    void quoted(char mark) {
        quoted_ = true;
        for (++at_; at_ < text_.size() && text_[at_] != mark; ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
            token_ += text_[at_];
        }
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string token_;
    bool quoted_ = false;
};

Query Query::parse(std::string_view text) {
    Query out;
    out.root_ = QueryParser(text).run();
    return out;
}

bool Query::matches(const Lookup& row) const {
    return holds(root_, row);
}

bool Query::holds(const Node& node, const Lookup& row) {
    const auto check = [&row](const Node& child) { return holds(child, row); };
    if (node.op == "AND") return std::all_of(node.children.begin(), node.children.end(), check);
    if (node.op == "OR") return std::any_of(node.children.begin(), node.children.end(), check);
    const Value value = row(node.field);
    if (value.kind == Value::Kind::Text) return text_holds(node.op, value.texts, node.value);
    std::int64_t wanted = query_instant(node.value);
    if (value.kind == Value::Kind::Number) {
        const char* end = node.value.data() + node.value.size();
        wanted = -1;
        std::from_chars(node.value.data(), end, wanted);
    }
    return wanted >= 0 && ordered(node.op, value.number, wanted);
}

}  // namespace orderhub::sandbox::rt
