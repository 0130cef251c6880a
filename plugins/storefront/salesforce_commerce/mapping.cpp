#include "mapping.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "documents/members.hpp"
#include "documents/money.hpp"
#include "lines.hpp"
#include "parties.hpp"
#include "salesforce_platform/rows.hpp"

namespace orderhub::salesforce_commerce {
namespace {

using documents::first_of;
using documents::instant_at;
using documents::minor_of;
using documents::text_at;
using salesforce::rows_at;

constexpr std::size_t kLongestId = 128;
constexpr std::size_t kLongestText = 255;
constexpr std::size_t kLongestState = 64;

std::string url_of(const Settings& settings, const std::string& object, const std::string& id) {
    return settings.has_lightning ? settings.web_url + "/lightning/r/" + object + "/" + id + "/view"
                                  : settings.web_url + "/" + id;
}

/// What orders and summaries have in common.
sdk::Order begin_order(const Settings& settings, const Json& row, const std::string& observed_at) {
    sdk::Order record;
    const std::string own = text_at(row, "CurrencyIsoCode");
    record.currency = own.empty() ? settings.currency : own;
    record.source.external_version = first_of({text_at(row, "SystemModstamp")}, kLongestId);
    record.source.updated_at = instant_at(row, "SystemModstamp");
    record.source.observed_at = observed_at;
    record.tax_locale = text_at(row, "TaxLocaleType") == "Gross" ? sdk::OrderTaxLocale::gross
                                                                 : sdk::OrderTaxLocale::net;
    record.state = sdk::OrderState::open;
    record.storefront_state = first_of({text_at(row, "Status")}, kLongestState);
    record.placed_at = instant_at(row, "OrderedDate")
                           .value_or(instant_at(row, "CreatedDate").value_or(observed_at));
    record.customer = to_customer(row);
    record.billing_address = to_billing_address(row);
    const std::int64_t tax = minor_of(row["TotalTaxAmount"], record.currency);
    record.totals = documents::price(minor_of(row["GrandTotalAmount"], record.currency) - tax, tax,
                                     record.currency);
    return record;
}

void take_groups(sdk::Order& record, const std::vector<Json>& rows) {
    record.delivery_groups = to_groups(rows);
    for (const sdk::OrderDeliveryGroup& group : record.delivery_groups)
        if (!record.shipping_address) record.shipping_address = group.recipient;
}

std::string amount_text(std::int64_t minor, const std::string& currency) {
    return sdk::to_decimal(minor, currency);
}

sdk::OrderPaymentState state_of(const Json& row, sdk::OrderPaymentState processed) {
    const std::string status = text_at(row, "Status");
    if (status == "Processed") return processed;
    if (status == "Failed") return sdk::OrderPaymentState::failed;
    if (status == "Canceled" || status == "Cancelled") return sdk::OrderPaymentState::cancelled;
    return sdk::OrderPaymentState::pending;
}

void add_payment(sdk::Order& record, const Json& row, const char* method,
                 sdk::OrderPaymentState processed) {
    sdk::OrderPayment payment;
    payment.external_id = row.at("Id").text();
    payment.method = method;
    payment.state = state_of(row, processed);
    payment.amount = amount_text(minor_of(row["Amount"], record.currency), record.currency);
    payment.reference = first_of({text_at(row, "GatewayRefNumber")}, kLongestText);
    payment.at = instant_at(row, "Date");
    record.payments.push_back(std::move(payment));
}

/// An authorization that was captured is shown as its captures.
void take_payments(sdk::Order& record, const OrderRows& rows) {
    for (const Json& payment : rows.payments)
        add_payment(record, payment, "payment", sdk::OrderPaymentState::captured);
    for (const Json& authorization : rows.authorizations) {
        const bool is_captured = std::ranges::any_of(rows.payments, [&](const Json& payment) {
            return text_at(payment, "PaymentAuthorizationId") == text_at(authorization, "Id");
        });
        if (!is_captured)
            add_payment(record, authorization, "authorization", sdk::OrderPaymentState::authorized);
    }
}

/// A payment summary holds sums: what was captured, else what is authorized, and what was given
/// back.
void take_summary_payments(sdk::Order& record, const Json& summary) {
    for (const Json& row : rows_at(summary, "OrderPaymentSummaries")) {
        const auto minor = [&](const char* key) { return minor_of(row[key], record.currency); };
        const std::int64_t captured = minor("CapturedAmount");
        const std::int64_t authorized = minor("AuthorizationAmount");
        sdk::OrderPayment payment;
        payment.external_id = row.at("Id").text();
        payment.method = first_of({text_at(row, "Method"), "payment"}, kLongestId).value();
        const bool is_given_up =
            authorized > 0 && minor("AuthorizationReversalAmount") >= authorized;
        payment.state = captured > 0  ? sdk::OrderPaymentState::captured
                        : is_given_up ? sdk::OrderPaymentState::cancelled
                                      : sdk::OrderPaymentState::authorized;
        payment.amount = amount_text(captured > 0 ? captured : authorized, record.currency);
        if (const std::int64_t refunded = minor("RefundedAmount"); refunded > 0) {
            sdk::OrderRefund refund;
            refund.external_id = payment.external_id + ":refunded";
            refund.payment = payment.external_id;
            refund.amount = amount_text(refunded, record.currency);
            refund.state = sdk::OrderRefundState::succeeded;
            record.refunds.push_back(std::move(refund));
        }
        record.payments.push_back(std::move(payment));
    }
}

sdk::OrderFulfilmentState fulfilment_state(const std::string& category) {
    if (category == "CLOSED" || category == "FULFILLED") return sdk::OrderFulfilmentState::shipped;
    const bool is_gone = category == "CANCELLED" || category == "REJECTED";
    return is_gone ? sdk::OrderFulfilmentState::cancelled : sdk::OrderFulfilmentState::pending;
}

void take_fulfilments(sdk::Order& record, const SummaryRows& rows) {
    std::map<std::string, std::string> lines;  // of the item summaries
    for (const Json& item : rows_at(rows.summary, "OrderItemSummaries"))
        lines[text_at(item, "Id")] =
            first_of({text_at(item, "OriginalOrderItemId"), text_at(item, "Id")}, kLongestId)
                .value_or("");
    for (const Json& row : rows.fulfilments) {
        if (text_at(row, "OrderSummaryId") != text_at(rows.summary, "Id")) continue;
        sdk::OrderFulfilment sent;
        sent.external_id = row.at("Id").text();
        sent.state = fulfilment_state(text_at(row, "StatusCategory"));
        sent.at = instant_at(row, "SystemModstamp");
        for (const Json& item : rows_at(row, "FulfillmentOrderLineItems")) {
            const std::string digits = documents::shifted(
                item["Quantity"].text_or_empty().empty() ? "0" : item["Quantity"].text_or_digits(),
                0);
            const bool is_whole = digits.find('.') == std::string::npos;
            const std::int64_t quantity = is_whole ? Json::number(digits).integer() : 1;
            const std::string line = lines[text_at(item, "OrderItemSummaryId")];
            if (!line.empty() && quantity > 0) sent.lines.push_back({line, quantity});
        }
        if (!sent.lines.empty()) record.fulfilments.push_back(std::move(sent));
    }
}

/// Every product is gone, and not because it came back.
bool is_all_cancelled(const sdk::Order& record, const Json& summary) {
    bool any = false;
    for (const sdk::OrderLine& line : record.lines) {
        if (line.kind != sdk::OrderLineKind::product) continue;
        if (line.quantity > 0) return false;
        any = true;
    }
    for (const Json& item : rows_at(summary, "OrderItemSummaries"))
        if (minor_of(item["QuantityReturned"], "JPY") > 0) return false;
    return any;
}

}  // namespace

sdk::Order to_order(const Settings& settings, const OrderRows& rows,
                    const std::string& observed_at) {
    sdk::Order record = begin_order(settings, rows.order, observed_at);
    record.source.external_id = rows.order.at("Id").text();
    record.number =
        first_of({text_at(rows.order, "OrderReferenceNumber"), rows.order.at("OrderNumber").text()},
                 kLongestId)
            .value();
    record.url = url_of(settings, "Order", record.source.external_id);
    record.lines = order_lines(rows, record.currency);
    take_groups(record, rows_at(rows.order, "OrderDeliveryGroups"));
    take_payments(record, rows);
    const bool is_cancelled =
        !settings.cancelled_status.empty() && record.storefront_state == settings.cancelled_status;
    if (!is_cancelled) return record;
    record.state = sdk::OrderState::cancelled;
    const sdk::Money nothing = documents::price(0, 0, record.currency);
    record.totals = nothing;
    for (sdk::OrderLine& line : record.lines) {
        if (line.kind == sdk::OrderLineKind::product)
            line.ordered_quantity = std::exchange(line.quantity, 0);
        line.cancelled_total = line.total;
        line.list = nothing;
        line.total = nothing;
        line.adjustments.clear();
        line.taxes.clear();
    }
    return record;
}

sdk::Order to_order(const Settings& settings, const SummaryRows& rows,
                    const std::string& observed_at) {
    const Json& summary = rows.summary;
    sdk::Order record = begin_order(settings, summary, observed_at);
    record.source.external_id =
        first_of({text_at(summary, "OriginalOrderId"), summary.at("Id").text()}, kLongestId)
            .value();
    record.number = summary.at("OrderNumber").text();
    record.url = url_of(settings, "OrderSummary", summary.at("Id").text());
    record.managed = false;
    record.lines = summary_lines(summary, record.currency);
    take_groups(record, rows_at(summary, "OrderDeliveryGroupSummaries"));
    take_summary_payments(record, summary);
    take_fulfilments(record, rows);
    if (is_all_cancelled(record, summary)) record.state = sdk::OrderState::cancelled;
    return record;
}

}  // namespace orderhub::salesforce_commerce
