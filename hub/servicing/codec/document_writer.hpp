// Writes described structs as JSON text, without building a tree first: documents can be megabytes.
// What is empty or zero and would be read back so is left out.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "hub/domain/money.hpp"

namespace orderhub::servicing::document {

void write(std::string& out, std::string_view text);
inline void write(std::string& out, const std::string& text) {
    write(out, std::string_view(text));
}
void write(std::string& out, std::int64_t number);
void write(std::string& out, domain::Minor amount);
void write(std::string& out, const domain::Amount& amount);
inline void write(std::string& out, int number) {
    write(out, static_cast<std::int64_t>(number));
}
inline void write(std::string& out, bool flag) {
    out += flag ? "true" : "false";
}

inline bool is_empty(const std::string& text) {
    return text.empty();
}
inline bool is_empty(std::int64_t number) {
    return number == 0;
}
inline bool is_empty(int number) {
    return number == 0;
}
inline bool is_empty(domain::Minor amount) {
    return amount == domain::Minor{};
}
inline bool is_empty(const domain::Amount& amount) {
    return amount.is_zero();
}
template <class T>
bool is_empty(const std::vector<T>& list) {
    return list.empty();
}
/// Flags, words and structs always stand there.
template <class T>
    requires(std::is_enum_v<T> || std::is_same_v<T, bool> ||
             boost::describe::has_describe_members<T>::value)
bool is_empty(const T&) {
    return false;
}

template <class T>
    requires std::is_enum_v<T>
void write(std::string& out, T value) {
    out += '"';
    out += boost::describe::enum_to_string(value, "");
    out += '"';
}

template <class T>
    requires boost::describe::has_describe_members<T>::value
void write(std::string& out, const T& from);

template <class T>
void write(std::string& out, const std::vector<T>& list) {
    out += '[';
    for (const T& each : list) {
        if (&each != list.data()) out += ',';
        write(out, each);
    }
    out += ']';
}

template <class T>
    requires boost::describe::has_describe_members<T>::value
void write(std::string& out, const T& from) {
    static const T kDefault{};
    out += '{';
    bool first = true;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) {
            const auto& value = from.*member.pointer;
            if (is_empty(value) && is_empty(kDefault.*member.pointer)) return;
            out += first ? "\"" : ",\"";
            first = false;
            out += member.name;
            out += "\":";
            write(out, value);
        });
    out += '}';
}

}  // namespace orderhub::servicing::document
