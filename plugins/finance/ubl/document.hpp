// The payload of credit_memo.post or invoice.post as checked values. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <orderhub/commands.hpp>
#include <string>
#include <vector>

#include "amount.hpp"

namespace orderhub::ubl {

/// Positive is what the customer gets back by a credit memo, and what he owes by an invoice.
struct Amounts {
    Hundredths ex = 0;
    Hundredths tax = 0;
    Hundredths inc = 0;

    bool operator==(const Amounts&) const = default;
};

enum class Kind { credit_note, invoice };
enum class LineKind { product, delivery, fee };

struct DocumentLine {
    LineKind kind = LineKind::product;
    std::string name;
    std::string sku;
    std::int64_t quantity = 1;
    Amounts total;
    Rate rate;  ///< of all its taxes together; 0 for none
};

/// Who gets the document, as the order has him.
struct Recipient {
    std::string customer_id;
    std::string email;
    std::string name;
    sdk::Address address;
};

struct Document {
    Kind kind = Kind::credit_note;
    std::string number;
    std::string date;  ///< YYYY-MM-DD
    std::string currency;
    std::string reason;
    std::string order_number;
    std::vector<std::string> fulfilments;
    Amounts totals;
    std::vector<DocumentLine> lines;
    Recipient recipient;
};

/// Throw Stop (rejected) if the sums do not agree, an amount cannot be written in hundredths, or a
/// line has tax and names no rate.
Document read_document(const sdk::CreditMemoPost& command);
Document read_document(const sdk::InvoicePost& command);

}  // namespace orderhub::ubl
