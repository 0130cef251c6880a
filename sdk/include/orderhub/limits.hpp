// What the schemas allow in a record's members, and which member of a record does not keep to it.
#pragma once

#include <orderhub/typed.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace orderhub::sdk::limit {

/// Each kind of limit has a function expected(): empty, or what was expected of a value that is something else.

struct Text {
    std::size_t least, most;  ///< characters, not bytes

    std::string expected(std::string_view text) const {
        const auto count = static_cast<std::size_t>(
            std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
        if (count >= least && count <= most) return {};
        return (least > 0 ? std::to_string(least) + " to " : "at most ") + std::to_string(most) + " characters";
    }
};

struct Entries {
    std::size_t most;

    template <class T>
    std::string expected(const std::vector<T>& list) const {
        return list.size() <= most ? std::string() : "at most " + std::to_string(most) + " entries";
    }
};

struct Least {
    std::int64_t least;

    std::string expected(std::int64_t number) const {
        return number >= least ? std::string() : "at least " + std::to_string(least);
    }
};

struct Form {
    bool (*fits)(std::string_view);
    const char* words;

    std::string expected(std::string_view text) const { return fits(text) ? std::string() : std::string(words); }
};

namespace detail {

inline bool are_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

inline bool is_decimal(std::string_view text, std::size_t most_before_point) {
    const std::size_t point = text.find('.');
    return are_digits(text.substr(0, point), 1, most_before_point) &&
           (point == std::string_view::npos || are_digits(text.substr(point + 1), 1, 4));
}

inline bool are_capitals(std::string_view text, std::size_t count) {
    return text.size() == count && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Digits where the pattern has a 0, elsewhere the same character.
inline bool is_like(std::string_view text, std::string_view pattern) {
    return std::ranges::equal(text, pattern,
                              [](char c, char wanted) { return wanted == '0' ? c >= '0' && c <= '9' : c == wanted; });
}

inline bool is_instant(std::string_view text) {
    constexpr std::string_view kSeconds = "0000-00-00T00:00:00";
    if (!is_like(text.substr(0, kSeconds.size()), kSeconds) || !text.ends_with('Z')) return false;
    const std::string_view rest = text.substr(kSeconds.size(), text.size() - kSeconds.size() - 1);
    return rest.empty() || (rest.front() == '.' && are_digits(rest.substr(1), 1, 6));
}

inline bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

}  // namespace detail

inline constexpr Form kAmount{
    [](std::string_view text) { return detail::is_decimal(text.substr(text.starts_with('-') ? 1 : 0), 15); },
    "an amount of at most 15 digits before the point and 4 behind it"};
inline constexpr Form kPercentage{[](std::string_view text) { return detail::is_decimal(text, 3); },
                                  "a percentage of at most 3 digits before the point and 4 behind it"};
inline constexpr Form kInstant{detail::is_instant, "an instant of RFC 3339 in UTC"};
inline constexpr Form kDate{[](std::string_view text) { return detail::is_like(text, "0000-00-00"); },
                            "a date like 2026-11-23"};
inline constexpr Form kCountry{[](std::string_view text) { return detail::are_capitals(text, 2); },
                               "a country code of two capitals"};
inline constexpr Form kCurrency{[](std::string_view text) { return detail::are_capitals(text, 3); },
                                "a currency code of three capitals"};
inline constexpr Form kKey{detail::is_key, "1 to 64 of A-Z a-z 0-9 _ -"};

namespace detail {

/// Goes over a struct's fields (typed.hpp) until one does not fit.
class Checker {
public:
    std::string wrong;  ///< place and expectation; empty if all fit

    template <class T, class... Limits>
    void required(std::string_view key, const T& value, const Limits&... limits) {
        check(key, value, limits...);
    }
    template <class T, class... Limits>
    void optional(std::string_view key, const std::optional<T>& value, const Limits&... limits) {
        if (value) check(key, *value, limits...);
    }
    template <class T, class... Limits>
    void optional(std::string_view key, const std::vector<T>& value, const Limits&... limits) {
        check(key, value, limits...);
    }

private:
    template <class T, class... Limits>
    void check(std::string_view key, const T& value, const Limits&... limits) {
        if (!wrong.empty()) return;
        std::string inner;
        for (const std::string& expected : {std::string(), limits.expected(value)...})
            if (inner.empty() && !expected.empty()) inner = ": expected " + expected;
        if (inner.empty()) inner = inside(value);
        if (!inner.empty()) wrong = "/" + std::string(key) + inner;
    }

    template <class T>
    static std::string inside(const std::vector<T>& list) {
        Checker checker;
        for (std::size_t i = 0; i < list.size(); ++i)
            checker.check(std::to_string(i), list[i]);
        return checker.wrong;
    }
    template <class T>
    static std::string inside(const T& value) {
        Checker checker;
        if constexpr (!Scalar<T> && !std::is_enum_v<T>) T::fields(value, checker);
        return checker.wrong;
    }
};

}  // namespace detail

/// The first member of a record that its schema refuses, and what was expected: "/lines/0/external_id: expected 1 to
/// 128 characters". Empty if there is none. Never says what the member holds.
template <class Record>
std::string fault_of(const Record& record) {
    detail::Checker checker;
    Record::fields(record, checker);
    return checker.wrong;
}

}  // namespace orderhub::sdk::limit
