#include "hub/runtime/linking_fields.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>

#include "hub/linking/dates.hpp"

namespace orderhub::runtime {

namespace json = boost::json;

namespace {

constexpr std::size_t kMostComplaints = 50;

/// "1234.5" gives 123450; at most two decimals count.
bool read_decimal(std::string_view text, std::int64_t& hundredths) {
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const auto [end, error] =
        std::from_chars(whole.data(), whole.data() + whole.size(), hundredths);
    if (error != std::errc{} || end != whole.data() + whole.size()) return false;
    std::int64_t decimals = 0;
    for (std::size_t i = 0; i < 2; ++i) {
        const std::size_t at = point + 1 + i;
        const char c = point != text.npos && at < text.size() ? text[at] : '0';
        if (c < '0' || c > '9') return false;
        decimals = decimals * 10 + (c - '0');
    }
    hundredths = hundredths * 100 + (text.starts_with('-') ? -decimals : decimals);
    return true;
}

}  // namespace

const json::value* LinkingFields::find(std::string_view name) const {
    const auto* value = object_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

void LinkingFields::complain(std::string_view name, std::string_view what) const {
    if (complaints_.size() < kMostComplaints)
        complaints_.push_back(where_ + ": " + path(name) + ": " + std::string(what));
}

std::string LinkingFields::as_text(const json::value& value, std::string_view name) const {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_int64() || value.is_uint64() || value.is_double() || value.is_bool())
        return json::serialize(value);
    complain(name, "must be text");
    return {};
}

std::string LinkingFields::text(std::string_view name) const {
    const auto* value = find(name);
    return value == nullptr ? std::string() : as_text(*value, name);
}

std::string LinkingFields::required(std::string_view name) const {
    const auto* value = find(name);
    std::string text = value == nullptr ? std::string() : as_text(*value, name);
    if (value == nullptr || (text.empty() && value->is_string()))
        complain(name, "is missing; it must be text");
    return text;
}

std::int64_t LinkingFields::instant(std::string_view name) const {
    const std::string text = this->text(name);
    if (text.empty()) return 0;
    const auto instant = linking::instant_of(text);
    if (!instant) complain(name, "must be an instant such as 2026-03-24T10:15:00Z");
    return instant.value_or(0);
}

std::int64_t LinkingFields::count(std::string_view name, std::int64_t otherwise) const {
    const std::string text = this->text(name);
    if (text.empty()) return otherwise;
    std::int64_t hundredths = 0;
    if (!read_decimal(text, hundredths)) complain(name, "must be a number");
    return hundredths / 100;
}

std::int64_t LinkingFields::hundredths(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return 0;
    if (value->is_double()) return std::llround(value->get_double() * 100);
    const std::string text = as_text(*value, name);
    std::int64_t amount = 0;
    if (!text.empty() && !read_decimal(text, amount))
        complain(name, "must be a decimal such as \"12.50\"");
    return amount;
}

std::vector<std::string> LinkingFields::texts(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) return {};
    std::vector<std::string> all;
    if (const auto* list = value->if_array()) {
        for (const json::value& item : *list)
            if (!item.is_null()) all.push_back(as_text(item, name));
    } else {
        all.push_back(as_text(*value, name));
    }
    std::erase(all, "");
    return all;
}

std::vector<std::string> LinkingFields::values(std::string_view name) const {
    const auto* value = find(name);
    const auto* object = value == nullptr ? nullptr : value->if_object();
    if (object == nullptr) return texts(name);
    std::vector<std::string> all;
    for (const auto& [key, each] : *object)
        if (!each.is_null() && !each.is_object() && !each.is_array())
            all.push_back(as_text(each, name));
    return all;
}

}  // namespace orderhub::runtime
