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

/// Members are looked for where they were written: each after the one before.
class InOrder {
public:
    explicit InOrder(const boost::json::object& from) : from_(from), next_(from.begin()) {}
    const boost::json::value* find(std::string_view name) {
        auto at = next_;
        if (at == from_.end() || at->key() != name) at = from_.find(name);
        if (at == from_.end()) return nullptr;
        next_ = at + 1;
        return &at->value();
    }

private:
    const boost::json::object& from_;
    boost::json::object::const_iterator next_;
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
    InOrder members(*object);
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) {
            if (const boost::json::value* value = members.find(member.name))
                read(*value, to.*member.pointer);
        });
    Upgrade<T>::apply(*object, to);
}

}  // namespace orderhub::servicing::document
