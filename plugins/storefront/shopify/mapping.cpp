#include "mapping.hpp"

#include <map>

#include "client.hpp"
#include "lines.hpp"
#include "payments.hpp"

namespace orderhub::shopify {
namespace {

constexpr std::size_t kLongestText = 255;
constexpr std::size_t kLongestId = 128;
constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kLongestUrl = 512;
constexpr std::size_t kLongestReason = 1000;

std::optional<std::string> text_of(const Json& from, std::string_view key, std::size_t limit) {
    const std::string text = text_at(from, key);
    return text.empty() ? std::nullopt : std::optional(std::string(sdk::cut_utf8(text, limit)));
}

std::optional<sdk::Address> to_address(const Json& from) {
    if (!from.is_object()) return std::nullopt;
    sdk::Address address;
    address.name = text_of(from, "name", kLongestText);
    address.company = text_of(from, "company", kLongestText);
    address.line1 = text_of(from, "address1", kLongestText);
    address.line2 = text_of(from, "address2", kLongestText);
    address.city = text_of(from, "city", kLongestText);
    address.state = text_of(from, "provinceCode", kLongestText);
    address.postcode = text_of(from, "zip", kLongestText);
    address.phone = text_of(from, "phone", kLongestWord);
    const std::string country = text_at(from, "countryCodeV2");
    const bool is_code =
        country.size() == 2 &&
        country.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
    if (is_code && country != "ZZ") address.country = country;
    return address;
}

std::optional<sdk::OrderCustomer> to_customer(const Json& order) {
    const Json& from = order["customer"];
    sdk::OrderCustomer customer;
    if (from["id"].is_text()) customer.external_id = number_of(from["id"]);
    customer.name = text_of(from, "displayName", kLongestText);
    for (const Json* address : {&order["billingAddress"], &order["shippingAddress"]})
        if (!customer.name) customer.name = text_of(*address, "name", kLongestText);
    customer.email = text_of(order, "email", kLongestText);
    if (!customer.email)
        customer.email = text_of(from["defaultEmailAddress"], "emailAddress", kLongestText);
    customer.phone = text_of(order, "phone", kLongestWord);
    if (!customer.phone)
        customer.phone = text_of(from["defaultPhoneNumber"], "phoneNumber", kLongestWord);
    const Json& company = order["purchasingEntity"]["company"];
    if (company["id"].is_text()) {
        customer.account.emplace().external_id = number_of(company["id"]);
        customer.account->name = text_of(company, "name", kLongestText);
    }
    const bool is_known = customer.external_id || customer.name || customer.email ||
                          customer.phone || customer.account;
    return is_known ? std::optional(customer) : std::nullopt;
}

sdk::OrderFulfilmentState fulfilment_state(const Json& from) {
    using State = sdk::OrderFulfilmentState;
    const std::string status = text_at(from, "status");
    if (status == "CANCELLED" || status == "FAILURE" || status == "ERROR") return State::cancelled;
    const std::string shown = text_at(from, "displayStatus");
    if (shown == "DELIVERED" || shown == "PICKED_UP") return State::delivered;
    return status == "SUCCESS" ? State::shipped : State::pending;
}

void take_fulfilments(const Json& order, sdk::Order& record) {
    for (const Json& from : rows_of(order["fulfillments"])) {
        sdk::OrderFulfilment sent;
        sent.external_id = number_of(from.at("id"));
        sent.state = fulfilment_state(from);
        for (const Json& row : rows_of(from["fulfillmentLineItems"]))
            if (row["quantity"].is_number() && row["quantity"].integer() > 0)
                sent.lines.push_back(
                    {number_of(row.at("lineItem").at("id")), row["quantity"].integer()});
        const auto& tracking = rows_of(from["trackingInfo"]);
        if (!tracking.empty()) {
            sent.carrier = text_of(tracking.front(), "company", kLongestId);
            sent.tracking_number = text_of(tracking.front(), "number", kLongestId);
            sent.tracking_url = text_of(tracking.front(), "url", kLongestUrl);
        }
        sent.at = instant_at(from, "createdAt");
        record.fulfilments.push_back(std::move(sent));
    }
}

/// Units that were cancelled by a refund, and the order's own cancellation.
void take_cancellations(const Json& order, const Terms& terms, sdk::Order& record) {
    for (const Json& refund : rows_of(order["refunds"])) {
        Json only = Json::object(
            {{"refunds", Json::array({refund})}, {"fulfillments", order["fulfillments"]}});
        sdk::OrderCancellation made;
        std::map<std::string, std::int64_t> units;
        for (const GoneUnits& each : gone_units(only, terms))
            if (each.cancelled && each.units > 0) units[each.line] += each.units;
        const std::string note = text_at(refund, "note");
        // what an order's cancellation took off its lines is told as that, below
        const bool is_part_of_whole = is_cancelled(order) && key_in(note).empty();
        if (units.empty() || is_part_of_whole) continue;
        for (const auto& [line, count] : units)
            made.lines.push_back({line, count});
        made.external_id = number_of(refund.at("id"));
        if (const std::string key = key_in(note); !key.empty()) made.key = key;
        if (const std::string why = without_key(note); !why.empty())
            made.reason = sdk::cut_utf8(why, kLongestReason);
        made.at = instant_at(refund, "createdAt");
        record.cancellations.push_back(std::move(made));
    }
    if (!is_cancelled(order)) return;
    sdk::OrderCancellation whole;
    whole.external_id = "cancelled";
    const std::string note = text_at(order["cancellation"], "staffNote");
    if (const std::string key = key_in(note); !key.empty()) whole.key = key;
    const std::string why = without_key(note);
    whole.reason = why.empty() ? text_of(order, "cancelReason", kLongestReason) : why;
    whole.at = instant_at(order, "cancelledAt");
    for (const sdk::OrderLine& line : record.lines)
        if (line.kind == sdk::OrderLineKind::product && line.ordered_quantity.value_or(0) > 0)
            whole.lines.push_back({line.external_id, *line.ordered_quantity});
    record.cancellations.push_back(std::move(whole));
}

/// What the shop says that the order costs. It has two figures, from before and after refunds, and
/// neither is what the record wants: without what was cancelled, with what came back. The one that
/// agrees with the lines once the other is set off is taken.
Sum total_of(const Json& order, const Terms& terms, const Lines& lines) {
    const Sum shown{terms.inc(lines.live), lines.live.tax};
    if (is_cancelled(order)) return shown;
    Sum returned;
    for (const GoneUnits& each : gone_units(order, terms))
        if (!each.cancelled) returned += each.value;
    for (const Json& refund : rows_of(order["refunds"]))
        for (const Json& row : rows_of(refund["refundShippingLines"]))
            returned += {terms.minor(row["subtotalAmountSet"]), terms.minor(row["taxAmountSet"])};
    // shown: tax included, here
    const Sum after{terms.minor(order["currentTotalPriceSet"]) + terms.inc(returned),
                    terms.minor(order["currentTotalTaxSet"]) + returned.tax};
    const Sum before{terms.minor(order["totalPriceSet"]) - terms.inc(lines.cancelled),
                     terms.minor(order["totalTaxSet"]) - lines.cancelled.tax};
    // the shop's sum of taxes is documented as that of the items
    const auto agrees_in_tax = [&](const Sum& each) {
        return each.tax == lines.live.tax || each.tax + lines.delivery_tax == lines.live.tax;
    };
    const auto agrees = [&](const Sum& each) {
        const std::int64_t rest = each.shown - terms.inc(lines.live);
        return rest == 0 || !fee_lines(order, terms, rest).empty();
    };
    for (const bool with_tax : {true, false})
        for (const Sum& each : {after, before})
            if (agrees(each) && (!with_tax || agrees_in_tax(each)))
                return {each.shown, with_tax ? lines.live.tax : each.tax};
    return after;
}

}  // namespace

Terms terms_of(const Json& order) {
    return {order.at("presentmentCurrencyCode").text(),
            order["taxesIncluded"].is_bool() && order["taxesIncluded"].boolean()};
}

bool is_cancelled(const Json& order) {
    return order["cancelledAt"].is_text();
}

sdk::Order to_order(const Settings& settings, const Json& order, const std::string& observed_at) {
    const Terms terms = terms_of(order);
    sdk::Order record;
    record.source.external_id = number_of(order.at("id"));
    record.source.external_version = text_of(order, "updatedAt", kLongestId);
    record.source.updated_at = instant_at(order, "updatedAt");
    record.source.observed_at = observed_at;
    record.number = text_of(order, "name", kLongestId).value_or(record.source.external_id);
    record.channel = text_of(order, "sourceName", kLongestWord);
    record.url = settings.orders_url + record.source.external_id;
    if (!settings.managed) record.managed = false;
    record.currency = terms.currency;
    record.tax_locale = terms.gross ? sdk::OrderTaxLocale::gross : sdk::OrderTaxLocale::net;
    record.state = is_cancelled(order) ? sdk::OrderState::cancelled : sdk::OrderState::open;
    record.storefront_state =
        text_at(order, "displayFinancialStatus") + " " + text_at(order, "displayFulfillmentStatus");
    record.placed_at = instant_at(order, "processedAt")
                           .value_or(instant_at(order, "createdAt").value_or(observed_at));
    record.customer = to_customer(order);
    record.billing_address = to_address(order["billingAddress"]);
    record.shipping_address = to_address(order["shippingAddress"]);
    Lines lines = to_lines(order, terms, is_cancelled(order));
    const Sum total = total_of(order, terms, lines);
    record.totals = {terms.text(total.shown - total.tax), terms.text(total.tax),
                     terms.text(total.shown)};
    const std::int64_t rest = total.shown - terms.inc(lines.live);
    record.lines = std::move(lines.lines);
    for (sdk::OrderLine& fee : fee_lines(order, terms, rest))
        record.lines.push_back(std::move(fee));
    const auto tenders = to_tenders(order, terms);
    record.payments = to_payments(tenders, terms);
    record.refunds = to_refunds(order, tenders, terms);
    take_fulfilments(order, record);
    take_cancellations(order, terms, record);
    return record;
}

}  // namespace orderhub::shopify
