#include "hub/http/parked_input.hpp"

#include "hub/http/input.hpp"
#include "hub/http/instant.hpp"
#include "hub/http/problem.hpp"

namespace orderhub::http {

namespace {

constexpr std::uint32_t kDefaultRetries = 1'000;

Checked<std::int64_t> read_instant(std::string_view text) {
    if (text.empty()) return 0;
    const auto instant = parse_instant(text);
    if (instant) return *instant;
    return std::unexpected(problem(400, "bad_parameter",
                                   "The parameter older_than must be a day or an instant, UTC.",
                                   {{"/older_than", "is not a day or instant of the calendar"}}));
}

std::string member(const boost::json::object& body, std::string_view name) {
    const auto* found = body.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

}  // namespace

Checked<WorkFilter> work_filter(const Target& target) {
    WorkFilter filter;
    for (const auto& [name, into] :
         {std::pair{"connector", &filter.connector}, std::pair{"kind", &filter.kind},
          std::pair{"code", &filter.code}, std::pair{"order", &filter.order}}) {
        auto text = text_parameter(target, name);
        if (!text) return std::unexpected(text.error());
        *into = std::move(*text);
    }
    const auto text = text_parameter(target, "older_than");
    if (!text) return std::unexpected(text.error());
    const auto before = read_instant(*text);
    if (!before) return std::unexpected(before.error());
    filter.before_ms = *before;
    return filter;
}

Checked<WorkFilter> work_filter(const boost::json::object& body) {
    WorkFilter filter{member(body, "connector"), member(body, "kind"), member(body, "code"),
                      member(body, "order"), 0};
    const auto before = read_instant(member(body, "older_than"));
    if (!before) return std::unexpected(before.error());
    filter.before_ms = *before;
    return filter;
}

routing::DeliveryQuery delivery_query(const WorkFilter& filter) {
    routing::DeliveryQuery query;
    query.connector = filter.connector;
    query.kind = filter.kind;
    query.error_code = filter.code;
    query.order_id = filter.order;
    query.created_before = filter.before_ms;
    return query;
}

std::optional<routing::MessageQuery> message_query(const WorkFilter& filter,
                                                   store::Transaction& transaction) {
    routing::MessageQuery query;
    query.connector = filter.connector;
    query.kind = filter.kind;
    query.error_code = filter.code;
    query.received_before = filter.before_ms;
    if (filter.order.empty()) return query;
    const auto order = transaction.order(filter.order);
    if (!order || (!query.connector.empty() && query.connector != order->connector))
        return std::nullopt;
    query.connector = order->connector;
    query.order_external_id = order->external_id;
    return query;
}

std::uint32_t retry_limit(const boost::json::object& body) {
    const auto* limit = body.if_contains("limit");
    return limit != nullptr ? limit->to_number<std::uint32_t>() : kDefaultRetries;
}

bool is_dry_run(const boost::json::object& body) {
    const auto* dry_run = body.if_contains("dry_run");
    return dry_run != nullptr && dry_run->as_bool();
}

}  // namespace orderhub::http
