// Who a note is from and to, and by which rules it is therefore written.
#pragma once

#include "note.hpp"

namespace orderhub::ubl {

/// Fills in seller, buyer, buyer reference and profile. Expects the note's subtotals.
void add_parties(const Recipient& recipient, const Config& config, Note& note);

/// The countries whose national rules the seller is under: that of the VAT number and that of the
/// address, which may be the same.
bool is_seller_from(const Note& note, std::string_view country);

}  // namespace orderhub::ubl
