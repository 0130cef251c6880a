// Code lists of EN 16931 (validation 1.3.16) and Peppol BIS Billing 3.0.19, as far as they are
// used.
#pragma once

#include <string_view>

namespace orderhub::ubl {

bool is_currency(std::string_view code);         ///< BR-CL-04, PEPPOL-EN16931-CL007; no metals
bool is_country(std::string_view code);          ///< BR-CL-14
bool is_endpoint_scheme(std::string_view code);  ///< BR-CL-25, PEPPOL-EN16931-CL008
bool is_legal_scheme(std::string_view code);     ///< BR-CL-11: ISO 6523

/// BR-CO-09: a country before the number; Greece is EL there.
bool is_vat_id(std::string_view text);

/// Whether the number has the form and the check digit that its scheme demands; true for schemes
/// without such a rule. PEPPOL-COMMON-R040 to R050.
bool is_well_formed(std::string_view scheme, std::string_view id);

/// Sellers of these countries are under national rules of Peppol that are not built here.
bool has_unbuilt_rules(std::string_view country);

}  // namespace orderhub::ubl
