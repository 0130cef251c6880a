// From text to Json and back. Included by json.hpp.
#pragma once

#include <orderhub/json.hpp>

namespace orderhub::sdk {

class Json::Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Json document() {
        if (!is_utf8(text_)) throw JsonError("the document is not UTF-8");
        Json value = this->value(0);
        skip_space();
        if (at_ != text_.size()) fail("nothing more");
        return value;
    }

private:
    static constexpr int kDeepest = 64;

    [[noreturn]] void fail(std::string_view expected) const {
        throw JsonError("not JSON: expected " + std::string(expected) + " at byte " + std::to_string(at_));
    }
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip_space() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++at_;
    }
    bool take(char c) {
        skip_space();
        if (peek() != c || at_ == text_.size()) return false;
        ++at_;
        return true;
    }
    bool take(std::string_view word) {
        if (!text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }

    Json value(int depth) {
        if (depth > kDeepest) fail("fewer levels");
        skip_space();
        switch (peek()) {
            case '{': return object(depth);
            case '[': return array(depth);
            case '"': return Json(string());
            case 't': if (take("true")) return Json(true); break;
            case 'f': if (take("false")) return Json(false); break;
            case 'n': if (take("null")) return Json(); break;
            default: return number();
        }
        fail("a value");
    }
    Json number() {
        const std::size_t length = json_number_length(text_.substr(at_));
        if (length == 0) fail("a value");
        at_ += length;
        return Json(Value(Number{std::string(text_.substr(at_ - length, length))}));
    }
    Json array(int depth) {
        take('[');
        std::vector<Json> items;
        if (take(']')) return Json(Value(std::move(items)));
        do items.push_back(value(depth + 1));
        while (take(','));
        if (!take(']')) fail("',' or ']'");
        return Json(Value(std::move(items)));
    }
    Json object(int depth) {
        take('{');
        Json made(Value(std::vector<Member>{}));
        if (take('}')) return made;
        do {
            skip_space();
            if (peek() != '"') fail("a name in quotes");
            const std::string key = string();
            if (!take(':')) fail("':'");
            made.set(key, value(depth + 1));
        } while (take(','));
        if (!take('}')) fail("',' or '}'");
        return made;
    }

    std::string string() {
        ++at_;
        std::string out;
        for (;;) {
            if (at_ == text_.size() || static_cast<unsigned char>(text_[at_]) < 0x20) fail("the end of a text");
            const char c = text_[at_++];
            if (c == '"') return out;
            if (c == '\\')
                escape(out);
            else
                out += c;
        }
    }
    void escape(std::string& out) {
        constexpr std::string_view kLetters = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        if (peek() == 'u') {
            ++at_;
            return write_utf8(out, code_point());
        }
        const std::size_t found = kLetters.find(peek());
        if (at_ == text_.size() || found == kLetters.npos) fail("an escape");
        ++at_;
        out += kMeanings[found];
    }
    std::uint32_t code_point() {
        const std::uint32_t first = hex4();
        if (first >= 0xdc00 && first < 0xe000) fail("no lone surrogate");
        if (first < 0xd800 || first >= 0xdc00) return first;
        if (!take("\\u")) fail("the second half of a surrogate pair");
        const std::uint32_t second = hex4();
        if (second < 0xdc00 || second >= 0xe000) fail("the second half of a surrogate pair");
        return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    }
    std::uint32_t hex4() {
        std::uint32_t code = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = peek();
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) fail("four hexadecimal digits");
            code = code * 16 + static_cast<std::uint32_t>(digit);
        }
        return code;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

inline Json Json::parse(std::string_view text) { return Parser(text).document(); }

inline void Json::write(std::string& out) const {
    const auto list = [&out](const auto& items, char open, char close, auto&& write_one) {
        out += open;
        bool first = true;
        for (const auto& item : items) {
            if (!std::exchange(first, false)) out += ',';
            write_one(item);
        }
        out += close;
    };
    if (is_null()) {
        out += "null";
    } else if (is_bool()) {
        out += boolean() ? "true" : "false";
    } else if (is_number()) {
        out += std::get<Number>(value_).digits;
    } else if (is_text()) {
        write_json_text(out, text());
    } else if (is_array()) {
        list(items(), '[', ']', [&](const Json& item) { item.write(out); });
    } else {
        list(members(), '{', '}', [&](const Member& member) {
            write_json_text(out, member.first);
            out += ':';
            member.second.write(out);
        });
    }
}

}  // namespace orderhub::sdk
