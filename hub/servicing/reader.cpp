#include "hub/servicing/reader.hpp"

#include <algorithm>

#include "hub/servicing/codec/codec.hpp"

namespace orderhub::servicing {

namespace {

const boost::json::object kNothing;
constexpr std::size_t kLongestText = 200;

}  // namespace

void Reader::refuse(const std::string& pointer, std::string why) const {
    if (!error_)
        error_ =
            Error{ErrorKind::Invalid, std::string(code_), pointer + " " + std::move(why), pointer};
}

std::string Reader::text(std::string_view name) const {
    const boost::json::value* found = object_.if_contains(name);
    if (found == nullptr || found->is_null()) return {};
    if (const auto* string = found->if_string()) return std::string(*string);
    refuse(path(name), "must be text");
    return {};
}

std::int64_t Reader::integer(std::string_view name, std::int64_t otherwise) const {
    const boost::json::value* found = object_.if_contains(name);
    if (found == nullptr) return otherwise;
    if (const auto* number = found->if_int64(); number && *number >= 0 && *number <= 1'000'000'000)
        return *number;
    refuse(path(name), "must be a whole number from 0 to 1000000000");
    return otherwise;
}

bool Reader::flag(std::string_view name, bool otherwise) const {
    const boost::json::value* found = object_.if_contains(name);
    if (found == nullptr) return otherwise;
    if (const auto* value = found->if_bool()) return *value;
    refuse(path(name), "must be true or false");
    return otherwise;
}

std::int64_t Reader::instant(std::string_view name) const {
    const std::string word = text(name);
    if (word.empty()) return 0;
    const auto instant = from_rfc3339(word);
    if (!instant) refuse(path(name), instant.error().message);
    return instant.value_or(0);
}

domain::Minor Reader::decimal(std::string_view name, const domain::Currency& currency) const {
    const auto amount = domain::parse_decimal(text(name), currency);
    if (!amount) refuse(path(name), amount.error().message);
    return amount.value_or(domain::Minor{});
}

domain::Amount Reader::amount(std::string_view name, const domain::Currency& currency) const {
    if (!has(name)) return {};
    const Reader parts = object(name);
    const domain::Amount amount{parts.decimal("ex", currency), parts.decimal("tax", currency),
                                parts.decimal("inc", currency)};
    std::int64_t sum = 0;
    const bool fits = !__builtin_add_overflow(amount.ex.count(), amount.tax.count(), &sum);
    if (!fits || sum != amount.inc.count()) refuse(path(name), "must satisfy ex + tax = inc");
    return amount;
}

domain::Customer Reader::customer(std::string_view name) const {
    const Reader from = object(name);
    const Reader account = from.object("account");
    return {from.text("external_id"),
            from.text("name"),
            from.text("email"),
            from.text("phone"),
            {account.text("external_id"), account.text("name")}};
}

domain::Address Reader::address(std::string_view name) const {
    const Reader from = object(name);
    return {from.text("name"),     from.text("company"), from.text("line1"),
            from.text("line2"),    from.text("city"),    from.text("state"),
            from.text("postcode"), from.text("country"), from.text("phone")};
}

std::vector<domain::Tax> Reader::taxes(std::string_view name,
                                       const domain::Currency& currency) const {
    std::vector<domain::Tax> taxes;
    each(name, [&](const Reader& from) {
        taxes.push_back({from.text("label"), from.text("rate"), from.decimal("amount", currency)});
    });
    return taxes;
}

Reader Reader::object(std::string_view name) const {
    const boost::json::value* found = object_.if_contains(name);
    if (found == nullptr) return {kNothing, path(name), error_, code_};
    if (const auto* object = found->if_object()) return {*object, path(name), error_, code_};
    refuse(path(name), "must be an object");
    return {kNothing, path(name), error_, code_};
}

const boost::json::array* Reader::array(std::string_view name) const {
    const boost::json::value* found = object_.if_contains(name);
    if (found == nullptr) return nullptr;
    if (const auto* list = found->if_array()) return list;
    refuse(path(name), "must be a list");
    return nullptr;
}

std::vector<std::string> Reader::texts(std::string_view name) const {
    std::vector<std::string> texts;
    const boost::json::array* list = array(name);
    if (list == nullptr) return texts;
    for (const boost::json::value& item : *list) {
        if (const auto* text = item.if_string())
            texts.emplace_back(*text);
        else
            refuse(path(name) + "/" + std::to_string(texts.size()), "must be text");
    }
    return texts;
}

void Reader::only(std::initializer_list<std::string_view> names) const {
    for (const auto& [name, value] : object_) {
        if (error_ || std::ranges::find(names, std::string_view(name)) != names.end()) continue;
        const std::string pointer = path(name);
        error_ =
            Error{ErrorKind::Invalid, "unknown_field", pointer + " is not a known field", pointer};
    }
}

void Reader::need(std::string_view name, std::string_view what) const {
    if (!has(name)) refuse(path(name), "must be " + std::string(what));
}

std::string Reader::short_text(std::string_view name) const {
    std::string found = text(name);
    if (found.size() > kLongestText) refuse(path(name), "must be text of at most 200 bytes");
    return found;
}

std::string Reader::required_text(std::string_view name) const {
    std::string found = text(name);
    if (found.empty() || found.size() > kLongestText)
        refuse(path(name), "must be text of 1 to 200 bytes");
    return found;
}

std::int64_t Reader::required_integer(std::string_view name) const {
    need(name, "a whole number");
    return integer(name, 0);
}

domain::Minor Reader::positive(std::string_view name, const domain::Currency& currency) const {
    need(name, "an amount as decimal text");
    const domain::Minor amount = decimal(name, currency);
    if (amount <= domain::Minor{}) refuse(path(name), "must be above 0");
    return amount;
}

std::int64_t Reader::percent(std::string_view name) const {
    const domain::Currency hundredths{"PCT", 2};
    need(name, "a percentage as decimal text");
    const auto value = domain::parse_decimal(text(name), hundredths);
    if (value && value->count() > 0 && value->count() <= 10'000) return value->count();
    refuse(path(name), "must be a percentage above 0, at most 100, with at most 2 decimals");
    return 0;
}

void Reader::need_list(std::string_view name) const {
    const boost::json::array* list = array(name);
    if (list == nullptr || list->empty()) refuse(path(name), "must be a list of at least one");
}

}  // namespace orderhub::servicing
