// What is asked of the Admin API. Each text is one operation; its name is what logs and tests know
// it by. Only amounts in the customer's currency are asked for: each one less costs a point.
#pragma once

#include <string_view>

namespace orderhub::shopify {

/// An operation of the Admin API.
struct Operation {
    std::string_view name;
    std::string_view text;
    bool writes = false;
};

inline constexpr Operation kAccess{"HubAccess", R"(query HubAccess {
  shop { myshopifyDomain currencyCode }
  currentAppInstallation { accessScopes { handle } }
})"};

inline constexpr Operation kChanged{
    "HubChanged", R"(query HubChanged($query: String!, $first: Int!, $after: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { id updatedAt }
  }
})"};

inline constexpr Operation kOrder{"HubOrder",
                                  R"(query HubOrder($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    id name createdAt processedAt updatedAt cancelledAt cancelReason cancellation { staffNote }
    presentmentCurrencyCode taxesIncluded email phone note sourceName
    displayFinancialStatus displayFulfillmentStatus
    customer { id displayName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
    purchasingEntity { ... on PurchasingCompany { company { id name } } }
    shippingAddress { ...Address } billingAddress { ...Address }
    totalPriceSet { ...Bag } totalTaxSet { ...Bag }
    currentTotalPriceSet { ...Bag } currentTotalTaxSet { ...Bag }
    currentTotalDutiesSet { ...Bag } currentTotalAdditionalFeesSet { ...Bag }
    shippingLines(first: 5, includeRemovals: true) { nodes {
      id title code isRemoved originalPriceSet { ...Bag } discountedPriceSet { ...Bag }
      discountAllocations { ...Share } taxLines { ...Tax } } }
    transactions(first: 50) { id kind status gateway paymentId processedAt
      amountSet { ...Bag } totalUnsettledSet { ...Bag } parentTransaction { id } }
    fulfillments(first: 50) { id }
    refunds(first: 50) { id }
    lineItems(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes {
      id name sku quantity currentQuantity originalUnitPriceSet { ...Bag } originalTotalSet { ...Bag }
      discountAllocations { ...Share } taxLines { ...Tax } } }
  }
}
fragment Bag on MoneyBag { presentmentMoney { amount currencyCode } }
fragment Tax on TaxLine { title rate priceSet { ...Bag } }
fragment Share on DiscountAllocation { allocatedAmountSet { ...Bag } discountApplication { allocationMethod
  ... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title }
  ... on ManualDiscountApplication { title } ... on ScriptDiscountApplication { title } } }
fragment Address on MailingAddress { name company address1 address2 city provinceCode zip countryCodeV2 phone })"};

inline constexpr Operation kLines{"HubLines",
                                  R"(query HubLines($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    updatedAt
    lineItems(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes {
      id name sku quantity currentQuantity originalUnitPriceSet { ...Bag } originalTotalSet { ...Bag }
      discountAllocations { ...Share } taxLines { title rate priceSet { ...Bag } } } }
  }
}
fragment Bag on MoneyBag { presentmentMoney { amount currencyCode } }
fragment Share on DiscountAllocation { allocatedAmountSet { ...Bag } discountApplication { allocationMethod
  ... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title }
  ... on ManualDiscountApplication { title } ... on ScriptDiscountApplication { title } } })"};

inline constexpr Operation kFulfilment{
    "HubFulfilment", R"(query HubFulfilment($id: ID!, $first: Int!, $after: String) {
  fulfillment(id: $id) {
    id status displayStatus createdAt updatedAt trackingInfo(first: 1) { company number url }
    fulfillmentLineItems(first: $first, after: $after) { pageInfo { hasNextPage endCursor }
      nodes { quantity lineItem { id } } }
  }
})"};

inline constexpr Operation kRefund{"HubRefund",
                                   R"(query HubRefund($id: ID!, $first: Int!, $after: String) {
  refund(id: $id) {
    id note createdAt transactions(first: 20) { nodes { id } }
    refundShippingLines(first: 5) { nodes { subtotalAmountSet { ...Bag } taxAmountSet { ...Bag } } }
    refundLineItems(first: $first, after: $after) { pageInfo { hasNextPage endCursor }
      nodes { quantity restockType lineItem { id } subtotalSet { ...Bag } totalTaxSet { ...Bag } } }
  }
}
fragment Bag on MoneyBag { presentmentMoney { amount currencyCode } })"};

inline constexpr Operation kParcels{"HubParcels",
                                    R"(query HubParcels($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    fulfillmentOrders(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes {
      id status supportedActions { action } assignedLocation { location { id } }
      lineItems(first: 100) { nodes { id remainingQuantity lineItem { id } } } } }
  }
})"};

inline constexpr Operation kMark{"HubMark", R"(query HubMark($id: ID!, $key: String!) {
  order(id: $id) { metafield(namespace: "orderhub", key: $key) { value } }
})"};

inline constexpr Operation kJob{"HubJob", "query HubJob($id: ID!) { job(id: $id) { done } }"};

inline constexpr Operation kMakeRefund{
    "HubMakeRefund", R"(mutation HubMakeRefund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund { id } userErrors { field message } }
})",
    true};

inline constexpr Operation kCancel{
    "HubCancel",
    R"(mutation HubCancel($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notify: Boolean, $note: String) {
  orderCancel(orderId: $id, reason: $reason, restock: $restock, notifyCustomer: $notify, staffNote: $note,
      refundMethod: { originalPaymentMethodsRefund: false }) {
    job { id done } orderCancelUserErrors { field message code } }
})",
    true};

inline constexpr Operation kCapture{"HubCapture",
                                    R"(mutation HubCapture($input: OrderCaptureInput!) {
  orderCapture(input: $input) { transaction { id status } userErrors { field message } }
})",
                                    true};

inline constexpr Operation kVoid{"HubVoid", R"(mutation HubVoid($id: ID!) {
  transactionVoid(parentTransactionId: $id) { transaction { id status } userErrors { field message code } }
})",
                                 true};

/// Writes the same however often it is sent.
inline constexpr Operation kSetMark{"HubSetMark",
                                    R"(mutation HubSetMark($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { userErrors { field message code } }
})"};

inline constexpr Operation kFulfil{"HubFulfil",
                                   R"(mutation HubFulfil($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
})",
                                   true};

inline constexpr Operation kTrack{
    "HubTrack",
    R"(mutation HubTrack($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean) {
  fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
    fulfillment { id } userErrors { field message } }
})",
    true};

inline constexpr Operation kDelivered{"HubDelivered",
                                      R"(mutation HubDelivered($event: FulfillmentEventInput!) {
  fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { id } userErrors { field message } }
})",
                                      true};

inline constexpr Operation kCancelFulfilment{"HubCancelFulfilment",
                                             R"(mutation HubCancelFulfilment($id: ID!) {
  fulfillmentCancel(id: $id) { fulfillment { id } userErrors { field message } }
})",
                                             true};

inline constexpr Operation kNote{"HubNote", R"(mutation HubNote($input: OrderInput!) {
  orderUpdate(input: $input) { order { id } userErrors { field message } }
})",
                                 true};

}  // namespace orderhub::shopify
