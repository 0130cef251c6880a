#pragma once

#include <boost/json.hpp>
#include <vector>

#include "tryton_store.hpp"

// An invoice's arithmetic: line amounts, taxes, totals.
namespace orderhub::sandbox::tryton {

struct TaxAmount {
    std::int64_t tax = 0;  ///< id of account.tax
    bool credit = false;   ///< lines with a negative base have a tax line of their own
    std::int64_t base = 0;
    std::int64_t amount = 0;
};

int digits_of(const State& state, const json::object& invoice);
std::string currency_code(const State& state, const json::object& invoice);
/// quantity x unit price, rounded to the currency, halves to even.
std::int64_t line_amount(const json::object& line, int digits);
/// One row per tax and sign: exact products summed, then rounded once per row.
std::vector<TaxAmount> taxes_of(const State& state, const json::object& invoice);
/// Lines of an invoice in order.
std::vector<const json::object*> lines_of(const State& state, const json::object& invoice);
/// Puts untaxed, tax and total amounts on the record, as Decimals.
void put_totals(State& state, json::object& invoice);
/// An amount or base of a tax row, in minor units of `digits` decimals.
std::int64_t minor_of(const json::object& record, std::string_view member, int digits);

}  // namespace orderhub::sandbox::tryton
