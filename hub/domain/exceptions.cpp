#include <algorithm>

#include "hub/domain/snapshot.hpp"

namespace orderhub::domain {

namespace {

ProcessException* find_active(Order& order, std::string_view code, std::string_view subject) {
    const auto found = std::ranges::find_if(order.exceptions, [&](const ProcessException& each) {
        return each.active && each.code == code && each.subject == subject;
    });
    return found == order.exceptions.end() ? nullptr : &*found;
}

}  // namespace

bool raise_exception(Order& order, ProcessException exception) {
    if (ProcessException* known = find_active(order, exception.code, exception.subject)) {
        known->message = std::move(exception.message);
        return false;
    }
    order.exceptions.push_back(std::move(exception));
    return true;
}

bool resolve_exception(Order& order, std::string_view code, std::string_view subject,
                       std::int64_t at) {
    ProcessException* known = find_active(order, code, subject);
    if (known == nullptr) return false;
    known->active = false;
    known->resolved_at = at;
    return true;
}

}  // namespace orderhub::domain
