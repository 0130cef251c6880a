// A credit note or invoice of EN 16931 as values: every figure that its file shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config.hpp"
#include "document.hpp"

namespace orderhub::ubl {

/// A VAT category and its rate. Category O has no rate (BR-O-05).
struct Category {
    std::string code;
    std::optional<Rate> rate;

    auto operator<=>(const Category&) const = default;
};

struct NoteLine {
    std::int64_t quantity = 1;  ///< below zero for a line that lessens the sum
    Hundredths net = 0;
    std::string name;
    std::string sku;
    Category category;
    Hundredths price = 0;            ///< of base_quantity units, never below zero
    std::int64_t base_quantity = 1;  ///< above zero
};

/// A charge or allowance of the whole document.
struct Charge {
    bool is_charge = true;
    std::string reason_code;
    std::string reason;
    Hundredths amount = 0;
    Category category;
};

struct Subtotal {
    Category category;
    Hundredths taxable = 0;
    Hundredths tax = 0;
    std::string reason_code;
    std::string reason;
};

struct Totals {
    Hundredths lines = 0;
    Hundredths allowances = 0;
    Hundredths charges = 0;
    Hundredths exclusive = 0;
    Hundredths tax = 0;
    Hundredths inclusive = 0;
    Hundredths prepaid = 0;
    Hundredths rounding = 0;
    Hundredths payable = 0;
};

struct Note {
    Kind kind = Kind::credit_note;
    bool peppol = false;
    std::string number;
    std::string date;
    std::string text;
    std::string currency;
    std::string buyer_reference;
    std::string order_number;
    std::vector<std::string> originals;  ///< numbers of the invoices that it corrects
    Party seller;
    Party buyer;
    Payment payment;
    std::string unit;
    std::vector<Charge> charges;
    std::vector<Subtotal> subtotals;
    Totals totals;
    std::vector<NoteLine> lines;
};

/// The note that says what `document` says. Throws Stop (rejected) if there is none.
Note compose(const Document& document, const Config& config);

/// Whether the rules accept `tax` for `base` at `rate` (BR-CO-17, BR-S-09).
bool is_tax_accepted(Hundredths base, Rate rate, Hundredths tax);

/// Every rule that the figures, codes and parties could break, exactly, and some that the official
/// rules are too mild for. Throws Stop (rejected) with the rule's id as code.
void check_rules(const Note& note);

}  // namespace orderhub::ubl
