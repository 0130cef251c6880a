// Seller and buyer in UBL.
#pragma once

#include "element.hpp"
#include "note.hpp"

namespace orderhub::ubl {

/// AccountingSupplierParty and AccountingCustomerParty.
void add_parties(const Element& root, const Note& note);

}  // namespace orderhub::ubl
