#include "fields.hpp"

#include <array>
#include <charconv>

namespace orderhub::vendure {
namespace {

[[noreturn]] void missing(std::string_view key, std::string_view wanted) {
    throw MappingError("the order's member " + std::string(key) + " is not " + std::string(wanted));
}

const json::value* find(const json::object& object, std::string_view key) {
    const auto found = object.find(key);
    return found == object.end() || found->value().is_null() ? nullptr : &found->value();
}

}  // namespace

std::string_view text_of(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    if (value == nullptr || !value->is_string()) return {};
    return value->get_string();
}

std::string_view required_text(const json::object& object, std::string_view key) {
    const std::string_view text = text_of(object, key);
    if (text.empty()) missing(key, "a text");
    return text;
}

std::string id_of(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    if (value != nullptr && value->is_int64()) return std::to_string(value->get_int64());
    return std::string(required_text(object, key));
}

std::int64_t whole(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    if (value == nullptr || !value->is_int64()) missing(key, "a whole number");
    return value->get_int64();
}

const json::array& list_of(const json::object& object, std::string_view key) {
    static const json::array kNone;
    const json::value* value = find(object, key);
    if (value == nullptr) return kNone;
    if (!value->is_array()) missing(key, "a list");
    return value->get_array();
}

const json::object* object_of(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    return value == nullptr ? nullptr : value->if_object();
}

const json::object& as_object(const json::value& value, std::string_view what) {
    const json::object* object = value.if_object();
    if (object == nullptr) missing(what, "an object");
    return *object;
}

std::string rate_text(const json::object& object, std::string_view key) {
    const json::value* value = find(object, key);
    if (value != nullptr && value->is_int64()) return std::to_string(value->get_int64());
    if (value == nullptr || !value->is_double()) missing(key, "a percentage");
    std::array<char, 64> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                            value->get_double(), std::chars_format::fixed, 4);
    if (error != std::errc{}) missing(key, "a percentage");
    std::string text(buffer.data(), end);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string fit(std::string_view text, std::size_t characters) {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (starts && seen++ == characters) return std::string(text.substr(0, i));
    }
    return std::string(text);
}

void put_text(json::object& object, std::string_view key, std::string_view text,
              std::size_t characters) {
    if (!text.empty()) object[key] = fit(text, characters);
}

}  // namespace orderhub::vendure
