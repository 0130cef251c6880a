// Actions on the order's lines.
#include "hub/servicing/inputs/inputs.hpp"

namespace orderhub::servicing {

namespace {

domain::ExchangeItem read_item(const Reader& from, const Currency& currency) {
    from.only({"sku", "name", "quantity", "unit_price"});
    domain::ExchangeItem item;
    item.sku = from.required_text("sku");
    item.name = from.required_text("name");
    item.quantity = from.required_integer("quantity");
    if (from.has("unit_price")) {
        from.object("unit_price").only({"ex", "tax", "inc"});
        item.unit_price = from.amount("unit_price", currency);
    }
    return item;
}

domain::DiscountInput read_discount_parts(const Reader& from, const Currency& currency) {
    domain::DiscountInput input;
    if (from.has("lines")) from.need_list("lines");
    input.line_ids = from.texts("lines");
    input.basis = from.required_choice<domain::DiscountBasis>("basis");
    input.value = input.basis == domain::DiscountBasis::percentage
                      ? from.percent("value")
                      : from.positive("value", currency).count();
    input.in_fulfilment = from.choice("in_fulfilment", domain::InFulfilment::disallowed);
    input.reason = from.required_text("reason");
    input.tenders = read_tenders(from, currency);
    return input;
}

}  // namespace

std::vector<domain::UnitsOfLine> read_units(const Reader& from) {
    from.need_list("lines");
    std::vector<domain::UnitsOfLine> units;
    from.each("lines", [&](const Reader& line) {
        line.only({"line_id", "quantity"});
        units.push_back({line.required_text("line_id"), line.required_integer("quantity")});
    });
    return units;
}

std::vector<domain::Fee> read_fees(const Reader& from, const Currency& currency) {
    std::vector<domain::Fee> fees;
    from.each("fees", [&](const Reader& each) {
        each.only({"label", "basis", "value"});
        domain::Fee fee;
        fee.label = each.required_text("label");
        fee.basis = each.required_choice<domain::FeeBasis>("basis");
        const bool of_amount = fee.basis == domain::FeeBasis::amount_with_tax ||
                               fee.basis == domain::FeeBasis::amount_without_tax;
        fee.value = of_amount ? each.positive("value", currency).count() : each.percent("value");
        fees.push_back(std::move(fee));
    });
    return fees;
}

domain::RemovalInput read_removal(const Reader& from, const Currency& currency) {
    from.only({"lines", "reason", "delivery", "fees", "tenders", "partial"});
    domain::RemovalInput input;
    input.lines = read_units(from);
    input.reason = from.required_text("reason");
    input.delivery = from.choice("delivery", domain::DeliveryRule::keep);
    input.fees = read_fees(from, currency);
    input.tenders = read_tenders(from, currency);
    return input;
}

domain::DiscountInput read_discount(const Reader& from, const Currency& currency) {
    from.only({"lines", "basis", "value", "in_fulfilment", "reason", "tenders", "partial"});
    return read_discount_parts(from, currency);
}

domain::DiscountInput read_appeasement(const Reader& from, const Currency& currency) {
    from.only({"lines", "basis", "value", "reason", "tenders", "partial"});
    return read_discount_parts(from, currency);
}

domain::ExchangeInput read_exchange(const Reader& from, const Currency& currency) {
    from.only({"lines", "items", "inspect", "reason", "delivery", "fees", "tenders", "partial"});
    domain::ExchangeInput input;
    input.lines = read_units(from);
    from.need_list("items");
    from.each("items",
              [&](const Reader& each) { input.items.push_back(read_item(each, currency)); });
    input.inspect = from.flag("inspect", false);
    input.reason = from.required_text("reason");
    input.delivery = from.choice("delivery", domain::DeliveryRule::keep);
    input.fees = read_fees(from, currency);
    input.tenders = read_tenders(from, currency);
    return input;
}

domain::FulfilInput read_reship(const Reader& from, const Currency&) {
    from.only({"lines", "reason"});
    domain::FulfilInput input;
    input.lines = read_units(from);
    input.reason = from.required_text("reason");
    return input;
}

domain::FulfilInput read_fulfil(const Reader& from, const Currency&) {
    from.only({"lines", "draft", "carrier", "tracking_number", "reason"});
    domain::FulfilInput input;
    input.lines = read_units(from);
    input.draft = from.flag("draft", false);
    input.carrier = from.short_text("carrier");
    input.tracking_number = from.short_text("tracking_number");
    input.reason = from.short_text("reason");
    return input;
}

domain::UpdateFulfilmentInput read_update_fulfilment(const Reader& from, const Currency&) {
    from.only({"fulfilment", "state", "carrier", "tracking_number", "tracking_url", "reason"});
    domain::UpdateFulfilmentInput input;
    input.fulfilment = from.required_text("fulfilment");
    input.state = from.required_choice<domain::FulfilmentState>("state");
    input.carrier = from.short_text("carrier");
    input.tracking_number = from.short_text("tracking_number");
    input.tracking_url = from.short_text("tracking_url");
    input.reason = from.short_text("reason");
    return input;
}

}  // namespace orderhub::servicing
