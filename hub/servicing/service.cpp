#include "hub/servicing/service.hpp"

#include <deque>
#include <iterator>

#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/customers/customers.hpp"
#include "hub/servicing/desk.hpp"
#include "hub/servicing/event_view.hpp"
#include "hub/servicing/records/postings.hpp"
#include "hub/servicing/records/records.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

json::object order_summary(const OrderRow& row) {
    return {{"id", row.id},
            {"version", row.version},
            {"number", row.number},
            {"connector", row.connector},
            {"external_id", row.external_id},
            {"customer", {{"name", row.customer_name}, {"email", row.email}}},
            {"status", row.status},
            {"currency", row.currency},
            {"total", row.grand_total},
            {"has_exception", row.has_exception},
            {"placed_at", row.placed_at},
            {"updated_at", row.updated_at}};
}

json::object case_summary(const CaseRow& row) {
    return {{"id", row.id},
            {"connector", row.connector},
            {"external_id", row.external_id},
            {"subject", row.subject},
            {"requester_email", row.requester_email},
            {"state", row.state},
            {"decision", row.decision},
            {"order_id", row.order_id.empty() ? json::value(nullptr) : json::value(row.order_id)},
            {"updated_at", row.updated_at}};
}

/// The order's version that an event led to; 0 if it did not change the order.
std::int64_t version_of(const json::object& event) {
    const auto* data = event.at("data").if_object();
    const auto* version = data == nullptr ? nullptr : data->if_contains("order_version");
    return version != nullptr && version->is_int64() ? version->get_int64() : 0;
}

/// A page of rows; a full page has a next one.
template <class Row, class View>
json::object page(const std::vector<Row>& rows, std::uint32_t limit, View view) {
    json::array items;
    for (const Row& row : rows)
        items.push_back(view(row));
    json::value next = nullptr;
    if (!rows.empty() && rows.size() >= limit) next = rows.back().id;
    return {{"items", std::move(items)}, {"next", std::move(next)}};
}

}  // namespace

Result<void> Service::apply_record(State& state, const Request& request, std::string_view connector,
                                   std::string_view kind, std::string_view json) const {
    const Work work{state, request, settings_};
    if (kind == "order") return apply_order_record(work, connector, json);
    if (kind == "case") return apply_case_record(work, connector, json);
    if (kind == "posting") return apply_posting_record(work, connector, json);
    if (kind == "refund") return apply_refund_record(work, connector, json);
    return fail(ErrorKind::Invalid, "unknown_record",
                "there is no record of kind " + std::string(kind));
}

Result<json::object> Service::order(State& state, std::string_view order_id) const {
    const auto row = state.order(order_id);
    if (!row)
        return fail(ErrorKind::NotFound, "no_such_order",
                    "there is no order " + std::string(order_id));
    json::object view = order_view(decode_order(row->document), state.steps(order_id),
                                   state.find_cases({.order_id = std::string(order_id)}));
    view["customer_id"] = row->customer_id;
    view["account_id"] = row->account_id;
    return view;
}

json::object Service::orders(State& state, const OrderQuery& query) const {
    return page(state.find_orders(about_customer(state, query)), query.limit, order_summary);
}

// What is suggested for it may be out of the caller's sight, while the case is not.
Result<json::object> Service::case_(State& state, std::string_view case_id) const {
    const auto row = state.case_by_id(case_id);
    if (!row)
        return fail(ErrorKind::NotFound, "no_such_case",
                    "there is no case " + std::string(case_id));
    auto document = decode_case(row->document);
    const auto is_hidden = [&](const std::string& order_id) {
        return state.order_document(order_id).empty();
    };
    std::erase_if(document.suggestions, [&](const auto& each) { return is_hidden(each.order_id); });
    std::erase_if(document.rejected_orders, is_hidden);
    json::object view = case_view(document);
    view["customer_id"] = row->customer_id;
    return view;
}

json::object Service::cases(State& state, const CaseQuery& query) const {
    return page(state.find_cases(about_customer(state, query)), query.limit, case_summary);
}

json::object Service::events(State& state, std::int64_t after, std::uint32_t limit,
                             std::string_view order_id) const {
    json::array items;
    std::int64_t next = after;
    for (const Event& event : state.events(after, limit, order_id)) {
        items.push_back(event_view(event));
        next = event.sequence;
    }
    return {{"items", std::move(items)}, {"next", next}};
}

json::array Service::changes_since(State& state, std::string_view order_id,
                                   std::int64_t version) const {
    constexpr std::uint32_t kPage = 200;
    constexpr std::size_t kMost = 20;
    std::deque<json::object> newest;
    std::int64_t after = 0;
    for (bool more = true; more;) {
        const std::vector<Event> events = state.events(after, kPage, order_id);
        for (const Event& event : events) {
            after = event.sequence;
            json::object view = event_view(event);
            if (version_of(view) > version) newest.push_back(std::move(view));
            if (newest.size() > kMost) newest.pop_front();
        }
        more = events.size() == kPage;
    }
    return json::array(std::make_move_iterator(newest.begin()),
                       std::make_move_iterator(newest.end()));
}

}  // namespace orderhub::servicing
