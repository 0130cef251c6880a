#include "record.hpp"

#include <orderhub/money.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "instant.hpp"
#include "mapping.hpp"
#include "notation.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

std::string_view state_of(std::string_view state) {
    if (state == "draft" || state == "validated") return "draft";
    if (state == "posted" || state == "paid") return "posted";
    if (state == "cancelled") return "cancelled";
    throw std::invalid_argument("an unknown state");
}

// A draft that somebody else made may have no date yet.
std::string date_of(const json::value& invoice, const Invoice& read) {
    if (const json::value& day = invoice.at("invoice_date"); !day.is_null()) return date_text(day);
    if (!read.accounting_date.empty()) return read.accounting_date;
    return format_instant(microseconds_of(invoice.at("create_date"))).substr(0, 10);
}

}  // namespace

json::array posting_fields() {
    json::array names{"reference", "invoice_date", "create_date", "write_date"};
    for (const char* name : kInvoiceFields)
        names.emplace_back(name);
    return names;
}

json::object posting_record(const json::value& invoice, std::int64_t changed_us,
                            std::int64_t observed_us) {
    const json::value& reference = invoice.at("reference");
    if (reference.is_null() || reference.as_string().empty()) return {};
    const Invoice read = read_invoice(invoice);
    const DocumentKind kind =
        read.totals.inc < 0 ? DocumentKind::credit_memo : DocumentKind::invoice;
    return {{"source",
             {{"external_id", std::to_string(read.id)},
              {"updated_at", format_instant(changed_us)},
              {"observed_at", format_instant(observed_us)}}},
            {"kind", kind == DocumentKind::credit_memo ? "credit_memo" : "invoice"},
            {"reference", reference},
            {"posted_number", read.number},
            {"state", state_of(read.state)},
            {"date", date_of(invoice, read)},
            {"currency", read.currency},
            {"totals", totals_of(read, kind)}};
}

}  // namespace orderhub::tryton
