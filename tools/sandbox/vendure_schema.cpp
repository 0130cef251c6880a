#include "vendure_schema.hpp"

namespace orderhub::sandbox::vendure {
namespace {

// The members of Vendure 3.7's Admin API that this stand-in fills. Money is integer minor units,
// ID is text, JSON and DateTime are leaves.
constexpr std::string_view kOrderTypes = R"(
type Order implements Node { id: ID! code: String! type: String! state: String! active: Boolean!
  createdAt: DateTime! updatedAt: DateTime! orderPlacedAt: DateTime currencyCode: String!
  couponCodes: [String!]! totalQuantity: Int! nextStates: [String!]!
  subTotal: Money! subTotalWithTax: Money! shipping: Money! shippingWithTax: Money!
  total: Money! totalWithTax: Money! taxSummary: [OrderTaxSummary!]!
  customFields: OrderCustomFields channels: [Channel!]! customer: Customer
  shippingAddress: OrderAddress billingAddress: OrderAddress discounts: [Discount!]!
  promotions: [Promotion!]! lines: [OrderLine!]! shippingLines: [ShippingLine!]!
  surcharges: [Surcharge!]! payments: [Payment!] fulfillments: [Fulfillment!]
  modifications: [OrderModification!]! history(options: HistoryEntryListOptions): HistoryEntryList! }
type OrderList { totalItems: Int! items: [Order!]! }
type OrderTaxSummary { description: String! taxRate: Float! taxBase: Money! taxTotal: Money! }
type OrderCustomFields { hubReference: String hubNote: String }
type OrderAddress { fullName: String company: String streetLine1: String streetLine2: String
  city: String province: String postalCode: String country: String countryCode: String
  phoneNumber: String }
type Discount { adjustmentSource: String! type: String! description: String! amount: Money!
  amountWithTax: Money! }
type Promotion { id: ID! name: String! couponCode: String }
type OrderLine { id: ID! createdAt: DateTime! updatedAt: DateTime! quantity: Int!
  orderPlacedQuantity: Int! taxRate: Float! productVariant: ProductVariant!
  unitPrice: Money! unitPriceWithTax: Money! discountedUnitPrice: Money!
  discountedUnitPriceWithTax: Money! proratedUnitPrice: Money! proratedUnitPriceWithTax: Money!
  linePrice: Money! linePriceWithTax: Money! discountedLinePrice: Money!
  discountedLinePriceWithTax: Money! proratedLinePrice: Money! proratedLinePriceWithTax: Money!
  lineTax: Money! discounts: [Discount!]! taxLines: [TaxLine!]!
  fulfillmentLines: [FulfillmentLine!] customFields: OrderLineCustomFields }
type OrderLineCustomFields { engraving: String }
type FulfillmentLine { fulfillmentId: ID! orderLineId: ID! quantity: Int! }
type TaxLine { description: String! taxRate: Float! }
type ProductVariant { id: ID! sku: String! name: String! product: Product! options: [ProductOption!]! }
type Product { id: ID! name: String! slug: String! }
type ProductOption { code: String! name: String! group: ProductOptionGroup! }
type ProductOptionGroup { code: String! }
type ShippingLine { id: ID! price: Money! priceWithTax: Money! discountedPrice: Money!
  discountedPriceWithTax: Money! shippingMethod: ShippingMethod! discounts: [Discount!]! }
type ShippingMethod { id: ID! code: String! name: String! }
type Surcharge { id: ID! createdAt: DateTime! description: String! sku: String price: Money!
  priceWithTax: Money! taxRate: Float! taxLines: [TaxLine!]! }
type Payment { id: ID! createdAt: DateTime! updatedAt: DateTime! method: String! amount: Money!
  state: String! transactionId: String errorMessage: String metadata: JSON nextStates: [String!]!
  refunds: [Refund!]! }
type Refund { id: ID! createdAt: DateTime! updatedAt: DateTime! items: Money! shipping: Money!
  adjustment: Money! total: Money! method: String state: String! transactionId: String reason: String
  metadata: JSON paymentId: ID! lines: [RefundLine!]! }
type RefundLine { orderLineId: ID! quantity: Int! }
type Fulfillment { id: ID! createdAt: DateTime! updatedAt: DateTime! state: String! method: String!
  trackingCode: String nextStates: [String!]! customFields: FulfillmentCustomFields
  lines: [FulfillmentLine!]! }
type FulfillmentCustomFields { carrier: String }
type OrderModification { id: ID! createdAt: DateTime! priceChange: Money! note: String!
  isSettled: Boolean! lines: [FulfillmentLine!]! surcharges: [Surcharge!] payment: Payment
  refund: Refund }
type HistoryEntryList { totalItems: Int! items: [HistoryEntry!]! }
type HistoryEntry { id: ID! createdAt: DateTime! updatedAt: DateTime! type: String!
  isPublic: Boolean! administrator: Administrator data: JSON! }
type Administrator { id: ID! emailAddress: String! firstName: String! lastName: String! }
type Channel { id: ID! code: String! token: String! currencyCode: String!
  defaultCurrencyCode: String! defaultLanguageCode: String! pricesIncludeTax: Boolean! }
type ChannelList { totalItems: Int! items: [Channel!]! }
type Customer { id: ID! createdAt: DateTime! updatedAt: DateTime! title: String firstName: String!
  lastName: String! emailAddress: String! phoneNumber: String user: User
  customFields: CustomerCustomFields orders: OrderList! addresses: [CustomerAddress!] }
type CustomerAddress { id: ID! fullName: String company: String streetLine1: String!
  streetLine2: String city: String province: String postalCode: String country: Country!
  phoneNumber: String }
type Country { code: String! name: String! }
type CustomerList { totalItems: Int! items: [Customer!]! }
type CustomerCustomFields { crmId: String }
type User { id: ID! verified: Boolean! }
interface Node { id: ID! }
)";

constexpr std::string_view kOperations = R"(
type Query { order(id: ID!): Order orders(options: OrderListOptions): OrderList!
  customers(options: CustomerListOptions): CustomerList! activeChannel: Channel!
  channels(options: CustomerListOptions): ChannelList! me: CurrentUser __type(name: String!): __Type }
type Mutation { login(username: String!, password: String!, rememberMe: Boolean): LoginResult!
  logout: Success!
  cancelOrder(input: CancelOrderInput!): CancelOrderResult!
  refundOrder(input: RefundOrderInput!): RefundOrderResult!
  settleRefund(input: SettleRefundInput!): SettleRefundResult!
  settlePayment(id: ID!): SettlePaymentResult! cancelPayment(id: ID!): CancelPaymentResult!
  addFulfillmentToOrder(input: FulfillOrderInput!): AddFulfillmentToOrderResult!
  transitionFulfillmentToState(id: ID!, state: String!): TransitionFulfillmentToStateResult!
  addNoteToOrder(input: AddNoteToOrderInput!): Order!
  setOrderCustomFields(input: UpdateOrderInput!): Order }
type __Type { name: String fields: [__Field!] }
type __Field { name: String! }
type Success { success: Boolean! }
type CurrentUser { id: ID! identifier: String! channels: [CurrentUserChannel!]! }
type CurrentUserChannel { id: ID! code: String! token: String! permissions: [String!]! }
union LoginResult = CurrentUser | InvalidCredentialsError
union CancelOrderResult = Order | EmptyOrderLineSelectionError | QuantityTooGreatError
  | CancelActiveOrderError | OrderStateTransitionError | MultipleOrderError
union RefundOrderResult = Refund | NothingToRefundError | RefundAmountError | PaymentOrderMismatchError
  | RefundOrderStateError | RefundStateTransitionError | QuantityTooGreatError | AlreadyRefundedError
union SettleRefundResult = Refund | RefundStateTransitionError
union SettlePaymentResult = Payment | SettlePaymentError | PaymentStateTransitionError
  | OrderStateTransitionError
union CancelPaymentResult = Payment | CancelPaymentError | PaymentStateTransitionError
union AddFulfillmentToOrderResult = Fulfillment | EmptyOrderLineSelectionError
  | ItemsAlreadyFulfilledError | InvalidFulfillmentHandlerError | FulfillmentStateTransitionError
  | CreateFulfillmentError | InsufficientStockOnHandError
union TransitionFulfillmentToStateResult = Fulfillment | FulfillmentStateTransitionError
interface ErrorResult { errorCode: String! message: String! }
type InvalidCredentialsError implements ErrorResult { errorCode: String! message: String!
  authenticationError: String! }
type EmptyOrderLineSelectionError implements ErrorResult { errorCode: String! message: String! }
type QuantityTooGreatError implements ErrorResult { errorCode: String! message: String! }
type MultipleOrderError implements ErrorResult { errorCode: String! message: String! }
type CancelActiveOrderError implements ErrorResult { errorCode: String! message: String!
  orderState: String! }
type OrderStateTransitionError implements ErrorResult { errorCode: String! message: String!
  transitionError: String! fromState: String! toState: String! }
type NothingToRefundError implements ErrorResult { errorCode: String! message: String! }
type RefundAmountError implements ErrorResult { errorCode: String! message: String!
  maximumRefundable: Int! }
type PaymentOrderMismatchError implements ErrorResult { errorCode: String! message: String! }
type RefundOrderStateError implements ErrorResult { errorCode: String! message: String!
  orderState: String! }
type AlreadyRefundedError implements ErrorResult { errorCode: String! message: String!
  refundId: ID! }
type RefundStateTransitionError implements ErrorResult { errorCode: String! message: String!
  transitionError: String! fromState: String! toState: String! }
type SettlePaymentError implements ErrorResult { errorCode: String! message: String!
  paymentErrorMessage: String! }
type CancelPaymentError implements ErrorResult { errorCode: String! message: String!
  paymentErrorMessage: String! }
type PaymentStateTransitionError implements ErrorResult { errorCode: String! message: String!
  transitionError: String! fromState: String! toState: String! }
type ItemsAlreadyFulfilledError implements ErrorResult { errorCode: String! message: String! }
type InvalidFulfillmentHandlerError implements ErrorResult { errorCode: String! message: String! }
type FulfillmentStateTransitionError implements ErrorResult { errorCode: String! message: String!
  transitionError: String! fromState: String! toState: String! }
type CreateFulfillmentError implements ErrorResult { errorCode: String! message: String!
  fulfillmentHandlerError: String! }
type InsufficientStockOnHandError implements ErrorResult { errorCode: String! message: String!
  stockOnHand: Int! }
)";

