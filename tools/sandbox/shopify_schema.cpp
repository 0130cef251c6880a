#include "shopify.hpp"

namespace orderhub::sandbox::shopify {
namespace {

// Taken from Shopify's published schema of version 2026-10: the members that a client of orders
// asks for, each with its arguments and its type. Enums and scalars are leaves.
constexpr std::string_view kTypes = R"(
type Query { shop: Shop! currentAppInstallation: AppInstallation! orders(first: Int after: String
  query: String sortKey: OrderSortKeys): OrderConnection! order(id: ID!): Order fulfillment(id:
  ID!): Fulfillment refund(id: ID!): Refund job(id: ID!): Job }
union PurchasingEntity = PurchasingCompany
type Shop { myshopifyDomain: String! currencyCode: CurrencyCode! }
type AppInstallation { accessScopes: [AccessScope!]! }
type AccessScope { handle: String! }
type OrderConnection { pageInfo: PageInfo! nodes: [Order!]! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Order { id: ID! updatedAt: DateTime! name: String! createdAt: DateTime! processedAt:
  DateTime! cancelledAt: DateTime cancelReason: OrderCancelReason cancellation: OrderCancellation
  presentmentCurrencyCode: CurrencyCode! taxesIncluded: Boolean! email: String phone: String note:
  String sourceName: String displayFinancialStatus: OrderDisplayFinancialStatus
  displayFulfillmentStatus: OrderDisplayFulfillmentStatus! customer: Customer purchasingEntity:
  PurchasingEntity shippingAddress: MailingAddress billingAddress: MailingAddress totalPriceSet:
  MoneyBag! totalTaxSet: MoneyBag currentTotalPriceSet: MoneyBag! currentTotalTaxSet: MoneyBag!
  currentTotalDutiesSet: MoneyBag currentTotalAdditionalFeesSet: MoneyBag shippingLines(first: Int
  includeRemovals: Boolean): ShippingLineConnection! transactions(first: Int):
  [OrderTransaction!]! fulfillments(first: Int): [Fulfillment!]! refunds(first: Int): [Refund!]!
  lineItems(first: Int after: String): LineItemConnection! fulfillmentOrders(first: Int after:
  String): FulfillmentOrderConnection! metafield(key: String! namespace: String): Metafield }
type OrderCancellation { staffNote: String }
type Customer { id: ID! displayName: String! defaultEmailAddress: CustomerEmailAddress
  defaultPhoneNumber: CustomerPhoneNumber }
type CustomerEmailAddress { emailAddress: String! }
type CustomerPhoneNumber { phoneNumber: String! }
type PurchasingCompany { company: Company! }
type Company { id: ID! name: String! }
type ShippingLineConnection { nodes: [ShippingLine!]! }
type ShippingLine { id: ID title: String! code: String isRemoved: Boolean! originalPriceSet:
  MoneyBag! discountedPriceSet: MoneyBag! discountAllocations: [DiscountAllocation!]! taxLines:
  [TaxLine!]! }
type OrderTransaction { id: ID! kind: OrderTransactionKind! status: OrderTransactionStatus!
  gateway: String paymentId: String processedAt: DateTime amountSet: MoneyBag! totalUnsettledSet:
  MoneyBag parentTransaction: OrderTransaction }
type Fulfillment { id: ID! status: FulfillmentStatus! displayStatus: FulfillmentDisplayStatus
  createdAt: DateTime! updatedAt: DateTime! trackingInfo(first: Int): [FulfillmentTrackingInfo!]!
  fulfillmentLineItems(first: Int after: String): FulfillmentLineItemConnection! }
type Refund { id: ID! note: String createdAt: DateTime transactions(first: Int):
  OrderTransactionConnection! refundShippingLines(first: Int): RefundShippingLineConnection!
  refundLineItems(first: Int after: String): RefundLineItemConnection! }
type LineItemConnection { pageInfo: PageInfo! nodes: [LineItem!]! }
type LineItem { id: ID! name: String! sku: String quantity: Int! currentQuantity: Int!
  originalUnitPriceSet: MoneyBag! originalTotalSet: MoneyBag! discountAllocations:
  [DiscountAllocation!]! taxLines: [TaxLine!]! }
type MoneyBag { presentmentMoney: MoneyV2! }
type MoneyV2 { amount: Decimal! currencyCode: CurrencyCode! }
type TaxLine { title: String! rate: Float priceSet: MoneyBag! }
type DiscountAllocation { allocatedAmountSet: MoneyBag! discountApplication: DiscountApplication!
  }
interface DiscountApplication { allocationMethod: DiscountApplicationAllocationMethod! }
type DiscountCodeApplication implements DiscountApplication { code: String! }
type AutomaticDiscountApplication implements DiscountApplication { title: String! }
type ManualDiscountApplication implements DiscountApplication { title: String! }
type ScriptDiscountApplication implements DiscountApplication { title: String! }
type MailingAddress { name: String company: String address1: String address2: String city: String
  provinceCode: String zip: String countryCodeV2: CountryCode phone: String }
type FulfillmentTrackingInfo { company: String number: String url: URL }
type FulfillmentLineItemConnection { pageInfo: PageInfo! nodes: [FulfillmentLineItem!]! }
type FulfillmentLineItem { quantity: Int lineItem: LineItem! }
type OrderTransactionConnection { nodes: [OrderTransaction!]! }
type RefundShippingLineConnection { nodes: [RefundShippingLine!]! }
type RefundShippingLine { subtotalAmountSet: MoneyBag! taxAmountSet: MoneyBag! }
type RefundLineItemConnection { pageInfo: PageInfo! nodes: [RefundLineItem!]! }
type RefundLineItem { quantity: Int! restockType: RefundLineItemRestockType! lineItem: LineItem!
  subtotalSet: MoneyBag! totalTaxSet: MoneyBag! }
type FulfillmentOrderConnection { pageInfo: PageInfo! nodes: [FulfillmentOrder!]! }
type FulfillmentOrder { id: ID! status: FulfillmentOrderStatus! supportedActions:
  [FulfillmentOrderSupportedAction!]! assignedLocation: FulfillmentOrderAssignedLocation!
  lineItems(first: Int): FulfillmentOrderLineItemConnection! }
type FulfillmentOrderSupportedAction { action: FulfillmentOrderAction! }
type FulfillmentOrderAssignedLocation { location: Location }
type Location { id: ID! }
type FulfillmentOrderLineItemConnection { nodes: [FulfillmentOrderLineItem!]! }
type FulfillmentOrderLineItem { id: ID! remainingQuantity: Int! lineItem: LineItem! }
type Metafield { value: String! }
)";

constexpr std::string_view kMutations = R"(
type Mutation { refundCreate(input: RefundInput!): RefundCreatePayload orderCancel(orderId: ID!
  reason: OrderCancelReason! restock: Boolean! notifyCustomer: Boolean staffNote: String
  refundMethod: OrderCancelRefundMethodInput): OrderCancelPayload orderCapture(input:
  OrderCaptureInput!): OrderCapturePayload transactionVoid(parentTransactionId: ID!):
  TransactionVoidPayload metafieldsSet(metafields: [MetafieldsSetInput!]!): MetafieldsSetPayload
  fulfillmentCreate(fulfillment: FulfillmentInput!): FulfillmentCreatePayload
  fulfillmentTrackingInfoUpdate(fulfillmentId: ID! trackingInfoInput: FulfillmentTrackingInput!
  notifyCustomer: Boolean): FulfillmentTrackingInfoUpdatePayload
  fulfillmentEventCreate(fulfillmentEvent: FulfillmentEventInput!): FulfillmentEventCreatePayload
  fulfillmentCancel(id: ID!): FulfillmentCancelPayload orderUpdate(input: OrderInput!):
  OrderUpdatePayload }
type RefundCreatePayload { refund: Refund userErrors: [UserError!]! }
type UserError { field: [String!] message: String! }
type OrderCancelPayload { job: Job orderCancelUserErrors: [OrderCancelUserError!]! }
type Job { id: ID! done: Boolean! }
type OrderCancelUserError { field: [String!] message: String! code: OrderCancelUserErrorCode }
type OrderCapturePayload { transaction: OrderTransaction userErrors: [UserError!]! }
type TransactionVoidPayload { transaction: OrderTransaction userErrors:
  [TransactionVoidUserError!]! }
type TransactionVoidUserError { field: [String!] message: String! code:
  TransactionVoidUserErrorCode }
type MetafieldsSetPayload { userErrors: [MetafieldsSetUserError!]! }
type MetafieldsSetUserError { field: [String!] message: String! code: MetafieldsSetUserErrorCode }
type FulfillmentCreatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }
type FulfillmentTrackingInfoUpdatePayload { fulfillment: Fulfillment userErrors: [UserError!]! }
type FulfillmentEventCreatePayload { fulfillmentEvent: FulfillmentEvent userErrors: [UserError!]!
  }
type FulfillmentEvent { id: ID! }
type FulfillmentCancelPayload { fulfillment: Fulfillment userErrors: [UserError!]! }
type OrderUpdatePayload { order: Order userErrors: [UserError!]! }
)";

