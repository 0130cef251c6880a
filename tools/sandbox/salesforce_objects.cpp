#include "salesforce_schema.hpp"

namespace orderhub::sandbox::salesforce {

// object NAME PREFIX, then its fields: TYPE NAME [ro] or ref NAME RELATION TARGET...; child
// RELATION OBJECT FIELD. A minus before the type: read-only.
const std::string_view kServiceObjects = R"(
object User 005
text Name
object Group 00G
text Name
object Account 001
text Name
text Phone
object Contact 003
text FirstName
text LastName
text Name
text Email
text Phone
ref AccountId Account Account
object Case 500
-text CaseNumber
text Subject
long Description
text Status
text Priority
text Origin
-bool IsClosed
ref OwnerId Owner User Group
ref ContactId Contact Contact
ref AccountId Account Account
-text ContactEmail
-text ContactPhone
text SuppliedName
text SuppliedEmail
text SuppliedPhone
text OrderNumber__c
text OrderUrl__c
long OrderDigest__c
text OrderTotal__c
text OrderLinkKey__c
ref OrderSummary__c OrderSummary__r OrderSummary
child CaseComments CaseComment ParentId
child EmailMessages EmailMessage ParentId
object CaseComment 00a
ref ParentId Parent Case
long CommentBody
bool IsPublished
object EmailMessage 02s
ref ParentId Parent Case
bool Incoming
text Status
instant MessageDate
text Subject
text FromName
text FromAddress
text ToAddress
long TextBody
long HtmlBody
object FeedItem 0D5
ref ParentId Parent Case
long Body
text Type
text Visibility
object CaseFeed 0D6
ref ParentId Parent Case
long Body
text Type
text Visibility
)";

const std::string_view kCommerceObjects = R"(
object OrderSummary 1Os
text OrderNumber
text Status
instant OrderedDate
ref AccountId Account Account
ref BillToContactId BillToContact Contact
text BillingEmailAddress
text BillingPhoneNumber
text BillingStreet
text BillingCity
text BillingState
text BillingPostalCode
text BillingCountry
text TaxLocaleType
number GrandTotalAmount
number TotalTaxAmount
ref OriginalOrderId OriginalOrder Order
text OrderLifeCycleType
text ExternalReferenceIdentifier
child OrderItemSummaries OrderItemSummary OrderSummaryId
child OrderPaymentSummaries OrderPaymentSummary OrderSummaryId
child OrderDeliveryGroupSummaries OrderDeliveryGroupSummary OrderSummaryId
object OrderItemSummary 10u
ref OrderSummaryId OrderSummary OrderSummary
ref OriginalOrderItemId OriginalOrderItem OrderItem
ref OrderDeliveryGroupSummaryId OrderDeliveryGroupSummary OrderDeliveryGroupSummary
text Name
text StockKeepingUnit
text ProductCode
text Type
text TypeCode
number LineNumber
number Quantity
number QuantityOrdered
number QuantityReturned
number UnitPrice
number TotalLineAmount
number AdjustedLineAmount
number TotalPrice
number TotalTaxAmount
number TotalAdjustmentDistAmount
object OrderPaymentSummary 0bM
ref OrderSummaryId OrderSummary OrderSummary
text Method
number AuthorizationAmount
number AuthorizationReversalAmount
number CapturedAmount
number RefundedAmount
object OrderDeliveryGroupSummary 0ag
ref OrderSummaryId OrderSummary OrderSummary
text DeliverToName
text DeliverToStreet
text DeliverToCity
text DeliverToState
text DeliverToPostalCode
text DeliverToCountry
text PhoneNumber
ref OrderDeliveryMethodId OrderDeliveryMethod OrderDeliveryMethod
object FulfillmentOrder 0a3
ref OrderSummaryId OrderSummary OrderSummary
text StatusCategory
child FulfillmentOrderLineItems FulfillmentOrderLineItem FulfillmentOrderId
object FulfillmentOrderLineItem 0a4
ref FulfillmentOrderId FulfillmentOrder FulfillmentOrder
ref OrderItemSummaryId OrderItemSummary OrderItemSummary
number Quantity
object OrderDeliveryMethod 2Dm
text Name
object Product2 01t
text Name
text ProductCode
text StockKeepingUnit
object Order 801
text OrderNumber
text Status
instant OrderedDate
ref AccountId Account Account
ref BillToContactId BillToContact Contact
text BillingEmailAddress
text BillingPhoneNumber
text BillingStreet
text BillingCity
text BillingState
text BillingPostalCode
text BillingCountry
text TaxLocaleType
number GrandTotalAmount
number TotalTaxAmount
text OrderReferenceNumber
text EffectiveDate
bool IsReductionOrder
text OrderHubKey__c
child OrderItems OrderItem OrderId
child OrderDeliveryGroups OrderDeliveryGroup OrderId
object OrderDeliveryGroup 0ah
ref OrderId Order Order
text DeliverToName
text DeliverToStreet
text DeliverToCity
text DeliverToState
text DeliverToPostalCode
text DeliverToCountry
text PhoneNumber
ref OrderDeliveryMethodId OrderDeliveryMethod OrderDeliveryMethod
object OrderItem 802
ref OrderId Order Order
ref OrderDeliveryGroupId OrderDeliveryGroup OrderDeliveryGroup
ref Product2Id Product2 Product2
text OrderItemNumber
text Type
number Quantity
number UnitPrice
number TotalPrice
number TotalLineAmount
object OrderAdjustmentGroup 8ab
ref OrderId Order Order
text Type
object OrderItemAdjustmentLineItem 8aa
ref OrderItemId OrderItem OrderItem
ref OrderAdjustmentGroupId OrderAdjustmentGroup OrderAdjustmentGroup
text Name
number Amount
object OrderItemTaxLineItem 8bb
ref OrderItemId OrderItem OrderItem
ref OrderItemAdjustmentLineItemId OrderItemAdjustmentLineItem OrderItemAdjustmentLineItem
text Name
number Amount
number Rate
object PaymentGroup 0xg
ref SourceObjectId SourceObject Order
object PaymentAuthorization 0xc
ref PaymentGroupId PaymentGroup PaymentGroup
number Amount
text Status
text GatewayRefNumber
instant Date
object Payment 0aQ
ref PaymentGroupId PaymentGroup PaymentGroup
ref PaymentAuthorizationId PaymentAuthorization PaymentAuthorization
number Amount
text Status
text GatewayRefNumber
instant Date
)";

}  // namespace orderhub::sandbox::salesforce
