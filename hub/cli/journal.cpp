#include "hub/cli/journal.hpp"

#include <fmt/format.h>

#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

constexpr std::int64_t kFirstStride = 1024;

/// The first sequence after `after`, 0 if there is none.
Expected<std::int64_t> following(Client& client, std::int64_t after) {
    const auto page = client.get(fmt::format("/api/v1/events?after={}&limit=1", after));
    if (!page) return std::unexpected(page.error());
    return items(page->document, "/items").empty() ? 0 : next_of(page->document);
}

}  // namespace

std::int64_t next_of(const boost::json::value& page) {
    return whole_number(page, "/next");
}

Expected<std::int64_t> last_sequence(Client& client) {
    std::int64_t known = 0;
    std::int64_t none_after = kFirstStride;
    for (std::int64_t stride = kFirstStride;; stride *= 2) {
        none_after = known + stride;
        const auto found = following(client, none_after);
        if (!found) return std::unexpected(found.error());
        if (*found <= none_after) break;
        known = *found;
    }
    while (known < none_after) {
        const std::int64_t middle = known + (none_after - known) / 2;
        const auto found = following(client, middle);
        if (!found) return std::unexpected(found.error());
        if (*found > middle)
            known = *found;
        else
            none_after = middle;
    }
    return known;
}

}  // namespace orderhub::cli
