// Charges, tax, totals and lines in UBL.
#pragma once

#include "element.hpp"
#include "note.hpp"

namespace orderhub::ubl {

/// AllowanceCharge, TaxTotal, LegalMonetaryTotal and the lines, in this order.
void add_amounts(const Element& root, const Note& note);

}  // namespace orderhub::ubl
