#include "hub/servicing/reconcile.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <set>

#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/records/postings.hpp"
#include "hub/servicing/records/records.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::uint32_t kEventPage = 500;

bool begins_before(State& state, std::int64_t after, const std::string& instant) {
    const auto next = state.events(after, 1, {});
    return !next.empty() && next.front().at < instant;
}

/// The sequence after which the journal has come to `instant`. Found by halving: the journal is
/// long and the period short.
std::int64_t sequence_before(State& state, const std::string& instant) {
    std::int64_t low = 0;
    std::int64_t high = 1;
    while (begins_before(state, high, instant)) {
        low = high;
        high *= 2;
    }
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (begins_before(state, middle, instant))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::set<std::string> touched(State& state, const domain::Period& period) {
    const std::string begin = to_rfc3339(period.from - kDayMs);
    const std::string end = to_rfc3339(period.to + kDayMs);
    std::set<std::string> ids;
    std::int64_t after = sequence_before(state, begin);
    for (;;) {
        const auto events = state.events(after, kEventPage, {});
        for (const Event& event : events) {
            if (event.at >= end) return ids;
            if (!event.order_id.empty()) ids.insert(event.order_id);
            after = event.sequence;
        }
        if (events.size() < kEventPage) return ids;
    }
}

template <class Value>
bool newest(std::map<std::pair<std::string, std::string>, Value>& all, const std::string& connector,
            Value value) {
    const auto key = std::pair{connector, value.external_id};
    const auto found = all.find(key);
    if (found == all.end()) return all.emplace(key, std::move(value)), true;
    if (found->second.observed_at <= value.observed_at) found->second = std::move(value);
    return false;
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object difference_view(const domain::Difference& from) {
    const auto money = [&](const std::optional<domain::Minor>& amount) {
        return amount ? json::value(domain::to_decimal(*amount, from.currency))
                      : json::value(nullptr);
    };
    return {{"kind", domain::to_text(from.kind)},
            {"side", domain::to_text(from.side)},
            {"code", from.code},
            {"order_id", text_or_null(from.order_id)},
            {"order_number", text_or_null(from.order_number)},
            {"subject", from.subject},
            {"currency", from.currency.code},
            {"ours", money(from.ours)},
            {"theirs", money(from.theirs)},
            {"reason", from.reason}};
}

}  // namespace

std::vector<domain::Order> orders_of_period(State& state, const domain::Period& period) {
    std::vector<domain::Order> orders;
    for (const std::string& id : touched(state, period))
        if (const auto row = state.order(id)) orders.push_back(decode_order(row->document));
    return orders;
}

std::int64_t ask_from(const domain::Period& period, const std::vector<domain::Order>& orders,
                      std::string_view connector) {
    std::int64_t from = period.from - kDayMs;
    for (const domain::Order& order : orders)
        if (order.connector == connector && domain::counts(period, order))
            from = std::min(from, order.placed_at);
    return from;
}

Result<bool> OutsideRecords::add(const std::string& connector, std::string_view kind,
                                 std::string_view text) {
    if (kind == "order") {
        auto order = read_order_record(text);
        if (!order) return std::unexpected(std::move(order).error());
        return newest(orders_, connector, std::move(*order));
    }
    if (kind != "posting") return false;
    auto posting = read_posting_record(text);
    if (!posting) return std::unexpected(std::move(posting).error());
    return newest(postings_, connector, std::move(*posting));
}

std::vector<domain::ShownOrder> OutsideRecords::orders() const {
    std::vector<domain::ShownOrder> all;
    for (const auto& [source, order] : orders_)
        all.push_back({source.first, order});
    return all;
}

std::vector<domain::Posting> OutsideRecords::postings() const {
    std::vector<domain::Posting> all;
    for (const auto& [source, posting] : postings_)
        all.push_back(posting);
    return all;
}

std::vector<domain::Order> orders_to_compare(State& state, const domain::Period& period,
                                             const std::vector<domain::ShownOrder>& shown) {
    std::vector<domain::Order> orders = orders_of_period(state, period);
    std::set<std::string> have;
    for (const domain::Order& order : orders)
        have.insert(order.id);
    for (const domain::ShownOrder& each : shown) {
        const auto row = state.order_by_source(each.connector, each.order.external_id);
        if (row && have.insert(row->id).second) orders.push_back(decode_order(row->document));
    }
    return orders;
}

json::object differences_view(const std::vector<domain::Difference>& differences) {
    json::object counts{{"missing", 0}, {"doubled", 0}, {"different", 0}, {"explained", 0}};
    json::array items;
    for (const domain::Difference& each : differences) {
        json::value& count = counts[domain::to_text(each.kind)];
        count = count.to_number<std::int64_t>() + 1;
        items.push_back(difference_view(each));
    }
    return {{"counts", std::move(counts)}, {"items", std::move(items)}};
}

}  // namespace orderhub::servicing
