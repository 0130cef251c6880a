#include "mapping.hpp"

#include <orderhub/http.hpp>
#include <orderhub/money.hpp>
#include <string_view>
#include <utility>

#include "config.hpp"
#include "notation.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

constexpr std::int64_t kPriceDecimals = 4;

std::int64_t sign_of(DocumentKind kind) {
    return kind == DocumentKind::credit_memo ? -1 : 1;
}

std::string sku_and_name(const DocumentLine& line) {
    return line.sku.empty() ? line.name : line.name + " (" + line.sku + ")";
}

const Tax* tax_for(const TaxPart& part, const Books& books) {
    if (const auto found = books.taxes.find(part.rate); found != books.taxes.end())
        return &found->second;
    // Nothing is owed at 0 %, so a shop's zero-rate needs no counterpart in the books.
    if (part.rate == "0" && part.amount == 0) return nullptr;
    if (const auto other = books.taxes.find(kOtherRate); other != books.taxes.end())
        return &other->second;
    throw sdk::rejected(
        "tax_not_mapped",
        part.rate.empty()
            ? "the document has a line with tax but without a rate, and the connector's "
              "configuration has no taxes.other"
            : "the connector's configuration names no Tryton tax for " + part.rate + " % (taxes)");
}

// One row per tax and sign of the base, as Tryton groups them itself.
class TaxRows {
public:
    explicit TaxRows(std::string currency) : currency_(std::move(currency)) {}

    void add(const Tax& tax, std::int64_t base, std::int64_t amount) {
        Row& row = rows_[{tax.id, base >= 0}];
        row.tax = &tax;
        row.base = sum(row.base, base);
        row.amount = sum(row.amount, amount);
    }
    /// Once per tax and line, however many parts of the line have that tax.
    void add_amount(const Tax& tax, std::int64_t base, std::int64_t amount) {
        Row& row = rows_.at({tax.id, base >= 0});
        row.amount = sum(row.amount, amount);
    }

    json::array values() const {
        json::array rows;
        for (const auto& [key, row] : rows_) {
            json::object values{
                {"manual", false},
                {"tax", row.tax->id},
                {"account", key.second ? row.tax->invoice_account : row.tax->credit_note_account},
                {"base", decimal(row.base, currency_)},
                {"amount", decimal(row.amount, currency_)},
                {"description", row.tax->description}};
            if (!row.tax->legal_notice.empty()) values["legal_notice"] = row.tax->legal_notice;
            rows.push_back(std::move(values));
        }
        return rows;
    }

private:
    struct Row {
        const Tax* tax = nullptr;
        std::int64_t base = 0;
        std::int64_t amount = 0;
    };
    std::string currency_;
    std::map<std::pair<std::int64_t, bool>, Row> rows_;
};

json::array line_taxes(const DocumentLine& line, std::int64_t sign, const Books& books,
                       TaxRows& rows) {
    json::array ids;
    const std::int64_t base = sign * line.total.ex;
    for (const TaxPart& part : line.taxes) {
        const Tax* tax = tax_for(part, books);
        if (!tax) continue;
        bool seen = false;
        for (const json::value& id : ids)
            seen = seen || id.to_number<std::int64_t>() == tax->id;
        if (seen) {
            rows.add_amount(*tax, base, sign * part.amount);
            continue;
        }
        rows.add(*tax, base, sign * part.amount);
        ids.push_back(tax->id);
    }
    return ids;
}

std::int64_t account_for(LineKind kind, const Books& books) {
    if (kind == LineKind::delivery) return books.shipping;
    return kind == LineKind::fee ? books.fee : books.revenue;
}

json::object line_values(const DocumentLine& line, const Document& document, const Books& books,
                         const Posting& posting, TaxRows& rows) {
    const std::string& currency = document.currency;
    const std::int64_t sign = sign_of(document.kind);
    json::object values{{"type", "line"},
                        {"company", books.company},
                        {"currency", posting.currency},
                        {"account", account_for(line.kind, books)}};
    if (const auto price = exact_unit_price(line.total.ex, line.quantity, currency)) {
        values["description"] = sku_and_name(line);
        values["quantity"] = sign * line.quantity;
        values["unit_price"] = decimal(*price);
    } else {
        values["description"] = std::to_string(line.quantity) + " x " + sku_and_name(line);
        values["quantity"] = sign;
        values["unit_price"] = decimal(line.total.ex, currency);
    }
    json::array taxes = line_taxes(line, sign, books, rows);
    if (!taxes.empty()) values["taxes"] = list(json::array{"add", std::move(taxes)});
    return values;
}

