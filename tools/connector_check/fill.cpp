#include "fill.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <chrono>
#include <ctime>

namespace orderhub::kit {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

std::string as_text(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

json::value filled_text(std::string_view text, const Lookup& lookup) {
    if (text.starts_with(kOpen) && text.find(kClose) + kClose.size() == text.size())
        if (auto whole = lookup(text.substr(2, text.size() - 4))) return *whole;
    return json::value(filled(text, lookup));
}

}  // namespace

std::string filled(std::string_view text, const Lookup& lookup) {
    std::string out;
    while (!text.empty()) {
        const std::size_t begin = text.find(kOpen);
        const std::size_t end = begin == text.npos ? text.npos : text.find(kClose, begin);
        if (end == text.npos) return out + std::string(text);
        const std::string_view name = text.substr(begin + 2, end - begin - 2);
        out += text.substr(0, begin);
        const auto value = lookup(name);
        out += value ? as_text(*value) : std::string(text.substr(begin, end + 2 - begin));
        text.remove_prefix(end + 2);
    }
    return out;
}

json::value filled(const json::value& value, const Lookup& lookup) {
    if (value.is_string()) return filled_text(value.get_string(), lookup);
    if (value.is_array()) {
        json::array all;
        for (const json::value& one : value.get_array())
            all.push_back(filled(one, lookup));
        return all;
    }
    if (!value.is_object()) return value;
    json::object all;
    for (const auto& [key, one] : value.get_object())
        all[key] = filled(one, lookup);
    return all;
}

std::optional<json::value> instant_named(std::string_view name) {
    constexpr std::string_view kNow = "now";
    if (name == "seconds")
        return json::value(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));
    if (!name.starts_with(kNow)) return std::nullopt;
    name.remove_prefix(kNow.size());
    std::int64_t offset = 0;
    if (!name.empty()) {
        if (name.front() == '+') name.remove_prefix(1);
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), offset);
        if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
    }
    const std::time_t at =
        std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()) + offset;
    std::tm parts{};
    gmtime_r(&at, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return json::value(text);
}

void put_at(json::value& document, std::string_view pointer, json::value value) {
    const std::size_t slash = pointer.rfind('/');
    if (slash == pointer.npos) return;
    const std::string_view last = pointer.substr(slash + 1);
    json::error_code error;
    json::value* parent = document.find_pointer(pointer.substr(0, slash), error);
    if (error || !parent) return;
    if (parent->is_object()) {
        parent->get_object()[last] = std::move(value);
    } else if (parent->is_array() && last == "-") {
        parent->get_array().push_back(std::move(value));
    } else if (json::value* place = document.find_pointer(pointer, error); place && !error) {
        *place = std::move(value);
    }
}

json::value at_pointer(std::string_view document, std::string_view pointer) {
    json::error_code error;
    const json::value parsed = json::parse(document, error);
    if (error) return nullptr;
    const json::value* found = parsed.find_pointer(pointer, error);
    return error || !found ? json::value(nullptr) : *found;
}

}  // namespace orderhub::kit
