// A small JSON document: nothing but the standard library, and numbers that stay exactly as they were written, so that
// an amount given as a number loses nothing.
#pragma once

#include <orderhub/json_text.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace orderhub::sdk {

/// A value. Reading functions that do not find what they promise throw JsonError, whose words name the member. They give
/// references into a document that has a name, and copies out of one that has none, so that
/// `for (const Json& each : get_json(...).at("items").items())` is safe.
class Json {
public:
    using Member = std::pair<std::string, Json>;

    Json() = default;  ///< null
    Json(std::nullptr_t) {}
    Json(bool value) : value_(value) {}
    Json(int value) : Json(static_cast<std::int64_t>(value)) {}
    Json(std::int64_t value) : value_(Number{std::to_string(value)}) {}
    Json(std::uint64_t value) : value_(Number{std::to_string(value)}) {}
    Json(const char* text) : value_(std::string(text)) {}
    Json(std::string_view text) : value_(std::string(text)) {}
    Json(std::string text) : value_(std::move(text)) {}

    static Json array(std::vector<Json> items = {}) { return Json(Value(std::move(items))); }
    static Json object(std::initializer_list<Member> members = {}) {
        return Json(Value(std::vector<Member>(members)));
    }
    /// A number with these digits ("12.340"). Throws JsonError if that is none.
    static Json number(std::string digits) {
        if (!is_json_number(digits)) throw JsonError("'" + digits + "' is not a number");
        return Json(Value(Number{std::move(digits)}));
    }

    /// Throws JsonError, which says at which byte. At most 64 levels deep; of two members of the same name the last one
    /// counts.
    static Json parse(std::string_view text);

    bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
    bool is_bool() const { return std::holds_alternative<bool>(value_); }
    bool is_number() const { return std::holds_alternative<Number>(value_); }
    bool is_text() const { return std::holds_alternative<std::string>(value_); }
    bool is_array() const { return std::holds_alternative<std::vector<Json>>(value_); }
    bool is_object() const { return std::holds_alternative<std::vector<Member>>(value_); }

    /// The member `key`, or null if this is no object or has none: document["order"]["id"] is safe on anything.
    const Json& operator[](std::string_view key) const& {
        const Json* found = find(key);
        return found ? *found : nothing();
    }
    Json operator[](std::string_view key) && { return std::as_const(*this)[key]; }
    /// Null pointer if this is no object or has no such member.
    const Json* find(std::string_view key) const& {
        if (const auto* members = std::get_if<std::vector<Member>>(&value_))
            for (const Member& member : *members)
                if (member.first == key) return &member.second;
        return nullptr;
    }
    /// Throws JsonError if there is no such member, or if it is null.
    const Json& at(std::string_view key) const& {
        const Json* found = find(key);
        if (!found || found->is_null()) throw JsonError("'" + std::string(key) + "' is missing");
        return *found;
    }
    Json at(std::string_view key) && { return std::as_const(*this).at(key); }

    bool boolean() const { return get<bool>("true or false"); }
    const std::string& text() const& { return get<std::string>("a text"); }
    std::string text() && { return get<std::string>("a text"); }
    /// Throws for a number with a fraction or an exponent, or one that does not fit.
    std::int64_t integer() const { return json_integer(get<Number>("a number").digits); }
    /// The text, or the digits of a number: what many systems give as one here and as the other there.
    const std::string& text_or_digits() const& {
        return is_number() ? std::get<Number>(value_).digits : get<std::string>("a text or a number");
    }
    std::string text_or_digits() && { return std::as_const(*this).text_or_digits(); }
    /// Empty if it is null.
    std::string text_or_empty() const { return is_null() ? std::string() : text_or_digits(); }

    const std::vector<Json>& items() const& { return get<std::vector<Json>>("a list"); }
    std::vector<Json> items() && { return get<std::vector<Json>>("a list"); }
    const std::vector<Member>& members() const& { return get<std::vector<Member>>("an object"); }
    std::vector<Member> members() && { return get<std::vector<Member>>("an object"); }

    /// Adds or replaces a member; null becomes an object first.
    Json& set(std::string_view key, Json value) {
        if (is_null()) value_ = std::vector<Member>();
        auto& members = const_cast<std::vector<Member>&>(get<std::vector<Member>>("an object"));
        for (Member& member : members)
            if (member.first == key) return member.second = std::move(value), *this;
        members.emplace_back(key, std::move(value));
        return *this;
    }
    /// Appends; null becomes a list first.
    Json& push(Json value) {
        if (is_null()) value_ = std::vector<Json>();
        const_cast<std::vector<Json>&>(get<std::vector<Json>>("a list")).push_back(std::move(value));
        return *this;
    }

    /// On one line, without spaces.
    std::string dump() const {
        std::string text;
        write(text);
        return text;
    }
    void write(std::string& out) const;

    friend bool operator==(const Json&, const Json&) = default;

private:
    struct Number {
        std::string digits;
        friend bool operator==(const Number&, const Number&) = default;
    };
    using Value = std::variant<std::monostate, bool, Number, std::string, std::vector<Json>, std::vector<Member>>;
    class Parser;

    explicit Json(Value value) : value_(std::move(value)) {}

    static const Json& nothing() {
        static const Json null;
        return null;
    }
    template <class T>
    const T& get(std::string_view expected) const {
        if (const T* held = std::get_if<T>(&value_)) return *held;
        throw JsonError("expected " + std::string(expected) + ", found " + name());
    }
    std::string name() const {
        constexpr std::string_view kNames[] = {"null", "true or false", "a number", "a text", "a list", "an object"};
        return std::string(kNames[value_.index()]);
    }

    Value value_;
};

}  // namespace orderhub::sdk

#include <orderhub/json_parser.hpp>
