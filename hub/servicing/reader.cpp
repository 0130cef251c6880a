#include "hub/servicing/reader.hpp"

#include "hub/servicing/codec.hpp"

namespace orderhub::servicing {

namespace {
const boost::json::object kNothing;
}

void Reader::refuse(const std::string& pointer, std::string why) const {
    if (!error_)
        error_ =
            Error{ErrorKind::Invalid, "invalid_record", pointer + " " + std::move(why), pointer};
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
    if (!amount.adds_up()) refuse(path(name), "must satisfy ex + tax = inc");
    return amount;
}

domain::Customer Reader::customer(std::string_view name) const {
    const Reader from = object(name);
    return {from.text("external_id"), from.text("name"), from.text("email"), from.text("phone")};
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
    if (found == nullptr) return {kNothing, path(name), error_};
    if (const auto* object = found->if_object()) return {*object, path(name), error_};
    refuse(path(name), "must be an object");
    return {kNothing, path(name), error_};
}

}  // namespace orderhub::servicing
