// The GraphQL documents that the connector sends. One root field each: with an API key every root
// field costs the shop a slow key check of its own. No custom fields, so that any shop answers
// them.
#pragma once

#include <string_view>

namespace orderhub::vendure {

inline constexpr std::string_view kLogin =
    "mutation Login($u: String!, $p: String!) { login(username: $u, password: $p) {"
    " __typename ... on CurrentUser { id } ... on ErrorResult { errorCode message } } }";

/// What the digest of an order is made of (see digest.hpp), without the order itself.
inline constexpr std::string_view kOrderRows =
    "query OrderRows($o: OrderListOptions) { orders(options: $o) { items {"
    " id state active updatedAt orderPlacedAt totalWithTax"
    " payments { id state amount refunds { id state total transactionId } }"
    " fulfillments { id state trackingCode }"
    " history(options: {take: 1}) { totalItems } } } }";

inline constexpr std::string_view kOrder = R"(
fragment Address on OrderAddress {
  fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber }
fragment Reduction on Discount { type description amount amountWithTax }
query Order($id: ID!, $h: HistoryEntryListOptions) { order(id: $id) {
  id code state active updatedAt orderPlacedAt currencyCode total totalWithTax
  taxSummary { description taxRate }
  channels { code pricesIncludeTax }
  customer { id firstName lastName emailAddress phoneNumber }
  shippingAddress { ...Address }
  billingAddress { ...Address }
  lines { id quantity orderPlacedQuantity
    productVariant { sku name }
    unitPrice unitPriceWithTax proratedUnitPrice proratedUnitPriceWithTax
    linePrice linePriceWithTax proratedLinePrice proratedLinePriceWithTax
    discounts { ...Reduction } taxLines { description taxRate } }
  shippingLines { id discountedPrice discountedPriceWithTax
    shippingMethod { code name } discounts { ...Reduction } }
  surcharges { id description sku price priceWithTax taxLines { description taxRate } }
  payments { id method state amount transactionId errorMessage createdAt
    refunds { id state total reason transactionId createdAt } }
  fulfillments { id state method trackingCode updatedAt lines { orderLineId quantity } }
  history(options: $h) { totalItems items { id type createdAt data } } } })";

inline constexpr std::string_view kHistory =
    "query History($id: ID!, $h: HistoryEntryListOptions) { order(id: $id) {"
    " history(options: $h) { totalItems items { id type createdAt data } } } }";

inline constexpr std::string_view kRefund =
    "mutation Refund($i: RefundOrderInput!) { refundOrder(input: $i) {"
    " __typename ... on Refund { id state transactionId }"
    " ... on ErrorResult { errorCode message }"
    " ... on RefundAmountError { maximumRefundable }"
    " ... on RefundStateTransitionError { transitionError } } }";

inline constexpr std::string_view kCancel =
    "mutation Cancel($i: CancelOrderInput!) { cancelOrder(input: $i) {"
    " __typename ... on Order { id }"
    " ... on ErrorResult { errorCode message }"
    " ... on OrderStateTransitionError { transitionError } } }";

inline constexpr std::string_view kFulfil =
    "mutation Fulfil($i: FulfillOrderInput!) { addFulfillmentToOrder(input: $i) {"
    " __typename ... on Fulfillment { id state }"
    " ... on ErrorResult { errorCode message }"
    " ... on CreateFulfillmentError { fulfillmentHandlerError }"
    " ... on FulfillmentStateTransitionError { transitionError } } }";

inline constexpr std::string_view kMoveFulfilment =
    "mutation MoveFulfilment($id: ID!, $s: String!) {"
    " transitionFulfillmentToState(id: $id, state: $s) {"
    " __typename ... on Fulfillment { id state }"
    " ... on ErrorResult { errorCode message }"
    " ... on FulfillmentStateTransitionError { transitionError } } }";

inline constexpr std::string_view kNote =
    "mutation Note($i: AddNoteToOrderInput!) { addNoteToOrder(input: $i) { __typename id } }";

inline constexpr std::string_view kSettle =
    "mutation Settle($id: ID!) { settlePayment(id: $id) {"
    " __typename ... on Payment { id state }"
    " ... on ErrorResult { errorCode message }"
    " ... on SettlePaymentError { paymentErrorMessage }"
    " ... on PaymentStateTransitionError { transitionError }"
    " ... on OrderStateTransitionError { transitionError } } }";

inline constexpr std::string_view kVoid =
    "mutation Void($id: ID!) { cancelPayment(id: $id) {"
    " __typename ... on Payment { id state }"
    " ... on ErrorResult { errorCode message }"
    " ... on CancelPaymentError { paymentErrorMessage }"
    " ... on PaymentStateTransitionError { transitionError } } }";

}  // namespace orderhub::vendure