constexpr std::string_view kInputs = R"(
input OrderListOptions { skip: Int take: Int sort: JSON filter: OrderFilterParameter
  filterOperator: String }
input CustomerListOptions { skip: Int take: Int sort: JSON filter: JSON filterOperator: String }
input HistoryEntryListOptions { skip: Int take: Int sort: JSON filter: JSON }
input OrderFilterParameter { id: IDOperators code: StringOperators state: StringOperators
  type: StringOperators currencyCode: StringOperators customerLastName: StringOperators
  transactionId: StringOperators hubReference: StringOperators hubNote: StringOperators
  active: BooleanOperators createdAt: DateOperators updatedAt: DateOperators
  orderPlacedAt: DateOperators totalQuantity: NumberOperators total: NumberOperators
  totalWithTax: NumberOperators _and: [OrderFilterParameter!] _or: [OrderFilterParameter!] }
input StringOperators { eq: String notEq: String contains: String notContains: String
  in: [String!] notIn: [String!] isNull: Boolean }
input IDOperators { eq: String notEq: String in: [String!] notIn: [String!] isNull: Boolean }
input BooleanOperators { eq: Boolean isNull: Boolean }
input DateOperators { eq: DateTime before: DateTime after: DateTime between: DateRange
  isNull: Boolean }
