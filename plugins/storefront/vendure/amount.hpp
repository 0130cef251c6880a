// Vendure's pair of figures (net, with tax) and the record's triple.
#pragma once

#include <cstdint>
#include <orderhub/money.hpp>
#include <string_view>

#include "fields.hpp"

namespace orderhub::vendure {

/// Minor units of the order's currency.
struct Amount {
    std::int64_t ex = 0;
    std::int64_t inc = 0;

    std::int64_t tax() const { return inc - ex; }
    bool is_zero() const { return ex == 0 && inc == 0; }
    friend Amount operator+(Amount a, Amount b) { return {a.ex + b.ex, a.inc + b.inc}; }
    friend Amount operator-(Amount a, Amount b) { return {a.ex - b.ex, a.inc - b.inc}; }
};

/// `name` and `name`WithTax of `object`. Throws MappingError.
inline Amount amount_of(const json::object& object, std::string_view name) {
    return {whole(object, name), whole(object, std::string(name) + "WithTax")};
}

/// {"ex","tax","inc"} as decimal text.
inline json::object to_json(Amount amount, std::string_view currency) {
    return {{"ex", sdk::to_decimal(amount.ex, currency)},
            {"tax", sdk::to_decimal(amount.tax(), currency)},
            {"inc", sdk::to_decimal(amount.inc, currency)}};
}

/// `count` times the amount. Throws MappingError if it does not fit.
inline Amount times(Amount unit, std::int64_t count) {
    Amount product;
    if (__builtin_mul_overflow(unit.ex, count, &product.ex) ||
        __builtin_mul_overflow(unit.inc, count, &product.inc))
        throw MappingError("an amount of the order is too large");
    return product;
}

}  // namespace orderhub::vendure
