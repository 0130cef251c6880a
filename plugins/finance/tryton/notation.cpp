#include "notation.hpp"

#include <algorithm>
#include <orderhub/http.hpp>
#include <orderhub/money.hpp>
#include <stdexcept>
#include <utility>

namespace orderhub::tryton {

namespace json = boost::json;

json::object decimal(std::string_view text) {
    return {{"__class__", "Decimal"}, {"decimal", text}};
}

json::object decimal(std::int64_t minor, const std::string& currency) {
    return decimal(sdk::to_decimal(minor, currency));
}

std::int64_t minor_of(const json::value& value, const std::string& currency) {
    std::string_view text = value.at("decimal").as_string();
    // Python may write a zero as "0E-7".
    if (const std::size_t exponent = text.find('E'); exponent != std::string_view::npos) {
        text = text.substr(0, exponent);
        if (text.find_first_not_of("-0.") != std::string_view::npos)
            throw std::invalid_argument("an amount with an exponent");
    }
    return sdk::to_minor(text, currency);
}

json::object date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        throw std::invalid_argument("expected a date like 2026-11-22");
    return {{"__class__", "date"},
            {"year", std::stoi(text.substr(0, 4))},
            {"month", std::stoi(text.substr(5, 2))},
            {"day", std::stoi(text.substr(8, 2))}};
}

std::string date_text(const json::value& value) {
    if (value.at("__class__").as_string() != "date") throw std::invalid_argument("not a date");
    const auto padded = [&](std::string_view key, std::size_t width) {
        std::string digits = std::to_string(value.at(key).to_number<int>());
        return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    return padded("year", 4) + '-' + padded("month", 2) + '-' + padded("day", 2);
}

json::array list(json::value only) {
    json::array one;
    one.push_back(std::move(only));
    return one;
}

json::array equal(std::string_view field, std::string_view value) {
    return {field, "=", value};
}

json::array equal(std::string_view field, std::int64_t value) {
    return {field, "=", value};
}

std::int64_t sum(std::int64_t left, std::int64_t right) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(left, right, &result))
        throw sdk::rejected("invalid_document", "the document's amounts are too large to be added");
    return result;
}

}  // namespace orderhub::tryton
