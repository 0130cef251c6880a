#include "hub/domain/words.hpp"

#include <cstddef>

namespace orderhub::domain {

namespace {

template <std::size_t N, class Enum>
std::string_view word(const char* const (&names)[N], Enum value) {
    return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_text(LineKind kind) {
    return word({"product", "delivery", "fee"}, kind);
}
std::string_view to_text(ChangeKind kind) {
    return word({"cancel", "return", "add", "adjust"}, kind);
}
std::string_view to_text(PaymentState state) {
    return word({"pending", "authorized", "captured", "declined", "failed", "cancelled"}, state);
}
std::string_view to_text(MoneyState state) {
    return word({"intent", "sent", "unknown", "pending", "succeeded", "failed"}, state);
}
std::string_view to_text(FulfilmentState state) {
    return word({"pending", "shipped", "delivered", "cancelled"}, state);
}
std::string_view to_text(MemoState state) {
    return word({"queued", "unknown", "posted", "differs", "refused"}, state);
}
std::string_view to_text(Decision decision) {
    return word({"none", "suggested", "linked"}, decision);
}

}  // namespace orderhub::domain