constexpr std::string_view kInputs = R"(
input RefundInput { allowOverRefunding: Boolean currency: CurrencyCode discrepancyReason:
  OrderAdjustmentInputDiscrepancyReason note: String notify: Boolean orderId: ID! processedAt:
  DateTime refundDuties: [RefundDutyInput!] refundLineItems: [RefundLineItemInput!] refundMethods:
  [RefundMethodInput!] shipping: ShippingRefundInput transactions: [OrderTransactionInput!] }
input RefundDutyInput { dutyId: ID! refundType: RefundDutyRefundType }
input RefundLineItemInput { lineItemId: ID! locationId: ID quantity: Int! restockType:
  RefundLineItemRestockType }
input RefundMethodInput { storeCreditRefund: StoreCreditRefundInput }
input StoreCreditRefundInput { amount: MoneyInput! expiresAt: DateTime }
input MoneyInput { amount: Decimal! currencyCode: CurrencyCode! }
input ShippingRefundInput { amount: Money fullRefund: Boolean }
input OrderTransactionInput { amount: Money! gateway: String! kind: OrderTransactionKind! orderId:
  ID! parentId: ID }
input OrderCancelRefundMethodInput { originalPaymentMethodsRefund: Boolean storeCreditRefund:
  OrderCancelStoreCreditRefundInput }
