#include "hub/domain/money.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace orderhub::domain {

namespace {

/// Products of two counts need more than 64 bits.
__extension__ using Wide = __int128;

struct Exception {
    std::string_view code;
    int exponent;
};

/// Currencies of ISO 4217 list one whose exponent is not 2.
constexpr std::array kExceptions{
    Exception{"BIF", 0}, Exception{"CLP", 0}, Exception{"DJF", 0}, Exception{"GNF", 0},
    Exception{"ISK", 0}, Exception{"JPY", 0}, Exception{"KMF", 0}, Exception{"KRW", 0},
    Exception{"PYG", 0}, Exception{"RWF", 0}, Exception{"UGX", 0}, Exception{"UYI", 0},
    Exception{"VND", 0}, Exception{"VUV", 0}, Exception{"XAF", 0}, Exception{"XOF", 0},
    Exception{"XPF", 0}, Exception{"BHD", 3}, Exception{"IQD", 3}, Exception{"JOD", 3},
    Exception{"KWD", 3}, Exception{"LYD", 3}, Exception{"OMR", 3}, Exception{"TND", 3},
    Exception{"CLF", 4}, Exception{"UYW", 4}};

std::unexpected<Error> not_decimal(std::string_view why) {
    return fail(ErrorKind::Invalid, "bad_amount",
                "an amount must be decimal text such as 12.34: " + std::string(why));
}

}  // namespace

Result<Currency> currency(std::string_view code) {
    const bool letters =
        code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!letters)
        return fail(ErrorKind::Invalid, "bad_currency",
                    "a currency must be three letters of ISO 4217");
    const auto found = std::ranges::find(kExceptions, code, &Exception::code);
    return Currency{std::string(code), found == kExceptions.end() ? 2 : found->exponent};
}

Minor& Minor::operator+=(Minor other) {
    if (__builtin_add_overflow(count_, other.count_, &count_))
        throw std::overflow_error("money: sum does not fit");
    return *this;
}

Minor& Minor::operator-=(Minor other) {
    if (__builtin_sub_overflow(count_, other.count_, &count_))
        throw std::overflow_error("money: difference does not fit");
    return *this;
}

Amount& Amount::operator+=(const Amount& other) {
    ex += other.ex;
    tax += other.tax;
    inc += other.inc;
    return *this;
}

Amount& Amount::operator-=(const Amount& other) {
    ex -= other.ex;
    tax -= other.tax;
    inc -= other.inc;
    return *this;
}

Result<Minor> parse_decimal(std::string_view text, const Currency& currency) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    std::string digits(text.substr(0, point));
    std::string decimals(point == std::string_view::npos ? std::string_view{}
                                                         : text.substr(point + 1));
    if (digits.empty() || (point != std::string_view::npos && decimals.empty()))
        return not_decimal("digits are missing");
    const auto exponent = static_cast<std::size_t>(currency.exponent);
    while (decimals.size() > exponent && decimals.back() == '0')
        decimals.pop_back();
    if (decimals.size() > exponent)
        return not_decimal(currency.code + " has " + std::to_string(exponent) + " decimals");
    decimals.resize(exponent, '0');
    digits += decimals;
    if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return not_decimal("only digits and one point are allowed");
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return not_decimal("it is too large");
    return Minor{negative ? -count : count};
}

std::string to_decimal(Minor amount, const Currency& currency) {
    const bool negative = amount.count() < 0;
    const auto raw = static_cast<std::uint64_t>(amount.count());
    std::string digits = std::to_string(negative ? ~raw + 1 : raw);
    const auto exponent = static_cast<std::size_t>(currency.exponent);
    if (digits.size() <= exponent) digits.insert(0, exponent + 1 - digits.size(), '0');
    if (exponent > 0) digits.insert(digits.size() - exponent, ".");
    return negative ? "-" + digits : digits;
}

Minor share(Minor total, std::int64_t kept, std::int64_t units) {
    if (units <= 0 || kept < 0 || kept > units)
        throw std::logic_error("share: kept units must lie within the line's");
    const Wide product = Wide{total.count()} * kept;
    const Wide magnitude = product < 0 ? -product : product;
    const Wide rounded = (2 * magnitude + units) / (2 * Wide{units});
    return Minor{static_cast<std::int64_t>(product < 0 ? -rounded : rounded)};
}

std::vector<Minor> allocate(Minor total, std::span<const std::int64_t> weights) {
    if (weights.empty()) throw std::logic_error("allocate: no weights");
    const Wide sum = std::accumulate(weights.begin(), weights.end(), Wide{0});
    std::vector<Minor> parts(weights.size());
    if (sum == 0) {
        parts.front() = total;
        return parts;
    }
    const Wide magnitude = total.count() < 0 ? -Wide{total.count()} : Wide{total.count()};
    std::vector<std::pair<Wide, std::size_t>> remainders;
    Wide given = 0;
    std::vector<Wide> wide(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
        wide[i] = magnitude * weights[i] / sum;
        given += wide[i];
        remainders.emplace_back(magnitude * weights[i] % sum, i);
    }
    std::ranges::sort(remainders, [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (std::size_t i = 0; given < magnitude; ++i, ++given)
        ++wide[remainders[i].second];
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i] = Minor{static_cast<std::int64_t>(total.count() < 0 ? -wide[i] : wide[i])};
    return parts;
}

}  // namespace orderhub::domain