std::string description_of(const Document& document) {
    const bool is_memo = document.kind == DocumentKind::credit_memo;
    std::string text = (is_memo ? "Credit memo " : "Invoice ") + document.number + " for order " +
                       document.order_number;
    if (!document.reason.empty()) text += ": " + document.reason;
    return text;
}

}  // namespace

std::optional<std::string> exact_unit_price(std::int64_t total, std::int64_t quantity,
                                            const std::string& currency) {
    const std::int64_t exponent = sdk::currency_exponent(currency);
    std::int64_t more = 1;  // 10^(decimals that a price has beyond the currency's)
    for (std::int64_t i = exponent; i < kPriceDecimals; ++i)
        more *= 10;
    constexpr std::int64_t kLargest = 1'000'000'000;
    if (quantity < 1 || quantity > kLargest) return std::nullopt;
    const std::int64_t rest = total % quantity;
    if (rest == 0) return sdk::to_decimal(total / quantity, currency);
    if (rest * more % quantity != 0) return std::nullopt;
    const std::int64_t fraction = (rest < 0 ? -rest : rest) * more / quantity;
    std::string price = sdk::to_decimal(total / quantity, currency);
    if (total < 0 && !price.starts_with('-')) price.insert(0, 1, '-');
    if (exponent == 0) price += '.';
    return price + std::to_string(more + fraction).substr(1);
}

json::object invoice_values(const Document& document, const Books& books, const Posting& posting) {
    TaxRows rows(document.currency);
    json::array lines;
    for (const DocumentLine& line : document.lines)
        lines.push_back(line_values(line, document, books, posting, rows));
    json::object values{{"type", "out"},
                        {"company", books.company},
                        {"currency", posting.currency},
                        {"party", posting.party.id},
                        {"invoice_address", posting.party.address},
                        {"journal", books.journal},
                        {"account", books.receivable},
                        {"reference", document.number},
                        {"description", description_of(document)},
                        {"invoice_date", date(document.date)},
                        {"accounting_date", date(posting.today)},
                        {"lines", list(json::array{"create", std::move(lines)})}};
    if (books.payment_term) {
        values["payment_term"] = *books.payment_term;
        // Counted from the document's date the term might end in the past, where Tryton wants a
        // person to confirm before it posts.
        values["payment_term_date"] = date(posting.today);
    }
    json::array taxes = rows.values();
    if (!taxes.empty()) values["taxes"] = list(json::array{"create", std::move(taxes)});
    return values;
}

Invoice read_invoice(const json::value& source) {
    const json::object& fields = source.as_object();
    Invoice invoice;
    invoice.id = fields.at("id").to_number<std::int64_t>();
    if (const json::value& number = fields.at("number"); number.is_string())
        invoice.number = number.get_string();
    invoice.state = fields.at("state").as_string();
    invoice.currency = fields.at("currency.").at("code").as_string();
    if (const json::value& day = fields.at("accounting_date"); !day.is_null())
        invoice.accounting_date = date_text(day);
    invoice.totals = {minor_of(fields.at("untaxed_amount"), invoice.currency),
                      minor_of(fields.at("tax_amount"), invoice.currency),
                      minor_of(fields.at("total_amount"), invoice.currency)};
    return invoice;
}

json::object totals_of(const Invoice& invoice, DocumentKind kind) {
    const auto text = [&](std::int64_t amount) {
        return sdk::to_decimal(sign_of(kind) * amount, invoice.currency);
    };
    return {{"ex", text(invoice.totals.ex)},
            {"tax", text(invoice.totals.tax)},
            {"inc", text(invoice.totals.inc)}};
}

json::object result_of_posted(const Invoice& invoice, DocumentKind kind) {
    return {{"external_id", std::to_string(invoice.id)},
            {"number", invoice.number},
            {"state", "posted"},
            {"totals", totals_of(invoice, kind)}};
}

}  // namespace orderhub::tryton
