// Exact amounts of an electronic document: whole hundredths, the finest that EN 16931 can write.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace orderhub::ubl {

/// Hundredths of the currency's unit, in every currency: 12.34 EUR and 12 JPY are 1234 and 1200.
using Hundredths = std::int64_t;

/// A rate in percent, in ten-thousandths: 7.25 % is 72500.
struct Rate {
    std::int64_t e4 = 0;

    auto operator<=>(const Rate&) const = default;
};

/// "12.34", "EUR" -> 1234. Throws Stop (rejected, BR-DEC) for an amount that is no whole number of
/// hundredths, as in currencies of three decimals, and for one that is no decimal of the currency.
Hundredths to_hundredths(std::string_view text, std::string_view currency, std::string_view field);

/// As it is written: 1234, "EUR" -> "12.34"; 1200, "JPY" -> "12".
std::string to_text(Hundredths amount, std::string_view currency);

/// As the currency's own decimal text, for results: 1234, "BHD" -> "12.340".
std::string to_currency_text(Hundredths amount, std::string_view currency);

/// The smallest amount of the currency that can be written: 100 for JPY, else 1.
Hundredths smallest_step(std::string_view currency);

/// Throws Stop (rejected) if it does not fit.
Hundredths sum(Hundredths left, Hundredths right);

/// "19.00" -> 19 %. Expects what the command's schema lets through.
Rate to_rate(std::string_view text);
/// Without zeros at the end: "19", "7.25".
std::string to_text(Rate rate);

/// The tax on `base`, rounded to hundredths, halves away from zero.
Hundredths tax_on(Hundredths base, Rate rate);

}  // namespace orderhub::ubl
