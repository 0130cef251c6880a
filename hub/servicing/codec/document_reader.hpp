// Reads described structs from a JSON tree. A member that is not there keeps its default, so that
// older documents can be read; one of a wrong type throws std::runtime_error.
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "hub/domain/money.hpp"

namespace orderhub::servicing::document {

void read(const boost::json::value& from, std::string& to);
void read(const boost::json::value& from, std::int64_t& to);
void read(const boost::json::value& from, int& to);
void read(const boost::json::value& from, bool& to);
void read(const boost::json::value& from, domain::Minor& to);
void read(const boost::json::value& from, domain::Amount& to);

/// What an older release wrote and is kept elsewhere now: specialized by those it concerns.
template <class T>
struct Upgrade {
    static void apply(const boost::json::object&, T&) {}
};

template <class T>
    requires std::is_enum_v<T>
void read(const boost::json::value& from, T& to) {
    const auto* text = from.if_string();
    if (text == nullptr || !boost::describe::enum_from_string(text->c_str(), to))
        throw std::runtime_error("an unknown word: " + boost::json::serialize(from));
}

template <class T>
    requires boost::describe::has_describe_members<T>::value
void read(const boost::json::value& from, T& to);

template <class T>
void read(const boost::json::value& from, std::vector<T>& to) {
    const auto* list = from.if_array();
    if (list == nullptr) throw std::runtime_error("not a list");
    to.clear();
    to.reserve(list->size());
    for (const boost::json::value& each : *list)
        read(each, to.emplace_back());
}

template <class T>
    requires boost::describe::has_describe_members<T>::value
void read(const boost::json::value& from, T& to) {
    const auto* object = from.if_object();
    if (object == nullptr) throw std::runtime_error("not an object");
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    // As this release writes them: in their order, some left out.
    auto next = object->begin();
    boost::mp11::mp_for_each<Members>([&](auto member) {
        if (next == object->end() || next->key() != member.name) return;
        read(next->value(), to.*member.pointer);
        ++next;
    });
    if (next != object->end())
        boost::mp11::mp_for_each<Members>([&](auto member) {
            if (const boost::json::value* value = object->if_contains(member.name))
                read(*value, to.*member.pointer);
        });
    Upgrade<T>::apply(*object, to);
}

}  // namespace orderhub::servicing::document
