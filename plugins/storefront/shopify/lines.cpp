#include "lines.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "client.hpp"
#include "payments.hpp"

namespace orderhub::shopify {
namespace {

constexpr std::size_t kLongestName = 512;
constexpr std::size_t kLongestLabel = 255;
constexpr std::size_t kLongestSku = 128;

std::string cut(const std::string& text, std::size_t limit) {
    return std::string(sdk::cut_utf8(text, limit));
}

/// One line on its way to the record: all that was ordered, and what of it is cancelled.
struct Draft {
    std::int64_t ordered = 1;
    std::int64_t units = 1;  ///< that are not cancelled
    std::int64_t unit = 0;   ///< list price of one
    std::int64_t list = 0;   ///< of all that was ordered
    Sum all;                 ///< what that costs, discounts taken off
    Sum cancelled;
};

std::string label_of(const Json& application) {
    for (const std::string_view key : {"code", "title"})
        if (const std::string text = text_at(application, key); !text.empty())
            return cut(text, kLongestLabel);
    return "discount";
}

sdk::OrderLineAdjustmentLevel level_of(const Json& application) {
    return text_at(application, "allocationMethod") == "ACROSS"
               ? sdk::OrderLineAdjustmentLevel::order
               : sdk::OrderLineAdjustmentLevel::line;
}

std::int64_t tax_of(const Json& item, const Terms& terms) {
    std::int64_t tax = 0;
    for (const Json& each : rows_of(item["taxLines"]))
        tax += terms.minor(each["priceSet"]);
    return tax;
}

std::int64_t discount_of(const Json& item, const Terms& terms) {
    std::int64_t discount = 0;
    for (const Json& each : rows_of(item["discountAllocations"]))
        discount += terms.minor(each["allocatedAmountSet"]);
    return discount;
}

/// Discounts of the units that are left, each with its share of tax.
void take_adjustments(sdk::OrderLine& line, const Json& item, const Terms& terms,
                      const Sum& discount) {
    const auto& allocations = rows_of(item["discountAllocations"]);
    if (discount == Sum{}) return;
    if (allocations.empty()) {
        line.adjustments.push_back(
            {sdk::OrderLineAdjustmentLevel::line, "rounding", terms.money(Sum{} - discount)});
        return;
    }
    std::vector<std::int64_t> weights;
    for (const Json& each : allocations)
        weights.push_back(terms.minor(each["allocatedAmountSet"]));
    const auto shown = spread(discount.shown, weights);
    const auto tax = spread(discount.tax, weights);
    for (std::size_t i = 0; i < allocations.size(); ++i) {
        const Json& application = allocations[i]["discountApplication"];
        if (shown[i] == 0 && tax[i] == 0) continue;
        line.adjustments.push_back({level_of(application), label_of(application),
                                    terms.money(Sum{} - Sum{shown[i], tax[i]})});
    }
}

void take_taxes(sdk::OrderLine& line, const Json& item, const Terms& terms, std::int64_t tax) {
    const auto& rows = rows_of(item["taxLines"]);
    std::vector<std::int64_t> weights;
    for (const Json& each : rows)
        weights.push_back(terms.minor(each["priceSet"]));
    const auto shares = spread(tax, weights);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string rate = percent_of(rows[i]["rate"]);
        if (rate.empty()) continue;
        const std::string title = text_at(rows[i], "title");
        line.taxes.push_back(
            {cut(title.empty() ? "tax" : title, kLongestLabel), rate, terms.text(shares[i])});
    }
}

/// Prices of the units that are left. The list price's tax is what the discounted price's would be
/// without the discount.
void finish(sdk::OrderLine& line, const Json& item, const Terms& terms, const Draft& draft) {
    const Sum live = draft.all - draft.cancelled;
    const bool is_whole = draft.unit * draft.ordered == draft.list;
    const std::int64_t list =
        is_whole ? draft.unit * draft.units : share(draft.list, draft.units, draft.ordered);
    const std::int64_t less = draft.units == 0 ? 0 : list - live.shown;
    const Sum discount{less, share(live.tax, less, live.shown)};
    line.quantity = draft.units;
    if (draft.units != draft.ordered) line.ordered_quantity = draft.ordered;
    line.total = terms.money(live);
    line.list = terms.money(live + discount);
    take_adjustments(line, item, terms, discount);
    take_taxes(line, item, terms, live.tax);
    if (draft.units > 0)
        line.unit_price = terms.money({share(live.shown + discount.shown, 1, draft.units),
                                       share(live.tax + discount.tax, 1, draft.units)});
    if (draft.cancelled != Sum{}) line.cancelled_total = terms.money(draft.cancelled);
}

class Maker {
public:
    Maker(const Json& order, const Terms& terms, bool is_cancelled)
        : order_(order),
          terms_(terms),
          is_cancelled_(is_cancelled),
          was_cancelled_here_(!key_in(text_at(order["cancellation"], "staffNote")).empty()) {
        for (GoneUnits& each : gone_units(order, terms))
            gone_[each.line].push_back(std::move(each));
    }

