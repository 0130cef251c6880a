#include "hub/servicing/returns.hpp"

#include <algorithm>

#include "hub/domain/return_orders.hpp"
#include "hub/servicing/codec/codec.hpp"
#include "hub/servicing/views/view.hpp"

namespace orderhub::servicing {

namespace {

namespace json = boost::json;

json::object entry_view(const domain::ReturnOrder& each, const domain::Order& order) {
    json::array lines;
    for (const domain::Line& line : order.lines)
        if (std::ranges::find(each.lines, line.id, &domain::ReturnLine::line_id) !=
            each.lines.end())
            lines.push_back({{"id", line.id}, {"name", line.name}, {"sku", line.sku}});
    return {{"order_id", order.id},
            {"order_number", order.number},
            {"order_version", order.version},
            {"connector", order.connector},
            {"customer", order.customer.name},
            {"currency", order.currency.code},
            {"return_order", return_order_view(each, order)},
            {"lines", std::move(lines)}};
}

}  // namespace

json::object returns_page(State& state, const std::string& text, std::uint32_t limit) {
    const bool all = text.empty();
    json::array items;
    const std::string searched = all ? std::string(kExpectedReturn) : text;
    for (const OrderRow& row : state.find_orders({.text = searched, .limit = limit})) {
        const domain::Order order = decode_order(row.document);
        for (const domain::ReturnOrder& each : order.return_orders)
            if (!all || domain::may_receive(each.state)) items.push_back(entry_view(each, order));
    }
    return {{"items", std::move(items)}};
}

}  // namespace orderhub::servicing
