#include "hub/domain/order.hpp"

#include <algorithm>
#include <charconv>

namespace orderhub::domain {

namespace {

template <class Range, class Key, class Projection>
auto* find_in(Range& range, const Key& key, Projection projection) {
    const auto found = std::ranges::find(range, key, projection);
    return found == range.end() ? nullptr : &*found;
}

/// Ids are given in turn ("l1", "l2", ...), so a line stands where its id says; orders have
/// thousands.
template <class Lines>
auto* line_by_id(Lines& lines, std::string_view id) {
    std::size_t place = 0;
    if (id.size() > 1) std::from_chars(id.data() + 1, id.data() + id.size(), place);
    if (place > 0 && place <= lines.size() && lines[place - 1].id == id) return &lines[place - 1];
    return find_in(lines, id, &Line::id);
}

}  // namespace

Line* find_line(Order& order, std::string_view id) {
    return line_by_id(order.lines, id);
}
const Line* find_line(const Order& order, std::string_view id) {
    return line_by_id(order.lines, id);
}
Line* find_line_by_external_id(Order& order, std::string_view external_id) {
    return find_in(order.lines, external_id, &Line::external_id);
}
ChangeOrder* find_change_order(Order& order, std::string_view id) {
    return find_in(order.change_orders, id, &ChangeOrder::id);
}
Payment* find_payment(Order& order, std::string_view external_id) {
    return find_in(order.payments, external_id, &Payment::external_id);
}
const Payment* find_payment(const Order& order, std::string_view external_id) {
    return find_in(order.payments, external_id, &Payment::external_id);
}
Fulfilment* find_fulfilment(Order& order, std::string_view id) {
    return find_in(order.fulfilments, id, &Fulfilment::id);
}
ReturnOrder* find_return_order(Order& order, std::string_view id) {
    return find_in(order.return_orders, id, &ReturnOrder::id);
}
const ReturnOrder* find_return_order(const Order& order, std::string_view id) {
    return find_in(order.return_orders, id, &ReturnOrder::id);
}

std::unordered_map<std::string_view, std::size_t> index_of_lines(const Order& order) {
    std::unordered_map<std::string_view, std::size_t> index;
    index.reserve(order.lines.size());
    for (std::size_t i = 0; i < order.lines.size(); ++i)
        index.emplace(order.lines[i].id, i);
    return index;
}

bool is_container(const Order& order, const Line& line) {
    return std::ranges::any_of(order.lines,
                               [&](const Line& each) { return each.bundle == line.id; });
}

const ProcessException* suspension(const Order& order) {
    const auto found = std::ranges::find_if(order.exceptions, [](const ProcessException& each) {
        return each.suspends && each.state == ExceptionState::active;
    });
    return found == order.exceptions.end() ? nullptr : &*found;
}

}  // namespace orderhub::domain
