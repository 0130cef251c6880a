#include "document.hpp"

#include <orderhub/http.hpp>

namespace orderhub::ubl {

namespace {

[[noreturn]] void refuse(const std::string& field, const std::string& expected) {
    throw sdk::rejected("invalid_document", field + ": expected " + expected);
}

Amounts amounts_of(const sdk::Money& money, const std::string& currency, const std::string& field) {
    const Amounts amounts{to_hundredths(money.ex, currency, field + ".ex"),
                          to_hundredths(money.tax, currency, field + ".tax"),
                          to_hundredths(money.inc, currency, field + ".inc")};
    if (sum(amounts.ex, amounts.tax) != amounts.inc) refuse(field, "ex + tax = inc");
    return amounts;
}

template <class Source>
Rate rate_of(const Source& line, const Amounts& total, const std::string& field) {
    Rate rate;
    for (const auto& tax : line.taxes)
        rate.e4 += to_rate(tax.rate).e4;
    if (rate.e4 == 0 && total.tax != 0)
        throw sdk::rejected(
            "BT-152", field + ".taxes: expected the rate of the line's tax of " + line.total.tax);
    return rate;
}

template <class Source>
DocumentLine line_of(const Source& source, const std::string& currency, const std::string& field) {
    DocumentLine line;
    line.kind = static_cast<LineKind>(source.kind);
    line.name = source.name;
    line.sku = source.sku.value_or("");
    line.quantity = source.quantity;
    line.total = amounts_of(source.total, currency, field + ".total");
    line.rate = rate_of(source, line.total, field);
    return line;
}

template <class Customer>
Recipient recipient_of(const std::optional<Customer>& customer,
                       const std::optional<sdk::Address>& address) {
    Recipient recipient;
    if (customer) {
        recipient.customer_id = customer->external_id.value_or("");
        recipient.email = customer->email.value_or("");
        recipient.name = customer->name.value_or("");
    }
    recipient.address = address.value_or(sdk::Address{});
    return recipient;
}

void check_sums(const Document& document) {
    Amounts lines;
    for (const DocumentLine& line : document.lines)
        lines = {sum(lines.ex, line.total.ex), sum(lines.tax, line.total.tax),
                 sum(lines.inc, line.total.inc)};
    if (lines != document.totals) refuse("totals", "the sums of the lines");
    if (document.number.empty()) refuse("number", "our number of the document");
    if (document.lines.empty()) refuse("lines", "at least one line");
}

template <class Source>
Document document_of(const Source& source, Kind kind) {
    Document document;
    document.kind = kind;
    document.number = source.number;
    document.date = source.date;
    document.currency = source.currency;
    document.reason = source.reason.value_or("");
    document.order_number = source.order_number;
    document.fulfilments = source.fulfilments;
    document.totals = amounts_of(source.totals, source.currency, "totals");
    document.recipient = recipient_of(source.customer, source.billing_address);
    for (const auto& line : source.lines)
        document.lines.push_back(
            line_of(line, source.currency, "lines[" + std::to_string(document.lines.size()) + "]"));
    check_sums(document);
    return document;
}

}  // namespace

Document read_document(const sdk::CreditMemoPost& command) {
    return document_of(command.memo, Kind::credit_note);
}

Document read_document(const sdk::InvoicePost& command) {
    return document_of(command.invoice, Kind::invoice);
}

}  // namespace orderhub::ubl
