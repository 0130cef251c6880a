// Exact amounts of one currency, in minor units.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>

namespace orderhub::signed_orders {

struct Amount {
    std::int64_t inc = 0;  ///< tax included
    std::int64_t tax = 0;

    Amount& operator+=(const Amount& other) {
        inc += other.inc;
        tax += other.tax;
        return *this;
    }
    Amount& operator-=(const Amount& other) {
        inc -= other.inc;
        tax -= other.tax;
        return *this;
    }
};

struct Money {
    std::string currency;

    /// Of decimal text. Throws std::exception if it is none, or has too many decimals.
    std::int64_t minor(const boost::json::value& decimal) const;
    std::string text(std::int64_t minor) const;
    /// {"ex", "tax", "inc"}.
    boost::json::object shown(const Amount& amount) const;
};

/// `inc` with as much tax in it as `whole` has in the same sum, rounded down. Of nothing: no tax.
Amount share(const Amount& whole, std::int64_t inc);

/// `inc` contains tax of `rate` percent (decimal text); the tax is rounded half up.
Amount with_tax_inside(std::int64_t inc, const boost::json::value& rate);

}  // namespace orderhub::signed_orders
