#include "http_types.hpp"

#include <fmt/format.h>

#include <charconv>

#include "text.hpp"

namespace orderhub::sandbox {
namespace {

std::string first(const std::multimap<std::string, std::string>& map, const std::string& name) {
    const auto found = map.find(name);
    return found == map.end() ? std::string{} : found->second;
}

void append(std::string& out, const json::value& value) {
    if (value.is_array()) {
        char separator = '[';
        for (const auto& element : value.get_array()) {
            out += std::exchange(separator, ',');
            append(out, element);
        }
        out += value.get_array().empty() ? "[]" : "]";
    } else if (value.is_object()) {
        char separator = '{';
        for (const auto& [name, member] : value.get_object()) {
            out += std::exchange(separator, ',');
            out += json::serialize(name) + ":";
            append(out, member);
        }
        out += value.get_object().empty() ? "{}" : "}";
    } else if (value.is_double()) {
        const std::string text = fmt::format("{}", value.get_double());
        out += text == "0" ? "0.0" : text;
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string HttpRequest::header(const std::string& name) const {
    return first(headers, name);
}
std::string HttpRequest::param(const std::string& name) const {
    return first(params, name);
}

std::string to_text(const json::value& value) {
    std::string out;
    append(out, value);
    return out;
}

HttpReply json_reply(const json::value& body, int status) {
    HttpReply reply;
    reply.status = status;
    reply.body = to_text(body);
    return reply;
}

json::value parse_or_null(std::string_view text) {
    boost::system::error_code error;
    json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    return error ? json::value{} : value;
}

std::string scalar_text(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_null()) return {};
    return json::serialize(value);
}

std::string text_of(const json::object& object, std::string_view key, std::string fallback) {
    const auto* value = object.if_contains(key);
    if (value == nullptr || value->is_null() || value->is_structured()) return fallback;
    return scalar_text(*value);
}

std::int64_t int_of(const json::object& object, std::string_view key, std::int64_t fallback) {
    const auto* value = object.if_contains(key);
    if (value == nullptr) return fallback;
    if (value->is_int64()) return value->get_int64();
    if (!value->is_string()) return fallback;
    const auto& text = value->get_string();
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() ? out : fallback;
}

bool bool_of(const json::object& object, std::string_view key, bool fallback) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() ? value->get_bool() : fallback;
}

const json::object& object_of(const json::object& object, std::string_view key) {
    static const json::object kEmpty;
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_object() ? value->get_object() : kEmpty;
}

const json::array& array_of(const json::object& object, std::string_view key) {
    static const json::array kEmpty;
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : kEmpty;
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value{} : json::value(text);
}

json::value instant_or_null(std::int64_t us) {
    return us == 0 ? json::value{} : json::value(iso_milliseconds(us));
}

}  // namespace orderhub::sandbox
