// Text from outside made fit for XML and the rules.
#pragma once

#include <string>
#include <string_view>

namespace orderhub::ubl {

/// One line without spaces at its ends: what XML cannot hold, and white space, becomes one space;
/// bytes that are no UTF-8 become question marks. Empty if nothing is left (PEPPOL-EN16931-R008).
std::string clean(std::string_view text);

/// As clean, for free text: a # becomes "No.", because three characters between two of them would
/// be taken for a subject code (BR-CL-08).
std::string clean_note(std::string_view text);

}  // namespace orderhub::ubl
