// The parts of check_rules. Each throws Stop (rejected): the rule's id, the field, what was
// expected.
#pragma once

#include "note.hpp"

namespace orderhub::ubl {

/// What a rule demands, or the end of the document.
void demand(bool holds, const char* rule, const std::string& field, const std::string& expected);

void check_figures(const Note& note);  ///< BR-CO-10 to 17, BR-S/Z/E/AE/G/O-08 and -09, R120, BR-DEC
void check_categories(const Note& note);  ///< BR-S/Z/E/AE/G/O-01 to -07 and -10 to -14
void check_parties(const Note& note);     ///< BR-06 to 11, BR-CO-09 and 26, R003, R010, R020
void check_countries(const Note& note);   ///< DE-R, NL-R, IT-R of Peppol

}  // namespace orderhub::ubl
