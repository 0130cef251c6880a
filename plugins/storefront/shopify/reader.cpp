#include "reader.hpp"

#include <algorithm>
#include <vector>

namespace orderhub::shopify {
namespace {

constexpr std::int64_t kPartPageSize = 100;
/// Pages of one list: a shop that never says that a list ends must not keep us.
constexpr int kMostPages = 200;

Json page_of(const std::string& id, std::int64_t first, const std::string& after) {
    return Json::object(
        {{"id", id}, {"first", first}, {"after", after.empty() ? Json() : Json(after)}});
}

/// The cursor behind a page; empty on the last one.
std::string next_of(const Json& connection) {
    const Json& info = connection["pageInfo"];
    const bool has_next = info["hasNextPage"].is_bool() && info["hasNextPage"].boolean();
    return has_next ? info.at("endCursor").text() : std::string();
}

void append(std::vector<Json>& all, const Json& connection) {
    const auto& nodes = connection.at("nodes").items();
    all.insert(all.end(), nodes.begin(), nodes.end());
}

/// The first page of an order; with fewer lines where the shop finds that too expensive.
Json first_page(Client& client, sdk::Call& call, const std::string& id, std::int64_t& first) {
    for (;;) {
        Json order;
        const auto stop = sdk::attempt(
            call, [&] { order = client.send(kOrder, page_of(id, first, ""))["order"]; });
        if (!stop) return order;
        if (stop->code != kTooExpensive || first <= 1) throw sdk::Stop(*stop);
        first = std::max<std::int64_t>(1, first / 2);
    }
}

/// False if the order changed between two pages: its lines may then not fit its head.
bool take_lines(Client& client, const std::string& id, std::int64_t first, Json& order) {
    std::vector<Json> lines;
    append(lines, order.at("lineItems"));
    std::string after = next_of(order.at("lineItems"));
    for (int page = 0; !after.empty() && page < kMostPages; ++page) {
        const Json more = client.send(kLines, page_of(id, first, after)).at("order");
        if (more["updatedAt"] != order["updatedAt"]) return false;
        append(lines, more.at("lineItems"));
        after = next_of(more.at("lineItems"));
    }
    order.set("lineItems", Json::object({{"nodes", Json::array(std::move(lines))}}));
    return true;
}

/// An object of its own with one list in pages, read to its end.
Json read_part(Client& client, const Operation& operation, std::string_view field,
               std::string_view list, const std::string& id) {
    Json part;
    std::vector<Json> rows;
    std::string after;
    for (int page = 0; page < kMostPages; ++page) {
        Json read = client.send(operation, page_of(id, kPartPageSize, after))[field];
        if (read.is_null()) return read;
        append(rows, read.at(list));
        after = next_of(read.at(list));
        if (part.is_null()) part = std::move(read);
        if (after.empty()) break;
    }
    part.set(list, Json::object({{"nodes", Json::array(std::move(rows))}}));
    return part;
}

/// Lists without a cursor: what is beyond the first rows cannot be read.
void warn_if_full(sdk::Call& call, const Json& order, const std::string& number) {
    constexpr std::size_t kMostRows = 50;
    for (const std::string_view list : {"transactions", "fulfillments", "refunds"})
        if (order.at(list).items().size() >= kMostRows)
            call.log(OH_LOG_WARN, "order " + number + " has " + std::to_string(kMostRows) +
                                      " or more " + std::string(list) +
                                      "; those beyond are not read");
}

void take_parts(Client& client, const Operation& operation, std::string_view field,
                std::string_view list, std::string_view parts, Json& order) {
    std::vector<Json> whole;
    for (const Json& each : order.at(parts).items()) {
        Json part = read_part(client, operation, field, list, each.at("id").text());
        if (!part.is_null()) whole.push_back(std::move(part));
    }
    order.set(parts, Json::array(std::move(whole)));
}

}  // namespace

std::optional<OrderDocument> read_order(const Settings& settings, Client& client, sdk::Call& call,
                                        const std::string& number) {
    const std::string id = to_gid("Order", number);
    for (int tries = 0; tries < 3; ++tries) {
        OrderDocument document{{}, call.now()};
        std::int64_t first = settings.line_page_size;
        document.order = first_page(client, call, id, first);
        if (document.order.is_null()) return std::nullopt;
        if (!take_lines(client, id, first, document.order)) continue;
        warn_if_full(call, document.order, number);
        take_parts(client, kFulfilment, "fulfillment", "fulfillmentLineItems", "fulfillments",
                   document.order);
        take_parts(client, kRefund, "refund", "refundLineItems", "refunds", document.order);
        return document;
    }
    throw sdk::retry("order_in_motion", "the order changed while its pages were read");
}

}  // namespace orderhub::shopify
