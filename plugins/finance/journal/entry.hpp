// A document as one balanced entry of a journal. Pure.
#pragma once

#include <cstdint>
#include <orderhub/commands.hpp>
#include <string>
#include <vector>

#include "config.hpp"

namespace orderhub::journal {

struct Posting {
    std::string account;
    std::int64_t amount = 0;  ///< minor units; a debit is above zero, a credit below
};

/// ex, tax and inc of the document, minor units; positive.
struct Totals {
    std::int64_t ex = 0;
    std::int64_t tax = 0;
    std::int64_t inc = 0;

    bool operator==(const Totals&) const = default;
};

struct Entry {
    std::string kind;  ///< "credit memo" or "invoice"
    std::string number;
    std::string date;  ///< YYYY-MM-DD
    std::string currency;
    std::string order_number;
    std::string reason;
    Totals totals;
    /// One for each account, none of zero unless all are; they add up to zero.
    std::vector<Posting> postings;
};

/// Throw Stop (rejected) if the document's sums do not agree, or a tax has no account.
Entry entry_of(const sdk::CreditMemoPost& command, const Accounts& accounts);
Entry entry_of(const sdk::InvoicePost& command, const Accounts& accounts);

}  // namespace orderhub::journal
