#include "lines.hpp"

#include <algorithm>
#include <utility>

#include "documents/members.hpp"
#include "documents/money.hpp"

namespace orderhub::b2c_commerce {
namespace {

using documents::minor_of;
using documents::price;
using documents::text_at;

constexpr std::size_t kLongestName = 512;
constexpr std::size_t kLongestLabel = 255;
constexpr std::size_t kLongestId = 128;

const std::vector<Json>& list_at(const Json& from, std::string_view key) {
    static const std::vector<Json> kNone;
    return from[key].is_array() ? from[key].items() : kNone;
}

struct Sum {
    std::int64_t ex;
    std::int64_t tax;
};

/// A line of the document on its way to a line of the record.
struct Draft {
    sdk::OrderLine line;
    Sum list{};
    std::vector<std::pair<std::string, Sum>> discounts;  ///< of this line alone
    std::int64_t after_items =
        0;  ///< price with its own discounts, in the order's terms (net or gross)
    std::int64_t after_order = 0;  ///< and with its share of the order's
    std::int64_t tax = 0;          ///< after its own discounts
    std::int64_t order_tax = 0;    ///< what the order's discounts change of it
};

class Maker {
public:
    Maker(const Json& order, std::string currency)
        : order_(order),
          currency_(std::move(currency)),
          gross_(text_at(order, "taxation") == "gross") {}

    std::vector<sdk::OrderLine> lines() {
        for (const Json& item : list_at(order_, "productItems"))
            add_product(item);
        for (const Json& item : list_at(order_, "giftCertificateItems"))
            add_gift_certificate(item);
        spread_order_tax();
        for (const Json& item : list_at(order_, "shippingItems"))
            add_delivery(item);
        std::vector<sdk::OrderLine> lines;
        for (Draft& draft : drafts_)
            lines.push_back(finished(draft));
        return lines;
    }

private:
    std::int64_t minor(const Json& from, std::string_view key) const {
        return minor_of(from[key], currency_);
    }

    /// Of net, tax and gross price two are enough: the third follows from the order's taxation.
    Sum sum_of(const Json& item) const {
        const std::int64_t tax = minor(item, "tax");
        if (gross_ && !item["grossPrice"].is_null()) return {minor(item, "grossPrice") - tax, tax};
        if (!item["netPrice"].is_null()) return {minor(item, "netPrice"), tax};
        return {minor(item, "grossPrice") - tax, tax};
    }

    std::int64_t shown(const Sum& sum) const { return gross_ ? sum.ex + sum.tax : sum.ex; }

    void take_prices(Draft& draft, const Json& item) const {
        draft.list = sum_of(item);
        const auto or_else = [&](std::string_view key, std::int64_t otherwise) {
            return item[key].is_null() ? otherwise : minor(item, key);
        };
        Sum discounts{};
        for (const Json& each : list_at(item, "priceAdjustments")) {
            const Sum sum = sum_of(each);
            discounts = {discounts.ex + sum.ex, discounts.tax + sum.tax};
            draft.discounts.emplace_back(label_of(each), sum);
        }
        draft.tax = or_else("adjustedTax", draft.list.tax + discounts.tax);
        const Sum own{draft.list.ex + discounts.ex, draft.tax};
        draft.after_items = or_else("priceAfterItemDiscount", shown(own));
        draft.after_order = or_else("priceAfterOrderDiscount", draft.after_items);
    }

    std::string label_of(const Json& adjustment) const {
        for (const std::string_view key : {"itemText", "promotionId", "couponCode", "reasonCode"})
            if (const std::string text = text_at(adjustment, key); !text.empty())
                return std::string(sdk::cut_utf8(text, kLongestLabel));
        return "discount";
    }

    void add_product(const Json& item) {
        Draft draft;
        sdk::OrderLine& line = draft.line;
        line.external_id = item.at("itemId").text_or_digits();
        line.kind = sdk::OrderLineKind::product;
        if (const std::string sku = text_at(item, "productId"); !sku.empty())
            line.sku = sdk::cut_utf8(sku, kLongestId);
        line.name = name_of(item, line.sku.value_or("product"));
        take_quantity(line, item["quantity"]);
        take_group(line, item);
        take_prices(draft, item);
        take_rate(line, item);
        drafts_.push_back(std::move(draft));
        for (const Json& option : list_at(item, "optionItems"))
            add_option(option, item);
    }

    /// An option (engraving, a guarantee) is a line of its own with a price of its own.
    void add_option(const Json& option, const Json& product) {
        Json item = option;
        if (item["quantity"].is_null() && !product["quantity"].is_null())
            item.set("quantity", product["quantity"]);
        if (item["shipmentId"].is_null() && !product["shipmentId"].is_null())
            item.set("shipmentId", product["shipmentId"]);
        if (item["productId"].is_null())
            item.set("productId",
                     text_at(option, "optionId") + ":" + text_at(option, "optionValueId"));
        add_product(item);
    }

    void add_gift_certificate(const Json& item) {
        Draft draft;
        draft.line.external_id = item.at("itemId").text_or_digits();
        draft.line.kind = sdk::OrderLineKind::product;
        draft.line.name = name_of(item, "gift certificate");
        draft.line.quantity = 1;
        take_group(draft.line, item);
        take_prices(draft, item);
        drafts_.push_back(std::move(draft));
    }