input OrderCancelStoreCreditRefundInput { expiresAt: DateTime }
input OrderCaptureInput { amount: Money! currency: CurrencyCode finalCapture: Boolean id: ID!
  parentTransactionId: ID! }
input MetafieldsSetInput { compareDigest: String key: String! namespace: String ownerId: ID! type:
  String value: String! }
input FulfillmentInput { lineItemsByFulfillmentOrder: [FulfillmentOrderLineItemsInput!]!
  notifyCustomer: Boolean originAddress: FulfillmentOriginAddressInput trackingInfo:
  FulfillmentTrackingInput }
input FulfillmentOrderLineItemsInput { fulfillmentOrderId: ID! fulfillmentOrderLineItems:
  [FulfillmentOrderLineItemInput!] }
input FulfillmentOrderLineItemInput { id: ID! quantity: Int! }
input FulfillmentOriginAddressInput { address1: String address2: String city: String countryCode:
  String! provinceCode: String zip: String }
input FulfillmentTrackingInput { company: String number: String numbers: [String!] url: URL urls:
  [URL!] }
input FulfillmentEventInput { address1: String city: String country: String estimatedDeliveryAt:
  DateTime fulfillmentId: ID! happenedAt: DateTime latitude: Float longitude: Float message:
  String province: String status: FulfillmentEventStatus! zip: String }
input OrderInput { customAttributes: [AttributeInput!] email: String id: ID!
  localizationExtensions: [LocalizationExtensionInput!] localizedFields: [LocalizedFieldInput!]
  metafields: [MetafieldInput!] note: String phone: String poNumber: String shippingAddress:
  MailingAddressInput tags: [String!] }
input AttributeInput { key: String! value: String! }
input LocalizationExtensionInput { key: LocalizationExtensionKey! value: String! }
input LocalizedFieldInput { key: LocalizedFieldKey! value: String! }
input MetafieldInput { id: ID key: String namespace: String type: String value: String }
input MailingAddressInput { address1: String address2: String city: String company: String
  country: String countryCode: CountryCode firstName: String id: ID lastName: String phone: String
  province: String provinceCode: String zip: String }
)";

}  // namespace

const graphql::Schema& schema() {
    static const graphql::Schema schema(
        std::string(kTypes) + std::string(kMutations) + std::string(kInputs), {"idempotent"});
    return schema;
}

}  // namespace orderhub::sandbox::shopify
