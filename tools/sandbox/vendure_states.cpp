#include <map>
#include <vector>

#include "http_types.hpp"
#include "text.hpp"
#include "vendure_document.hpp"

namespace orderhub::sandbox::vendure {
namespace {

using Table = std::map<std::string, std::vector<std::string_view>>;

const Table kOrder = {
    {"AddingItems", {"ArrangingPayment", "Cancelled"}},
    {"ArrangingPayment", {"PaymentAuthorized", "PaymentSettled", "AddingItems", "Cancelled"}},
    {"PaymentAuthorized",
     {"PaymentSettled", "Cancelled", "Modifying", "ArrangingAdditionalPayment"}},
    {"PaymentSettled",
     {"PartiallyDelivered", "Delivered", "PartiallyShipped", "Shipped", "Cancelled", "Modifying",
      "ArrangingAdditionalPayment"}},
    {"PartiallyShipped", {"Shipped", "PartiallyDelivered", "Cancelled", "Modifying"}},
    {"Shipped", {"PartiallyDelivered", "Delivered", "Cancelled", "Modifying"}},
    {"PartiallyDelivered", {"Delivered", "Cancelled", "Modifying"}},
    {"Delivered", {"Cancelled"}},
};
const Table kPayment = {
    {"Created", {"Authorized", "Settled", "Declined", "Error", "Cancelled"}},
    {"Authorized", {"Settled", "Error", "Cancelled"}},
    {"Settled", {"Cancelled"}},
    {"Declined", {"Cancelled"}},
    {"Error", {"Cancelled"}},
};
const Table kFulfillment = {
    {"Pending", {"Shipped", "Delivered", "Cancelled"}},
    {"Shipped", {"Delivered", "Cancelled"}},
    {"Delivered", {"Cancelled"}},
};

json::array row(const Table& table, const std::string& state) {
    json::array out;
    const auto found = table.find(state);
    if (found == table.end()) return out;
    for (const auto next : found->second)
        out.emplace_back(next);
    return out;
}

json::array line_quantities(const std::vector<LineQuantity>& lines) {
    json::array out;
    for (const LineQuantity& line : lines) {
        out.push_back(
            json::object{{"orderLineId", std::to_string(line.line)}, {"quantity", line.quantity}});
    }
    return out;
}

}  // namespace

json::array next_order_states(const std::string& state) {
    return row(kOrder, state);
}
json::array next_payment_states(const std::string& state) {
    return row(kPayment, state);
}
json::array next_fulfillment_states(const std::string& state) {
    return row(kFulfillment, state);
}

json::object refund_document(const Refund& refund, const Payment& payment) {
    return {{"__typename", "Refund"},
            {"id", std::to_string(refund.id)},
            {"createdAt", iso_milliseconds(refund.created)},
            {"updatedAt", iso_milliseconds(refund.updated)},
            {"items", refund.items},
            {"shipping", refund.shipping},
            {"adjustment", refund.adjustment},
            {"total", refund.total},
            {"method", refund.method},
            {"state", refund.state},
            {"transactionId", text_or_null(refund.transaction)},
            {"reason", text_or_null(refund.reason)},
            {"paymentId", std::to_string(payment.id)},
            {"metadata", json::object{}},
            {"lines", line_quantities(refund.lines)}};
}

json::object payment_document(const Payment& payment) {
    json::array refunds;
    for (const Refund& refund : payment.refunds)
        refunds.push_back(refund_document(refund, payment));
    return {{"__typename", "Payment"},
            {"id", std::to_string(payment.id)},
            {"createdAt", iso_milliseconds(payment.created)},
            {"updatedAt", iso_milliseconds(payment.updated)},
            {"method", payment.method},
            {"amount", payment.amount},
            {"state", payment.state},
            {"transactionId", text_or_null(payment.transaction)},
            {"errorMessage", text_or_null(payment.error)},
            {"metadata", {{"last4", "4242"}}},
            {"nextStates", next_payment_states(payment.state)},
            {"refunds", std::move(refunds)}};
}

json::object fulfillment_document(const Fulfillment& fulfillment) {
    return {{"__typename", "Fulfillment"},
            {"id", std::to_string(fulfillment.id)},
            {"createdAt", iso_milliseconds(fulfillment.created)},
            {"updatedAt", iso_milliseconds(fulfillment.updated)},
            {"state", fulfillment.state},
            {"method", fulfillment.method},
            {"trackingCode", text_or_null(fulfillment.tracking)},
            {"nextStates", next_fulfillment_states(fulfillment.state)},
            {"customFields", {{"carrier", nullptr}}},
            {"lines", line_quantities(fulfillment.lines)}};
}

}  // namespace orderhub::sandbox::vendure
