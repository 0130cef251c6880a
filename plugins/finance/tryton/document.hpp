// The payload of credit_memo.post or invoice.post as checked values. Pure.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace orderhub::tryton {

/// Minor units of the document's currency; positive is what the customer gets back by a credit
/// memo, and what he owes by an invoice.
struct Amounts {
    std::int64_t ex = 0;
    std::int64_t tax = 0;
    std::int64_t inc = 0;

    bool operator==(const Amounts&) const = default;
};

struct TaxPart {
    std::string rate;  ///< percent, see normal_rate; empty if the document names none
    std::int64_t amount = 0;
};

enum class LineKind { product, delivery, fee };

struct DocumentLine {
    LineKind kind = LineKind::product;
    std::string name;
    std::string sku;
    std::int64_t quantity = 1;
    Amounts total;
    std::vector<TaxPart> taxes;  ///< their amounts add up to total.tax
};

enum class DocumentKind { credit_memo, invoice };

struct Document {
    DocumentKind kind = DocumentKind::credit_memo;
    std::string number;
    std::string date;  ///< YYYY-MM-DD
    std::string currency;
    std::string reason;
    std::string order_number;
    Amounts totals;
    std::vector<DocumentLine> lines;
    boost::json::object customer;
    boost::json::object billing_address;
};

/// Reads a payload that has passed its command's schema. Throws Stop (rejected) if its sums do not
/// agree or an amount has more decimals than its currency: sending such a document would make
/// Tryton disagree with us for good.
Document read_document(const boost::json::object& payload);

}  // namespace orderhub::tryton
