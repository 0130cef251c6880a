#include "declared/conform.hpp"

#include <algorithm>
#include <orderhub/http.hpp>
#include <orderhub/instant.hpp>
#include <orderhub/money.hpp>

#include "declared/decimal.hpp"

namespace orderhub::declared {
namespace {

enum class Form { amount, instant, date, rate, other };

/// What the pattern of a schema's text is about. The schemas use the same few everywhere.
Form form_of(const Json& schema) {
    if (!schema["pattern"].is_text()) return Form::other;
    const std::string_view pattern = schema["pattern"].text();
    if (pattern.find("T[0-9]") != pattern.npos) return Form::instant;
    if (pattern == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") return Form::date;
    if (pattern.starts_with("^-?[0-9]{1,15}")) return Form::amount;
    return pattern.starts_with("^[0-9]{1,3}(") ? Form::rate : Form::other;
}

/// The schema's upper-case codes, of two letters or three.
bool is_of_code(const Json& schema, std::string_view text) {
    if (!schema["pattern"].is_text()) return true;
    const std::string_view pattern = schema["pattern"].text();
    const std::size_t size = pattern == "^[A-Z]{2}$" ? 2 : pattern == "^[A-Z]{3}$" ? 3 : 0;
    if (size == 0) return true;
    return text.size() == size &&
           std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

[[noreturn]] void refuse(const Where& where, const Json& value, const std::string& expected) {
    throw wrong(where.place, where.at, shown(value) + "; expected " + expected);
}

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == text.npos ? ""
                              : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// Of a text or a number.
std::optional<Decimal> decimal_of(const Json& value) {
    if (value.is_number()) return number_to_decimal(value.text_or_digits());
    return value.is_text() ? to_decimal(trimmed(value.text())) : std::nullopt;
}

std::string amount_of(const Json& value, const Where& where, const std::string& currency) {
    const auto decimal = decimal_of(value);
    if (!decimal)
        refuse(where, value,
               where.is_minor ? "a whole number of minor units" : "an amount like 12.34");
    if (currency.empty()) return to_text(*decimal);
    std::string why;
    try {
        if (where.is_minor) return sdk::to_decimal(sdk::json_integer(to_text(*decimal)), currency);
        return sdk::to_decimal(sdk::to_minor(to_text(*decimal), currency), currency);
    } catch (const std::exception& thrown) {
        why = thrown.what();
    }
    refuse(where, value, "an amount in " + currency + " (" + why + ")");
}

std::string instant_of(const Json& value, const Where& where) {
    const auto at = sdk::from_rfc3339(value.text_or_digits());
    if (!at)
        refuse(where, value,
               "an instant like 2026-11-23T10:00:00Z; say `date:` if it is written in another way");
    return sdk::to_rfc3339(*at);
}

std::string date_of(const Json& value, const Where& where) {
    const std::string text = value.text_or_digits().substr(0, 10);
    if (!sdk::from_rfc3339(text + "T00:00:00Z")) refuse(where, value, "a date like 2026-11-23");
    return text;
}

std::string rate_of(const Json& value, const Where& where) {
    const auto rate = decimal_of(value);
    const auto rounded = rate ? round(*rate, std::min(rate->places, 4)) : std::nullopt;
    if (!rate || rate->digits < 0 || compare(*rate, *rounded) != 0 ||
        compare(*rate, {1000, 0}) >= 0)
        refuse(where, value, "a percentage like 7.5");
    return to_text(*rounded);
}

std::string text_of(const Json& schema, const Json& value, const Where& where) {
    constexpr std::int64_t kCut = 128;  // longer ones are for reading, shorter ones identify
    std::string text = value.text_or_digits();
    const Json& most = schema["maxLength"];
    const std::int64_t limit =
        most.is_number() ? most.integer() : static_cast<std::int64_t>(text.size());
    if (static_cast<std::int64_t>(text.size()) > limit) {
        if (limit <= kCut) refuse(where, value, "at most " + std::to_string(limit) + " characters");
        text = sdk::cut_utf8(text, static_cast<std::size_t>(limit));
    }
    if (!is_of_code(schema, text))
        refuse(where, value, "upper-case letters as " + schema["pattern"].text() + " says");
    return text;
}

Json word_of(const Json& schema, const Json& value, const Where& where) {
    std::string words;
    for (const Json& each : schema["enum"].items()) {
        if (each == value) return value;
        words += (words.empty() ? "" : ", ") + each.text();
    }
    refuse(where, value, "one of " + words + "; say `table:` if they are called otherwise");
}

Json integer_of(const Json& schema, const Json& value, const Where& where) {
    const auto number = decimal_of(value);
    const auto whole = number ? round(*number, 0) : std::nullopt;
    const std::int64_t least = schema["minimum"].is_number() ? schema["minimum"].integer() : 0;
    if (!whole || compare(*whole, *number) != 0 || whole->digits < least)
        refuse(where, value, "a whole number from " + std::to_string(least));
    return whole->digits;
}

Json truth_of(const Json& value, const Where& where) {
    if (value.is_bool()) return value;
    refuse(where, value, "true or false; say `table:` if they are called otherwise");
}

}  // namespace

bool is_money(const Json& schema) {
    return schema["properties"].is_object() && schema["properties"].find("ex") &&
           schema["properties"].find("inc");
}

Json conformed_scalar(const Json& schema, const Json& value, const Where& where,
                      const std::string& currency) {
    if (value.is_text() && trimmed(value.text()).empty()) return nullptr;
    if (schema["enum"].is_array()) return word_of(schema, value, where);
    const std::string type = schema["type"].text_or_empty();
    if (type == "boolean") return truth_of(value, where);
    if (type == "integer") return integer_of(schema, value, where);
    if (!value.is_text() && !value.is_number()) refuse(where, value, "a text");
    switch (form_of(schema)) {
        case Form::amount:
            return amount_of(value, where, currency);
        case Form::instant:
            return instant_of(value, where);
        case Form::date:
            return date_of(value, where);
        case Form::rate:
            return rate_of(value, where);
        default:
            return text_of(schema, value, where);
    }
}

Json completed(Json money, const Where& where, const std::string& currency) {
    const auto part = [&](std::string_view key) { return to_decimal(money[key].text_or_empty()); };
    auto ex = part("ex"), tax = part("tax"), inc = part("inc");
    if (!ex && !tax && !inc) return nullptr;
    if (!ex && tax && inc) ex = subtract(*inc, *tax);
    if (!tax && ex && inc) tax = subtract(*inc, *ex);
    if (!inc && ex && tax) inc = add(*ex, *tax);
    if (!ex || !tax || !inc)
        throw wrong(where.place, where.at, "found only one of ex, tax and inc; two are needed");
    if (const auto sum = add(*ex, *tax); !sum || compare(*sum, *inc) != 0)
        throw wrong(where.place, where.at,
                    "found ex " + to_text(*ex) + " and tax " + to_text(*tax) +
                        ", which do not add up to inc " + to_text(*inc));
    const auto written = [&](const Decimal& value) {
        return currency.empty()
                   ? to_text(value)
                   : sdk::to_decimal(sdk::to_minor(to_text(value), currency), currency);
    };
    return Json::object({{"ex", written(*ex)}, {"tax", written(*tax)}, {"inc", written(*inc)}});
}

}  // namespace orderhub::declared
