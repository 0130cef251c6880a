#include "tryton_values.hpp"

#include <fmt/format.h>

#include "http_types.hpp"
#include "text.hpp"

namespace orderhub::sandbox::tryton {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::string class_of(const json::value& value) {
    return value.is_object() ? text_of(value.get_object(), "__class__") : "";
}

int three_way(const auto& a, const auto& b) {
    return a < b ? -1 : (b < a ? 1 : 0);
}

}  // namespace

json::value decimal_value(const std::string& text) {
    return json::object{{"__class__", "Decimal"}, {"decimal", text}};
}

json::value decimal_value(std::int64_t minor_units, int scale) {
    return decimal_value(format_decimal(minor_units, scale));
}

json::value date_value(std::int64_t us) {
    const CivilTime t = civil(us);
    return json::object{
        {"__class__", "date"}, {"year", t.year}, {"month", t.month}, {"day", t.day}};
}

json::value datetime_value(std::int64_t us) {
    const CivilTime t = civil(us);
    return json::object{{"__class__", "datetime"}, {"year", t.year},
                        {"month", t.month},        {"day", t.day},
                        {"hour", t.hour},          {"minute", t.minute},
                        {"second", t.second},      {"microsecond", t.microsecond}};
}

std::optional<Decimal> read_decimal(const json::value& value) {
    if (class_of(value) == "Decimal") return parse_decimal(text_of(value.get_object(), "decimal"));
    if (value.is_double()) return parse_decimal(fmt::format("{}", value.get_double()));
    if (value.is_structured()) return std::nullopt;
    return parse_decimal(scalar_text(value));
}

std::optional<std::int64_t> read_instant(const json::value& value) {
    const std::string type = class_of(value);
    if (type != "date" && type != "datetime") return std::nullopt;
    const auto& at = value.get_object();
    const std::int64_t seconds =
        int_of(at, "hour") * 3600 + int_of(at, "minute") * 60 + int_of(at, "second");
    return day_start(static_cast<int>(int_of(at, "year")), static_cast<int>(int_of(at, "month")),
                     static_cast<int>(int_of(at, "day"))) +
           seconds * kSecond + int_of(at, "microsecond");
}

int compare_values(const json::value& a, const json::value& b) {
    if (a.is_null() || b.is_null()) return three_way(a.is_null(), b.is_null());
    const auto left = read_instant(a);
    const auto right = read_instant(b);
    if (left && right) return three_way(*left, *right);
    const auto x = read_decimal(a);
    const auto y = read_decimal(b);
    if (x && y) {
        return three_way(x->digits * power_of_ten(y->scale), y->digits * power_of_ten(x->scale));
    }
    return three_way(scalar_text(a), scalar_text(b));
}

}  // namespace orderhub::sandbox::tryton