    void add_delivery(const Json& item) {
        Draft draft;
        draft.line.external_id = item.at("itemId").text_or_digits();
        draft.line.kind = sdk::OrderLineKind::delivery;
        draft.line.name = name_of(item, "delivery");
        draft.line.quantity = 1;
        take_group(draft.line, item);
        take_prices(draft, item);
        draft.after_order = draft.after_items;
        take_rate(draft.line, item);
        drafts_.push_back(std::move(draft));
    }

    std::string name_of(const Json& item, const std::string& otherwise) const {
        for (const std::string_view key : {"productName", "itemText"})
            if (const std::string text = text_at(item, key); !text.empty())
                return std::string(sdk::cut_utf8(text, kLongestName));
        return otherwise;
    }

    /// What is sold by weight or length has a quantity with a fraction: it is one unit, named so.
    void take_quantity(sdk::OrderLine& line, const Json& quantity) const {
        const std::string digits =
            quantity.is_number() ? documents::shifted(quantity.text_or_digits(), 0) : "1";
        line.quantity = 1;
        if (digits.find('.') == std::string::npos)
            line.quantity = Json::number(digits).integer();
        else
            line.name =
                std::string(sdk::cut_utf8(line.name, kLongestName - 50)) + " (" + digits + ")";
    }

    void take_group(sdk::OrderLine& line, const Json& item) const {
        if (const std::string shipment = text_at(item, "shipmentId"); !shipment.empty())
            line.delivery_group = shipment;
    }

    /// The rate; its amount is known once the line is finished.
    void take_rate(sdk::OrderLine& line, const Json& item) const {
        if (item["taxRate"].is_number())
            line.taxes = {
                {"tax", rate_of(documents::shifted(item["taxRate"].text_or_digits(), 2)), ""}};
    }

    static std::string rate_of(std::string percent) {
        const std::size_t point = percent.find('.');
        constexpr std::size_t kPlaces = 4;
        if (point != std::string::npos && percent.size() > point + 1 + kPlaces)
            percent.resize(point + 1 + kPlaces);
        return percent;
    }

    /// The tax on goods that the order shows, less that of its lines, is what the order's discounts
    /// change.
    void spread_order_tax() {
        if (drafts_.empty()) return;
        std::int64_t own = 0;
        std::vector<std::int64_t> weights;
        for (const Draft& draft : drafts_) {
            own += draft.tax;
            weights.push_back(draft.after_items - draft.after_order);
        }
        const bool has_discount =
            std::any_of(weights.begin(), weights.end(), [](std::int64_t w) { return w != 0; });
        if (!has_discount || order_["adjustedMerchandizeTotalTax"].is_null()) return;
        const auto shares =
            documents::spread(minor(order_, "adjustedMerchandizeTotalTax") - own, weights);
        for (std::size_t i = 0; i < drafts_.size(); ++i)
            drafts_[i].order_tax = shares[i];
    }

    /// What remains between list, own discounts and total is the order's discount.
    sdk::OrderLine finished(Draft& draft) const {
        sdk::OrderLine line = std::move(draft.line);
        const std::int64_t tax = draft.tax + draft.order_tax;
        const Sum total{gross_ ? draft.after_order - tax : draft.after_order, tax};
        Sum rest{total.ex - draft.list.ex, total.tax - draft.list.tax};
        line.list = price(draft.list.ex, draft.list.tax, currency_);
        line.total = price(total.ex, total.tax, currency_);
        for (const auto& [label, sum] : draft.discounts) {
            line.adjustments.push_back(
                {sdk::OrderLineAdjustmentLevel::line, label, price(sum.ex, sum.tax, currency_)});
            rest = {rest.ex - sum.ex, rest.tax - sum.tax};
        }
        if (rest.ex != 0 || rest.tax != 0)
            line.adjustments.push_back({sdk::OrderLineAdjustmentLevel::order, order_label(),
                                        price(rest.ex, rest.tax, currency_)});
        if (line.quantity > 0) line.unit_price = unit_price(draft.list, line.quantity);
        for (sdk::OrderLineTax& each : line.taxes)
            each.amount = line.total.tax;
        return line;
    }

    std::string order_label() const {
        const auto& adjustments = list_at(order_, "orderPriceAdjustments");
        return adjustments.empty() ? "rounding" : label_of(adjustments.front());
    }

    sdk::Money unit_price(const Sum& list, std::int64_t quantity) const {
        return price(list.ex / quantity, list.tax / quantity, currency_);
    }

    const Json& order_;
    const std::string currency_;
    const bool gross_;
    std::vector<Draft> drafts_;
};

}  // namespace

std::vector<sdk::OrderLine> to_lines(const Json& order, const std::string& currency) {
    return Maker(order, currency).lines();
}

std::vector<sdk::OrderLine> cancelled(std::vector<sdk::OrderLine> lines,
                                      const std::string& currency) {
    const sdk::Money nothing = price(0, 0, currency);
    for (sdk::OrderLine& line : lines) {
        if (line.kind == sdk::OrderLineKind::product) {
            line.ordered_quantity = line.quantity;
            line.quantity = 0;
        }
        line.cancelled_total = line.total;
        line.list = nothing;
        line.total = nothing;
        line.adjustments.clear();
        line.taxes.clear();
    }
    return lines;
}

}  // namespace orderhub::b2c_commerce
