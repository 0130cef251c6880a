#include "hub/servicing/records/records.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>

#include "hub/servicing/reader.hpp"

namespace orderhub::servicing {

namespace {

using domain::Currency;

domain::SnapshotLine read_line(const Reader& from, const Currency& currency) {
    domain::SnapshotLine line;
    line.external_id = from.text("external_id");
    line.kind = from.choice("kind", domain::LineKind::product);
    line.sku = from.text("sku");
    line.name = from.text("name");
    line.delivery_group = from.text("delivery_group");
    line.bundle = from.text("bundle");
    line.units_per_bundle = from.integer("units_per_bundle", 1);
    line.quantity = from.integer("quantity", 0);
    line.ordered_quantity = from.integer("ordered_quantity", line.quantity);
    line.unit_price = from.amount("unit_price", currency);
    line.list = from.amount("list", currency);
    line.total = from.amount("total", currency);
    line.cancelled_total = from.amount("cancelled_total", currency);
    line.taxes = from.taxes("taxes", currency);
    from.each("adjustments", [&](const Reader& each) {
        line.adjustments.push_back(
            {each.text("level") == "order", each.text("label"), each.amount("amount", currency)});
    });
    return line;
}

domain::Payment read_payment(const Reader& from, const Currency& currency) {
    domain::Payment payment;
    payment.external_id = from.text("external_id");
    payment.method = from.text("method");
    payment.state = from.choice("state", domain::PaymentState::pending);
    payment.amount = from.decimal("amount", currency);
    payment.reference = from.text("reference");
    payment.at = from.instant("at");
    return payment;
}

domain::SnapshotRefund read_refund(const Reader& from, const Currency& currency) {
    domain::SnapshotRefund refund;
    refund.external_id = from.text("external_id");
    refund.payment = from.text("payment");
    refund.amount = from.decimal("amount", currency);
    const std::string state = from.text("state");
    refund.state = state == "succeeded" ? domain::MoneyState::succeeded
                   : state == "failed"  ? domain::MoneyState::failed
                                        : domain::MoneyState::pending;
    refund.chargeback = from.text("kind") == "chargeback";
    refund.key = from.text("key");
    refund.reason = from.text("reason");
    refund.reference = from.text("reference");
    refund.at = from.instant("at");
    return refund;
}

domain::Fulfilment read_fulfilment(const Reader& from) {
    domain::Fulfilment fulfilment;
    fulfilment.external_id = from.text("external_id");
    fulfilment.key = from.text("key");
    fulfilment.state = from.choice("state", domain::FulfilmentState::pending);
    fulfilment.carrier = from.text("carrier");
    fulfilment.tracking_number = from.text("tracking_number");
    fulfilment.tracking_url = from.text("tracking_url");
    fulfilment.at = from.instant("at");
    from.each("lines", [&](const Reader& line) {
        fulfilment.lines.push_back({line.text("line"), line.integer("quantity", 0)});
    });
    return fulfilment;
}

domain::DeliveryGroup read_group(const Reader& from) {
    return {from.text("id"), from.address("recipient"), from.text("method")};
}

void read_parts(const Reader& from, domain::Snapshot& order) {
    const Currency& currency = order.currency;
    from.each("delivery_groups",
              [&](const Reader& each) { order.delivery_groups.push_back(read_group(each)); });
    from.each("lines",
              [&](const Reader& each) { order.lines.push_back(read_line(each, currency)); });
    from.each("payments",
              [&](const Reader& each) { order.payments.push_back(read_payment(each, currency)); });
    from.each("refunds",
              [&](const Reader& each) { order.refunds.push_back(read_refund(each, currency)); });
    from.each("fulfilments",
              [&](const Reader& each) { order.fulfilments.push_back(read_fulfilment(each)); });
    if (!from.has("cancellations")) return;
    order.cancellations.emplace();
    from.each("cancellations", [&](const Reader& each) {
        order.cancellations->push_back(
            {each.text("external_id"), each.text("key"), each.text("reason")});
    });
}

/// A record's text as JSON: its values lie side by side and are given back together.
class Document {
public:
    explicit Document(std::string_view text)
        : memory_(2 * text.size() + 4096), value_(boost::json::parse(text, failed_, &memory_)) {}

    Result<const boost::json::object*> object() const {
        if (const auto* object = value_.if_object()) return object;
        return fail(ErrorKind::Invalid, "invalid_record", "a record must be a JSON object");
    }

private:
    boost::json::monotonic_resource memory_;
    boost::system::error_code failed_;  ///< then the value is null
    boost::json::value value_;
};

}  // namespace

Result<domain::Snapshot> read_order_record(std::string_view json) {
    const Document document(json);
    const auto object = document.object();
    if (!object) return std::unexpected(object.error());
    std::optional<Error> error;
    const Reader from(**object, "", error);
    domain::Snapshot order;
    const auto currency = domain::currency(from.text("currency"));
    if (!currency)
        return fail(ErrorKind::Invalid, "invalid_record", currency.error().message, "/currency");
    order.currency = *currency;
    order.external_id = from.object("source").text("external_id");
    order.observed_at = from.object("source").instant("observed_at");
    order.number = from.text("number");
    order.channel = from.text("channel");
    order.url = from.text("url");
    order.tax_locale = from.choice("tax_locale", domain::TaxLocale::net);
    order.managed = from.flag("managed", true);
    order.storefront_state = from.text("storefront_state");
    order.placed_at = from.instant("placed_at");
    order.customer = from.customer("customer");
    order.billing_address = from.address("billing_address");
    order.shipping_address = from.address("shipping_address");
    order.totals = from.amount("totals", order.currency);
    read_parts(from, order);
    if (error) return std::unexpected(*error);
    if (order.external_id.empty() || order.observed_at == 0 || order.lines.empty())
        return fail(ErrorKind::Invalid, "invalid_record",
                    "an order needs source.external_id, source.observed_at and lines", "/source");
    return order;
}

Result<domain::Case> read_case_record(std::string_view json) {
    const Document document(json);
    const auto object = document.object();
    if (!object) return std::unexpected(object.error());
    std::optional<Error> error;
    const Reader from(**object, "", error);
    domain::Case result;
    result.external_id = from.object("source").text("external_id");
    result.observed_at = from.object("source").instant("observed_at");
    result.subject = from.text("subject");
    result.state = from.text("state");
    result.desk_state = from.text("desk_state");
    result.queue = from.text("queue");
    result.url = from.text("url");
    result.created_at = from.instant("created_at");
    result.updated_at = from.instant("updated_at");
    result.requester = from.customer("requester");
    result.order_number = from.text("order_number");
    from.each("messages", [&](const Reader& each) {
        result.messages.push_back({each.text("external_id"), each.text("direction"),
                                   each.text("author"), each.instant("at"), each.text("text")});
    });
    if (error) return std::unexpected(*error);
    if (result.external_id.empty())
        return fail(ErrorKind::Invalid, "invalid_record", "a case needs source.external_id",
                    "/source/external_id");
    return result;
}

}  // namespace orderhub::servicing
