#include "hub/domain/plan.hpp"

#include <iterator>

namespace orderhub::domain {

namespace {

constexpr std::pair<ActionKind, std::string_view> kWords[] = {
    {ActionKind::cancel, "cancel"},
    {ActionKind::discount, "discount"},
    {ActionKind::appease, "appease"},
    {ActionKind::reship, "reship"},
    {ActionKind::return_, "return"},
    {ActionKind::exchange, "exchange"},
    {ActionKind::refund, "refund"},
    {ActionKind::retry_refund, "retry-refund"},
    {ActionKind::open_return, "open-return"},
    {ActionKind::submit_return, "submit-return"},
    {ActionKind::approve_return, "approve-return"},
    {ActionKind::receive_return, "receive-return"},
    {ActionKind::close_return, "close-return"},
    {ActionKind::cancel_return, "cancel-return"},
    {ActionKind::fulfil, "fulfil"},
    {ActionKind::update_fulfilment, "update-fulfilment"},
    {ActionKind::capture, "capture"},
    {ActionKind::reverse_authorization, "reverse-authorization"},
    {ActionKind::record_payment, "record-payment"},
    {ActionKind::suspend, "suspend"},
    {ActionKind::resolve_exception, "resolve-exception"},
};

constexpr bool in_order() {
    for (std::size_t i = 0; i < std::size(kWords); ++i)
        if (static_cast<std::size_t>(kWords[i].first) != i) return false;
    return std::size(kWords) == static_cast<std::size_t>(ActionKind::resolve_exception) + 1;
}
static_assert(in_order(), "every action has its word, at its own place");

}  // namespace

std::string_view to_text(ActionKind action) {
    return kWords[static_cast<std::size_t>(action)].second;
}

std::optional<ActionKind> action_kind(std::string_view text) {
    for (const auto& [action, word] : kWords)
        if (word == text) return action;
    return std::nullopt;
}

Result<void> check_open(const Order& order, ActionKind action) {
    if (!order.managed)
        return fail(ErrorKind::Conflict, "unmanaged",
                    "the order is shown only; another system manages it");
    if (action == ActionKind::resolve_exception) return {};
    if (const ProcessException* exception = suspension(order))
        return fail(ErrorKind::Conflict, "suspended",
                    "the order is suspended: " + exception->message);
    return {};
}

}  // namespace orderhub::domain