input DateRange { start: DateTime! end: DateTime! }
input NumberOperators { eq: Float lt: Float lte: Float gt: Float gte: Float between: NumberRange
  isNull: Boolean }
input NumberRange { start: Float! end: Float! }
input OrderLineInput { orderLineId: ID! quantity: Int! }
input CancelOrderInput { orderId: ID! lines: [OrderLineInput!] reason: String
  cancelShipping: Boolean }
input RefundOrderInput { lines: [OrderLineInput!] shipping: Int adjustment: Int amount: Int
  paymentId: ID! reason: String }
input SettleRefundInput { id: ID! transactionId: String! }
input FulfillOrderInput { lines: [OrderLineInput!]! handler: ConfigurableOperationInput! }
input ConfigurableOperationInput { code: String! arguments: [ConfigArgInput!]! }
input ConfigArgInput { name: String! value: String! }
input AddNoteToOrderInput { id: ID! note: String! isPublic: Boolean! }
input UpdateOrderInput { id: ID! customFields: UpdateOrderCustomFieldsInput }
input UpdateOrderCustomFieldsInput { hubReference: String hubNote: String }
)";

}  // namespace

const graphql::Schema& schema() {
    static const graphql::Schema kSchema(std::string(kOrderTypes) + std::string(kOperations) +
                                         std::string(kInputs));
    return kSchema;
}

}  // namespace orderhub::sandbox::vendure
