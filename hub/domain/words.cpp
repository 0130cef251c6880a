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
    return word({"cancel", "return", "discount", "fee", "add", "adjust", "refund", "chargeback"},
                kind);
}
std::string_view to_text(PaymentState state) {
    return word({"pending", "authorized", "captured", "declined", "failed", "cancelled"}, state);
}
std::string_view to_text(MoneyState state) {
    return word({"intent", "reserved", "sent", "unknown", "pending", "succeeded", "failed"}, state);
}
std::string_view to_text(FulfilmentState state) {
    return word({"draft", "pending", "shipped", "delivered", "cancelled"}, state);
}
std::string_view to_text(DocumentState state) {
    return word({"queued", "unknown", "posted", "differs", "refused"}, state);
}
std::string_view to_text(Stage stage) {
    return word({"pre", "in", "post"}, stage);
}
std::string_view to_text(RefundKind kind) {
    return word({"change", "excess", "goodwill", "transfer", "foreign"}, kind);
}
std::string_view to_text(OperationKind kind) {
    return word({"capture", "reverse"}, kind);
}
std::string_view to_text(FulfilmentKind kind) {
    return word({"standard", "reship"}, kind);
}
std::string_view to_text(ReturnState state) {
    return word(
        {"draft", "submitted", "approved", "partly_received", "received", "closed", "cancelled"},
        state);
}
std::string_view to_text(ExceptionState state) {
    return word({"active", "ignored", "resolved"}, state);
}
std::string_view to_text(Relation relation) {
    return word({"exchange", "exchanged"}, relation);
}
std::string_view to_text(Decision decision) {
    return word({"none", "suggested", "linked"}, decision);
}

}  // namespace orderhub::domain
