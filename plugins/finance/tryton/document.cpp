#include "document.hpp"

#include <orderhub/http.hpp>
#include <orderhub/money.hpp>
#include <stdexcept>
#include <string_view>

#include "config.hpp"
#include "notation.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& source, std::string_view key) {
    const json::value* found = source.if_contains(key);
    return found ? std::string(found->as_string()) : std::string{};
}

json::object object_of(const json::object& source, std::string_view key) {
    const json::value* found = source.if_contains(key);
    return found ? found->as_object() : json::object{};
}

std::int64_t amount_of(const json::value& text, const std::string& currency) {
    try {
        return sdk::to_minor(text.as_string(), currency);
    } catch (const std::invalid_argument& reason) {
        throw sdk::rejected("invalid_document", std::string(reason.what()) + " (" + currency + ")");
    }
}

Amounts amounts_of(const json::object& source, const std::string& currency) {
    const Amounts amounts{amount_of(source.at("ex"), currency),
                          amount_of(source.at("tax"), currency),
                          amount_of(source.at("inc"), currency)};
    if (sum(amounts.ex, amounts.tax) != amounts.inc)
        throw sdk::rejected("invalid_document",
                            "the document has a total where ex and tax are not inc");
    return amounts;
}

LineKind kind_of(std::string_view text) {
    if (text == "product") return LineKind::product;
    if (text == "delivery") return LineKind::delivery;
    if (text == "fee") return LineKind::fee;
    throw sdk::rejected("invalid_document", "the document has a line of an unknown kind");
}

// The line's own tax counts. What its parts leave over, for example because a tax was rounded over
// all parts together, goes to the last of them.
std::vector<TaxPart> taxes_of(const json::object& line, std::int64_t tax,
                              const std::string& currency) {
    std::vector<TaxPart> parts;
    std::int64_t left = tax;
    if (const json::value* given = line.if_contains("taxes")) {
        for (const json::value& each : given->as_array()) {
            const std::int64_t amount = amount_of(each.at("amount"), currency);
            parts.push_back({normal_rate(std::string(each.at("rate").as_string())), amount});
            left = sum(left, -amount);
        }
    }
    if (parts.empty() && left != 0) parts.push_back({});
    if (left != 0) parts.back().amount = sum(parts.back().amount, left);
    return parts;
}

DocumentLine line_of(const json::object& source, const std::string& currency) {
    DocumentLine line;
    line.kind = kind_of(source.at("kind").as_string());
    line.name = text_of(source, "name");
    line.sku = text_of(source, "sku");
    line.quantity = source.at("quantity").to_number<std::int64_t>();
    line.total = amounts_of(source.at("total").as_object(), currency);
    line.taxes = taxes_of(source, line.total.tax, currency);
    return line;
}

}  // namespace

Document read_document(const json::object& payload) {
    const json::value* memo = payload.if_contains("memo");
    const json::object& source = (memo ? *memo : payload.at("invoice")).as_object();
    Document document;
    document.kind = memo ? DocumentKind::credit_memo : DocumentKind::invoice;
    document.number = text_of(source, "number");
    document.date = text_of(source, "date");
    document.currency = text_of(source, "currency");
    document.reason = text_of(source, "reason");
    document.order_number = text_of(source, "order_number");
    document.totals = amounts_of(source.at("totals").as_object(), document.currency);
    document.customer = object_of(source, "customer");
    document.billing_address = object_of(source, "billing_address");
    Amounts lines;
    for (const json::value& each : source.at("lines").as_array()) {
        document.lines.push_back(line_of(each.as_object(), document.currency));
        const Amounts& line = document.lines.back().total;
        lines = {sum(lines.ex, line.ex), sum(lines.tax, line.tax), sum(lines.inc, line.inc)};
    }
    if (document.number.empty() || document.lines.empty())
        throw sdk::rejected("invalid_document", "the document has no number or no lines");
    if (lines != document.totals)
        throw sdk::rejected("invalid_document", "the document's lines do not add up to its totals");
    return document;
}

}  // namespace orderhub::tryton