    Lines run() {
        for (const Json& item : rows_of(order_["lineItems"]))
            add_item(item);
        std::int64_t place = 0;
        for (const Json& item : rows_of(order_["shippingLines"]))
            add_delivery(item, ++place);
        return std::move(made_);
    }

private:
    void add_item(const Json& item) {
        sdk::OrderLine line;
        line.external_id = number_of(item.at("id"));
        line.kind = sdk::OrderLineKind::product;
        const std::string sku = text_at(item, "sku");
        if (!sku.empty()) line.sku = cut(sku, kLongestSku);
        const std::string name = text_at(item, "name");
        line.name = cut(name.empty() ? "item" : name, kLongestName);
        Draft draft;
        draft.ordered = item.at("quantity").integer();
        draft.units = draft.ordered;
        draft.unit = terms_.minor(item["originalUnitPriceSet"]);
        draft.list = terms_.minor(item["originalTotalSet"]);
        draft.all = {draft.list - discount_of(item, terms_), tax_of(item, terms_)};
        take_cancelled(draft, line.external_id, item.at("currentQuantity").integer());
        add(std::move(line), item, draft);
    }

    /// What was refunded before it was sent, and what an order edit removed.
    void take_cancelled(Draft& draft, const std::string& id, std::int64_t current) const {
        std::int64_t gone = 0;
        if (const auto found = gone_.find(id); found != gone_.end())
            for (const GoneUnits& each : found->second) {
                gone += each.units;
                if (!each.cancelled) continue;
                draft.units -= each.units;
                draft.cancelled += each.value;
            }
        const std::int64_t removed = draft.ordered - current - gone;
        if (removed > 0) {
            draft.units -= removed;
            draft.cancelled += {share(draft.all.shown, removed, draft.ordered),
                                share(draft.all.tax, removed, draft.ordered)};
        }
        draft.units = std::max<std::int64_t>(draft.units, 0);
    }

    void add_delivery(const Json& item, std::int64_t place) {
        sdk::OrderLine line;
        line.external_id = item["id"].is_text() ? "shipping:" + number_of(item["id"])
                                                : "shipping:" + std::to_string(place);
        line.kind = sdk::OrderLineKind::delivery;
        const std::string title = text_at(item, "title");
        line.name = cut(title.empty() ? "delivery" : title, kLongestName);
        Draft draft;
        draft.unit = draft.list = terms_.minor(item["originalPriceSet"]);
        draft.all = {terms_.minor(item["discountedPriceSet"]), tax_of(item, terms_)};
        const bool is_removed = item["isRemoved"].is_bool() && item["isRemoved"].boolean();
        if (is_removed) draft.units = 0;
        add(std::move(line), item, draft);
        if (!is_removed) made_.delivery_tax += draft.all.tax;
    }

    void add(sdk::OrderLine line, const Json& item, Draft draft) {
        const bool is_product = line.kind == sdk::OrderLineKind::product;
        if (is_cancelled_ && (is_product || !was_cancelled_here_)) draft.units = 0;
        if (draft.units == 0) draft.cancelled = draft.all;
        finish(line, item, terms_, draft);
        if (!is_product) {
            line.quantity = 1;
            line.ordered_quantity.reset();
        }
        made_.live += draft.all - draft.cancelled;
        made_.cancelled += draft.cancelled;
        made_.lines.push_back(std::move(line));
    }

    const Json& order_;
    const Terms& terms_;
    const bool is_cancelled_;
    const bool was_cancelled_here_;  ///< by the hub, which cancels units only
    std::map<std::string, std::vector<GoneUnits>> gone_;
    Lines made_;
};

sdk::OrderLine fee_line(std::string id, std::string name, const Terms& terms, std::int64_t amount) {
    sdk::OrderLine line;
    line.external_id = std::move(id);
    line.kind = sdk::OrderLineKind::fee;
    line.name = std::move(name);
    line.quantity = 1;
    line.list = line.total = terms.money({amount, 0});
    return line;
}

}  // namespace

std::map<std::string, std::int64_t> units_sent(const Json& order) {
    std::map<std::string, std::int64_t> sent;
    for (const Json& each : rows_of(order["fulfillments"])) {
        if (text_at(each, "status") == "CANCELLED") continue;
        for (const Json& row : rows_of(each["fulfillmentLineItems"]))
            sent[number_of(row.at("lineItem").at("id"))] +=
                row["quantity"].is_number() ? row["quantity"].integer() : 0;
    }
    return sent;
}

std::vector<GoneUnits> gone_units(const Json& order, const Terms& terms) {
    const auto sent = units_sent(order);
    std::vector<GoneUnits> all;
    for (const Json& refund : rows_of(order["refunds"]))
        for (const Json& row : rows_of(refund["refundLineItems"])) {
            const std::string line = number_of(row.at("lineItem").at("id"));
            const std::string where = text_at(row, "restockType");
            const bool was_sent = sent.contains(line);
            all.push_back({line,
                           row.at("quantity").integer(),
                           {terms.minor(row["subtotalSet"]), terms.minor(row["totalTaxSet"])},
                           where == "CANCEL" || (where != "RETURN" && !was_sent)});
        }
    return all;
}

Lines to_lines(const Json& order, const Terms& terms, bool is_cancelled) {
    return Maker(order, terms, is_cancelled).run();
}

std::vector<sdk::OrderLine> fee_lines(const Json& order, const Terms& terms, std::int64_t rest) {
    const std::int64_t duties = terms.minor(order["currentTotalDutiesSet"]);
    const std::int64_t fees = terms.minor(order["currentTotalAdditionalFeesSet"]);
    std::vector<sdk::OrderLine> lines;
    if (rest == 0) return lines;
    const bool both = rest == duties + fees;
    if (duties != 0 && (both || rest == duties))
        lines.push_back(fee_line("duties", "duties", terms, duties));
    if (fees != 0 && (both || (lines.empty() && rest == fees)))
        lines.push_back(fee_line("fees", "additional fees", terms, fees));
    return lines;
}

}  // namespace orderhub::shopify
