#include "documents/money.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <numeric>
#include <stdexcept>
#include <string_view>

namespace orderhub::documents {
namespace {

constexpr int kMostPlaces = 40;

/// A number as digits and the place of its point; "1.5E-3" is {"15", -2}.
struct Digits {
    bool negative;
    std::string digits;
    int point;
};

Digits digits_of(std::string_view text) {
    Digits out{text.starts_with('-'), {}, 0};
    if (out.negative) text.remove_prefix(1);
    const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
    const std::string_view mantissa = text.substr(0, exponent_at);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    for (const char c : mantissa)
        if (c >= '0' && c <= '9')
            out.digits += c;
        else if (c != '.')
            throw std::invalid_argument("amount: expected a number");
    out.point = static_cast<int>(point);
    if (exponent_at < text.size()) {
        std::string_view exponent = text.substr(exponent_at + 1);
        if (exponent.starts_with('+')) exponent.remove_prefix(1);
        int places = 0;
        const auto [end, error] =
            std::from_chars(exponent.data(), exponent.data() + exponent.size(), places);
        if (error != std::errc{} || end != exponent.data() + exponent.size() ||
            std::abs(places) > kMostPlaces)
            throw std::invalid_argument("amount: expected a number");
        out.point += places;
    }
    if (out.digits.empty()) throw std::invalid_argument("amount: expected a number");
    return out;
}

/// The digits in front of and behind a point, at least one in front.
std::pair<std::string, std::string> parts_of(const Digits& number) {
    std::string digits = number.digits;
    int point = number.point;
    if (point < 1) {
        digits.insert(0, static_cast<std::size_t>(1 - point), '0');
        point = 1;
    }
    const auto whole = static_cast<std::size_t>(point);
    if (digits.size() < whole) digits.append(whole - digits.size(), '0');
    return {digits.substr(0, whole), digits.substr(whole)};
}

}  // namespace

std::int64_t minor_of(const sdk::Json& number, const std::string& currency) {
    if (number.is_null()) return 0;
    const Digits parsed = digits_of(number.text_or_digits());
    auto [whole, fraction] = parts_of(parsed);
    const auto places = static_cast<std::size_t>(sdk::currency_exponent(currency));
    const bool up = fraction.size() > places && fraction[places] >= '5';
    fraction.resize(std::min(fraction.size(), places));
    const std::int64_t minor =
        sdk::to_minor(whole + (fraction.empty() ? "" : "." + fraction), currency) + (up ? 1 : 0);
    return parsed.negative ? -minor : minor;
}

sdk::Money price(std::int64_t ex, std::int64_t tax, const std::string& currency) {
    return {sdk::to_decimal(ex, currency), sdk::to_decimal(tax, currency),
            sdk::to_decimal(ex + tax, currency)};
}

std::vector<std::int64_t> spread(std::int64_t total, const std::vector<std::int64_t>& weights) {
    std::vector<std::int64_t> shares(weights.size(), 0);
    __int128 all = 0;
    for (const std::int64_t weight : weights)
        all += std::abs(weight);
    if (all == 0) {
        shares.front() = total;
        return shares;
    }
    std::int64_t left = total;
    std::vector<std::pair<__int128, std::size_t>> rests;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const __int128 product = static_cast<__int128>(total) * std::abs(weights[i]);
        shares[i] = static_cast<std::int64_t>(product / all);
        left -= shares[i];
        const __int128 rest = product % all;
        rests.emplace_back(rest < 0 ? rest : -rest, i);
    }
    std::sort(rests.begin(), rests.end());
    for (std::size_t i = 0; left != 0; ++i) {
        const std::int64_t step = left > 0 ? 1 : -1;
        shares[rests[i].second] += step;
        left -= step;
    }
    return shares;
}

std::string shifted(const std::string& digits, int places) {
    Digits number = digits_of(digits);
    number.point += places;
    auto [whole, fraction] = parts_of(number);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return (number.negative ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

}  // namespace orderhub::documents
