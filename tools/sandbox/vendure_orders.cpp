#include "vendure_orders.hpp"

#include <algorithm>
#include <map>

#include "vendure.hpp"
#include "vendure_document.hpp"
#include "vendure_totals.hpp"

namespace orderhub::sandbox::vendure {
namespace {

constexpr std::int64_t kMaxTake = 1000;

struct Page {
    std::size_t skip = 0;
    std::size_t take = kMaxTake;
};

Page page_of(const json::object& options) {
    const std::int64_t take = int_of(options, "take", kMaxTake);
    if (take > kMaxTake) {
        throw TopLevelError("Cannot take more than 1000 results from a list query",
                            "USER_INPUT_ERROR");
    }
    return {static_cast<std::size_t>(std::max<std::int64_t>(int_of(options, "skip"), 0)),
            static_cast<std::size_t>(std::max<std::int64_t>(take, 0))};
}

template <typename T>
int compare(const T& a, const T& b) {
    return a < b ? -1 : (b < a ? 1 : 0);
}

int compare_by(const std::string& key, const Order& a, const Order& b) {
    if (key == "updatedAt") return compare(a.updated, b.updated);
    if (key == "createdAt") return compare(a.created, b.created);
    if (key == "orderPlacedAt") return compare(a.placed, b.placed);
    if (key == "code") return compare(a.code, b.code);
    if (key == "state") return compare(a.state, b.state);
    if (key == "totalWithTax") {
        return compare(order_figures(a).total.gross, order_figures(b).total.gross);
    }
    return compare(a.id, b.id);
}

bool sorts_before(const json::object& sort, const Order& a, const Order& b) {
    for (const auto& [key, direction] : sort) {
        const int order = compare_by(std::string(key), a, b);
        if (order != 0) return (order < 0) == (scalar_text(direction) == "ASC");
    }
    return a.id < b.id;
}

}  // namespace

bool visible(const Channel& channel, const Order& order) {
    return channel.id == 1 || channel.token == order.channel;
}

json::value list_orders(const State& state, const Channel& channel, const json::object& options) {
    const Page page = page_of(options);
    const auto& filter = object_of(options, "filter");
    std::vector<const Order*> found;
    for (const Order& order : state.orders) {
        if (visible(channel, order) && passes(filter, order)) found.push_back(&order);
    }
    const auto& sort = object_of(options, "sort");
    std::sort(found.begin(), found.end(),
              [&](const Order* a, const Order* b) { return sorts_before(sort, *a, *b); });
    json::array items;
    for (std::size_t i = page.skip; i < found.size() && items.size() < page.take; ++i) {
        items.push_back(order_document(state, *found[i]));
    }
    return json::object{{"totalItems", found.size()}, {"items", std::move(items)}};
}

json::value one_order(const State& state, const Channel& channel, const std::string& id) {
    for (const Order& order : state.orders) {
        if (std::to_string(order.id) == id && visible(channel, order)) {
            return order_document(state, order);
        }
    }
    return nullptr;
}

namespace {

json::object customer_address(const Order& order) {
    const Address& from = order.shipping_address;
    return {{"id", std::to_string(order.id)},
            {"fullName", from.full_name},
            {"streetLine1", from.street1},
            {"streetLine2", from.street2},
            {"city", from.city},
            {"postalCode", from.postal_code},
            {"country", {{"code", from.country_code}, {"name", from.country}}},
            {"phoneNumber", from.phone}};
}

}  // namespace

json::value list_customers(const State& state, const json::object& options) {
    const Page page = page_of(options);
    const auto& wanted = object_of(object_of(options, "filter"), "emailAddress");
    std::map<std::int64_t, json::object> customers;
    std::map<std::int64_t, std::int64_t> orders;
    for (const Order& order : state.orders) {
        const std::string eq = text_of(wanted, "eq", order.customer.email);
        if (order.customer.email != eq) continue;
        const auto [one, made] =
            customers.emplace(order.customer.id, customer_document(order.customer));
        if (made) one->second["addresses"] = json::array{customer_address(order)};
        ++orders[order.customer.id];
    }
    json::array items;
    std::size_t index = 0;
    for (auto& [id, customer] : customers) {
        customer["orders"] = json::object{{"totalItems", orders[id]}, {"items", json::array{}}};
        if (index++ >= page.skip && items.size() < page.take) items.push_back(customer);
    }
    return json::object{{"totalItems", customers.size()}, {"items", std::move(items)}};
}

}  // namespace orderhub::sandbox::vendure
