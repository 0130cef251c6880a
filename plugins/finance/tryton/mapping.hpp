// Documents to Tryton's invoices and Tryton's answers back. Pure.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "document.hpp"

namespace orderhub::tryton {

/// A tax of Tryton, with what an invoice's tax row needs.
struct Tax {
    std::int64_t id = 0;
    std::string description;
    std::string legal_notice;
    std::int64_t invoice_account = 0;
    std::int64_t credit_note_account = 0;
};

struct Party {
    std::int64_t id = 0;
    std::int64_t address = 0;
};

/// Tryton's ids of what the configuration names.
struct Books {
    std::int64_t company = 0;
    std::int64_t journal = 0;
    std::int64_t receivable = 0;
    std::int64_t revenue = 0;
    std::int64_t shipping = 0;
    std::int64_t fee = 0;
    std::optional<std::int64_t> payment_term;
    std::map<std::string, Tax> taxes;  ///< by rate, see normal_rate, or kOtherRate
    Party party;                       ///< the fixed one
};

/// What changes from document to document.
struct Posting {
    Party party;
    std::int64_t currency = 0;
    std::string today;  ///< Tryton's, YYYY-MM-DD: the accounting date
};

/// The price of one unit with at most four decimals, Tryton's limit, or nothing if `total` cannot
/// be had as quantity times such a price.
std::optional<std::string> exact_unit_price(std::int64_t total, std::int64_t quantity,
                                            const std::string& currency);

/// The values for model.account.invoice.create: a credit memo has negative quantities. Throws Stop
/// (rejected) if a rate has no tax.
///
/// The taxes are given as rows that are not manual and have the account, tax and base that Tryton
/// itself would compute: then it keeps our amount and still fills its tax report. A row with
/// another base would be computed again when the invoice is posted.
boost::json::object invoice_values(const Document& document, const Books& books,
                                   const Posting& posting);

/// An invoice as read with kInvoiceFields.
struct Invoice {
    std::int64_t id = 0;
    std::string number;
    std::string state;  ///< draft, validated, posted, paid, cancelled
    std::string currency;
    std::string accounting_date;  ///< YYYY-MM-DD, empty if there is none
    Amounts totals;               ///< as Tryton has them: negative for a credit note
};

inline constexpr const char* kInvoiceFields[] = {
    "number",         "state",      "currency.code", "accounting_date",
    "untaxed_amount", "tax_amount", "total_amount"};

/// Throws std::exception if a member is missing or of another shape.
Invoice read_invoice(const boost::json::value& source);

/// {"ex", "tax", "inc"} as decimal text, positive for what `kind` says.
boost::json::object totals_of(const Invoice& invoice, DocumentKind kind);

/// The command's result.
boost::json::object result_of_posted(const Invoice& invoice, DocumentKind kind);

}  // namespace orderhub::tryton
