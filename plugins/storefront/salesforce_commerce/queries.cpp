#include "queries.hpp"

#include "salesforce_platform/soql.hpp"

namespace orderhub::salesforce_commerce {
namespace {

using salesforce::quoted_list;

constexpr std::string_view kCommon =
    "Id, OrderNumber, Status, OrderedDate, CreatedDate, SystemModstamp, AccountId, Account.Name, "
    "BillToContactId, "
    "BillToContact.Name, BillToContact.Email, BillToContact.Phone, BillingEmailAddress, "
    "BillingPhoneNumber, "
    "BillingStreet, BillingCity, BillingState, BillingPostalCode, BillingCountry, TaxLocaleType, "
    "GrandTotalAmount, "
    "TotalTaxAmount";
constexpr std::string_view kGroup =
    "Id, DeliverToName, DeliverToStreet, DeliverToCity, DeliverToState, DeliverToPostalCode, "
    "DeliverToCountry, "
    "PhoneNumber, OrderDeliveryMethod.Name";

std::string selected_orders(const Settings& settings) {
    return "SELECT " + std::string(kCommon) + (settings.multicurrency ? ", CurrencyIsoCode" : "") +
           ", OrderReferenceNumber, EffectiveDate, IsReductionOrder, "
           "(SELECT Id, Type, Quantity, UnitPrice, TotalPrice, TotalLineAmount, "
           "OrderDeliveryGroupId, Product2.Name, "
           "Product2.ProductCode, Product2.StockKeepingUnit FROM OrderItems ORDER BY "
           "OrderItemNumber), (SELECT " +
           std::string(kGroup) + " FROM OrderDeliveryGroups) FROM Order";
}

std::string selected_summaries(const Settings& settings) {
    return "SELECT " + std::string(kCommon) + (settings.multicurrency ? ", CurrencyIsoCode" : "") +
           ", OriginalOrderId, OrderLifeCycleType, ExternalReferenceIdentifier, "
           "(SELECT Id, OriginalOrderItemId, OrderDeliveryGroupSummaryId, Name, StockKeepingUnit, "
           "ProductCode, Type, "
           "TypeCode, Quantity, QuantityOrdered, QuantityReturned, UnitPrice, TotalLineAmount, "
           "AdjustedLineAmount, "
           "TotalPrice, TotalTaxAmount, TotalAdjustmentDistAmount FROM OrderItemSummaries ORDER BY "
           "LineNumber), "
           "(SELECT Id, Method, AuthorizationAmount, AuthorizationReversalAmount, CapturedAmount, "
           "RefundedAmount "
           "FROM OrderPaymentSummaries), (SELECT " +
           std::string(kGroup) + " FROM OrderDeliveryGroupSummaries) FROM OrderSummary";
}

/// Conditions that every read has, joined by AND; empty if there are none.
std::string conditions(const Settings& settings) {
    std::string all = settings.by_summary
                          ? (settings.skip_external ? "ExternalReferenceIdentifier = null" : "")
                          : "IsReductionOrder = false";
    if (!settings.condition.empty())
        all += (all.empty() ? "(" : " AND (") + settings.condition + ")";
    return all;
}

std::string and_conditions(const Settings& settings) {
    const std::string all = conditions(settings);
    return all.empty() ? "" : " AND " + all;
}

}  // namespace

std::string order_query(const Settings& settings, const Ids& orders) {
    return selected_orders(settings) + " WHERE Id IN " + quoted_list(orders) +
           and_conditions(settings);
}

std::string adjustment_query(const Ids& orders) {
    return "SELECT Id, OrderItemId, Name, Amount, OrderAdjustmentGroup.Type FROM "
           "OrderItemAdjustmentLineItem WHERE "
           "OrderItem.OrderId IN " +
           quoted_list(orders);
}

std::string tax_query(const Ids& orders) {
    return "SELECT Id, OrderItemId, OrderItemAdjustmentLineItemId, Name, Amount, Rate FROM "
           "OrderItemTaxLineItem WHERE "
           "OrderItem.OrderId IN " +
           quoted_list(orders);
}

std::string payment_query(const std::string& object, const Ids& orders) {
    return "SELECT Id, Amount, Status, GatewayRefNumber, Date, PaymentGroup.SourceObjectId" +
           std::string(object == "Payment" ? ", PaymentAuthorizationId" : "") + " FROM " + object +
           " WHERE PaymentGroup.SourceObjectId IN " + quoted_list(orders);
}

std::string summary_query(const Settings& settings, const Ids& summaries) {
    return selected_summaries(settings) + " WHERE Id IN " + quoted_list(summaries) +
           and_conditions(settings);
}

std::string fulfilment_query(const Ids& summaries) {
    return "SELECT Id, OrderSummaryId, StatusCategory, SystemModstamp, (SELECT OrderItemSummaryId, "
           "Quantity FROM "
           "FulfillmentOrderLineItems) FROM FulfillmentOrder WHERE OrderSummaryId IN " +
           quoted_list(summaries);
}

std::string trial_query(const Settings& settings) {
    const std::string all = conditions(settings);
    return (settings.by_summary ? selected_summaries(settings) : selected_orders(settings)) +
           (all.empty() ? "" : " WHERE " + all) + " LIMIT 1";
}

std::vector<salesforce::Feed> feeds(const Settings& settings) {
    if (!settings.by_summary)
        return {{"Order", "", conditions(settings)}, {"OrderItem", "OrderId", ""}};
    return {{"OrderSummary", "", conditions(settings)},
            {"OrderItemSummary", "OrderSummaryId", ""},
            {"OrderPaymentSummary", "OrderSummaryId", ""},
            {"FulfillmentOrder", "OrderSummaryId", "OrderSummaryId != null"}};
}

}  // namespace orderhub::salesforce_commerce
