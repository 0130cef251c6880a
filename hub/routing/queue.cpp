#include "hub/routing/queue.hpp"

#include <array>
#include <utility>

namespace orderhub::routing {

namespace {

constexpr std::array<std::pair<DeliveryState, std::string_view>, 6> kDeliveryStates{{
    {DeliveryState::waiting, "waiting"},
    {DeliveryState::in_flight, "in_flight"},
    {DeliveryState::unknown, "unknown"},
    {DeliveryState::done, "done"},
    {DeliveryState::parked, "parked"},
    {DeliveryState::dropped, "dropped"},
}};

}  // namespace

std::string_view to_text(DeliveryState state) {
    for (const auto& [known, text] : kDeliveryStates)
        if (known == state) return text;
    return "waiting";
}

std::optional<DeliveryState> delivery_state(std::string_view text) {
    for (const auto& [state, known] : kDeliveryStates)
        if (known == text) return state;
    return std::nullopt;
}

std::string_view to_text(InboxState state) {
    switch (state) {
        case InboxState::waiting:
            return "waiting";
        case InboxState::working:
            return "working";
        case InboxState::done:
            return "done";
        case InboxState::parked:
            return "parked";
        case InboxState::dropped:
            return "dropped";
    }
    return "parked";
}

}  // namespace orderhub::routing
