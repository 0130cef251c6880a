#include "listing.hpp"

#include "instant.hpp"

namespace orderhub::vendure {
namespace {

constexpr int kMostPages = 200;  // of one walk in one call
constexpr std::size_t kMostSeen =
    500;  // with the largest page still within the API's limit of 1000

/// Hundreds of orders carry the same millisecond: it cannot be paged through by time.
void step_over(sdk::Call& call, const Listing& listing, Position& position) {
    call.log(OH_LOG_WARN, "more than 500 orders share the " + std::string(listing.field) + " " +
                              format_instant(position.at_ms) + "; the rest of them is passed over");
    position = {position.at_ms + 2, {}};
}

}  // namespace

bool walk(sdk::Call& call, Client& client, const Listing& listing, std::size_t page_size,
          Position& position, const std::function<bool(const json::object& row)>& take) {
    for (int page = 0; page < kMostPages; ++page) {
        if (position.seen.size() > kMostSeen) step_over(call, listing, position);
        json::object filter = listing.filter;
        filter[listing.field] = {{"after", format_instant(position.at_ms - 1)}};
        const std::size_t wanted = page_size + position.seen.size();
        const json::array rows = client.list_orders(call, std::move(filter), listing.field, wanted);
        for (const json::value& each : rows) {
            const json::object& row = as_object(each, "items");
            const std::int64_t instant = parse_instant(required_text(row, listing.field));
            std::string id = id_of(row, "id");
            if (position.has_seen(id, instant)) continue;
            const bool more = take(row);
            position.advance(std::move(id), instant);
            if (!more) return false;
        }
        if (rows.size() < wanted) return true;
    }
    return false;
}

}  // namespace orderhub::vendure
