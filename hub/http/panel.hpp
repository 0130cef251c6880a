// The panel: one case and its order, shown in the pages of a service desk, to whoever has a signed
// address that is good for some minutes. No cookie, so it works where browsers keep those away from
// frames.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::http {

struct PanelSettings {
    std::string secret = {};                        ///< empty: there is no panel
    std::vector<std::string> frame_ancestors = {};  ///< origins that may show it
    std::int64_t minutes = 10;                      ///< how long an address of the hub's is good
    std::string public_url = {};                    ///< what its addresses begin with
};

/// An address is good for no longer than this, whoever made it.
inline constexpr std::int64_t kLongestPanelSeconds = 24 * 3600;

/// A case's panel, until an instant in seconds since the epoch.
struct PanelPlace {
    std::string_view connector;
    std::string_view case_external_id;
    std::int64_t expires_s = 0;
    /// What the panel shows is within it: "STOREFRONTS/DESKS", each with commas or "*"; empty for
    /// everything.
    std::string_view scope = {};
};

/// Hex HMAC-SHA256 of "CONNECTOR LF CASE LF EXPIRES" under the secret, and of " LF SCOPE" if there
/// is one. What a desk works out that makes the address itself.
std::string panel_signature(std::string_view secret, const PanelPlace& place);

/// <public_url>/embed/case/CONNECTOR/CASE?expires=SECONDS&signature=HEX, with &scope=SCOPE if there
/// is one.
std::string panel_address(const PanelSettings& settings, const PanelPlace& place);

}  // namespace orderhub::http
