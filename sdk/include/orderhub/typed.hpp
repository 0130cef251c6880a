// Structs <-> JSON for the generated records and commands. Each struct names its fields once, in a function
//
//     template <class S, class F> static void fields(S& self, F& f) {
//         f.required("external_id", self.external_id, limit::Text{1, 128});
//         f.optional("lines", self.lines, limit::Entries{5000});
//     }
//
// which both directions use; records say behind a member what its schema allows in it (limits.hpp). An enum has words_of(E): its words in the order of its values.
#pragma once

#include <orderhub/json.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace orderhub::sdk {

/// What a member that has no struct of its own holds.
template <class T>
concept Scalar = std::same_as<T, std::string> || std::same_as<T, std::int64_t> || std::same_as<T, bool>;

template <class E>
    requires std::is_enum_v<E>
std::string_view to_word(E value) {
    return words_of(value)[static_cast<std::size_t>(value)];
}

/// The enum value of a word; nothing if there is none.
template <class E>
    requires std::is_enum_v<E>
std::optional<E> from_word(std::string_view word) {
    const auto words = words_of(E{});
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] == word) return static_cast<E>(i);
    return std::nullopt;
}

template <class T>
Json to_json(const T& value);

namespace detail {

struct Writer {
    Json& out;
    template <class T, class... Limits>
    void required(std::string_view key, const T& value, const Limits&...) {
        out.set(key, to_json(value));
    }
    template <class T, class... Limits>
    void optional(std::string_view key, const std::optional<T>& value, const Limits&...) {
        if (value) out.set(key, to_json(*value));
    }
    template <class T, class... Limits>
    void optional(std::string_view key, const std::vector<T>& value, const Limits&...) {
        if (!value.empty()) out.set(key, to_json(value));
    }
};

template <class T>
void read_json(const Json& from, T& to);

/// Puts the member's name in front of what is wrong in it.
template <class T>
void read_member(std::string_view key, const Json& from, T& to) {
    try {
        read_json(from, to);
    } catch (const JsonError& wrong) {
        throw JsonError("/" + std::string(key) + (std::string_view(wrong.what()).starts_with('/') ? "" : ": ") +
                        wrong.what());
    }
}

struct Reader {
    const Json& from;
    template <class T, class... Limits>
    void required(std::string_view key, T& value, const Limits&...) {
        read_member(key, from.at(key), value);
    }
    template <class T, class... Limits>
    void optional(std::string_view key, std::optional<T>& value, const Limits&...) {
        if (!from[key].is_null()) read_member(key, from[key], value.emplace());
    }
    template <class T, class... Limits>
    void optional(std::string_view key, std::vector<T>& value, const Limits&...) {
        if (!from[key].is_null()) read_member(key, from[key], value);
    }
};

template <class T>
void read_list(const Json& from, std::vector<T>& to) {
    to.clear();
    for (const Json& item : from.items())
        read_member(std::to_string(to.size()), item, to.emplace_back());
}

template <class T>
void read_json(const Json& from, T& to) {
    if constexpr (std::same_as<T, std::string>) {
        to = from.text();
    } else if constexpr (std::same_as<T, std::int64_t>) {
        to = from.integer();
    } else if constexpr (std::same_as<T, bool>) {
        to = from.boolean();
    } else if constexpr (std::is_enum_v<T>) {
        const auto value = from_word<T>(from.text());
        if (!value) throw JsonError("'" + from.text() + "' is none of its words");
        to = *value;
    } else if constexpr (requires { to.emplace_back(); }) {
        read_list(from, to);
    } else {
        from.members();
        Reader reader{from};
        T::fields(to, reader);
    }
}

}  // namespace detail

template <class T>
Json to_json(const T& value) {
    if constexpr (Scalar<T>) {
        return Json(value);
    } else if constexpr (std::is_enum_v<T>) {
        return Json(to_word(value));
    } else if constexpr (requires { value.front(); }) {
        Json list = Json::array();
        for (const auto& item : value)
            list.push(to_json(item));
        return list;
    } else {
        Json object = Json::object();
        detail::Writer writer{object};
        T::fields(value, writer);
        return object;
    }
}

/// A record or a command from its document. Throws JsonError that names the place.
template <class T>
T from_json(const Json& document) {
    T made{};
    detail::read_json(document, made);
    return made;
}

}  // namespace orderhub::sdk
