// Lists that come in pages.
#pragma once

#include <orderhub/rest.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace orderhub::sdk {

/// The address `link` as it stands on the page at `base`: absolute, "/path", "?query" or empty.
inline std::string absolute_url(std::string_view base, std::string_view link) {
    if (link.empty() || link.find("://") != link.npos) return std::string(link);
    const std::size_t host = base.find("://") == base.npos ? 0 : base.find("://") + 3;
    const std::size_t path = std::min(base.find_first_of("/?#", host), base.size());
    if (link.starts_with('/')) return std::string(base.substr(0, path)) + std::string(link);
    if (link.starts_with('?')) return std::string(base.substr(0, std::min(base.find_first_of("?#", host), base.size()))) + std::string(link);
    const std::string_view folder = base.substr(0, std::min(base.find_first_of("?#", host), base.size()));
    const std::size_t slash = folder.rfind('/');
    return std::string(slash == folder.npos || slash < path ? std::string(folder) + "/" : folder.substr(0, slash + 1)) + std::string(link);
}

/// The address with rel="next" in the header Link (RFC 8288); empty on the last page.
inline std::string next_link(const HttpResponse& response) {
    std::string_view rest = response.header("link");
    while (!rest.empty()) {
        const std::size_t open = rest.find('<');
        const std::size_t close = rest.find('>', open == rest.npos ? rest.size() : open);
        if (close == rest.npos) return {};
        const std::string_view target = rest.substr(open + 1, close - open - 1);
        rest.remove_prefix(close + 1);
        const std::string_view parameters = rest.substr(0, std::min(rest.find('<'), rest.size()));
        if (parameters.find("rel=\"next\"") != parameters.npos || parameters.find("rel=next") != parameters.npos)
            return std::string(target);
        rest.remove_prefix(parameters.size());
    }
    return {};
}

/// Reads page after page of a list. `take(page)` gets each page's document and returns false to stop; `next(response,
/// page)` gives the address of the next one, empty on the last. True if the list was read to its end; false if `take`
/// stopped it or if the call's time is running out, so that the cursor must stay on what was read. Throws Stop as
/// send_json does, and retry for a list that leads back to an address that was read already.
template <class Next, class Take>
bool for_each_page(Call& call, HttpRequest request, Next&& next, Take&& take) {
    std::vector<std::string> seen;
    while (!request.url.empty()) {
        if (std::find(seen.begin(), seen.end(), request.url) != seen.end())
            throw retry("page_loop", "the list of pages leads in a circle");
        seen.push_back(request.url);
        const HttpResponse response = call.http(request);
        const Json page = json_of(response, request.effect);
        if (!take(page)) return false;
        request.url = absolute_url(seen.back(), next(response, page));
        if (!request.url.empty() && !call.has_time()) return false;
    }
    return true;
}

}  // namespace orderhub::sdk
