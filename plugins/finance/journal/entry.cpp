#include "entry.hpp"

#include <orderhub/http.hpp>
#include <orderhub/money.hpp>
#include <stdexcept>

namespace orderhub::journal {

namespace {

[[noreturn]] void refuse(const std::string& field, const std::string& why) {
    throw sdk::rejected("invalid_document", field + ": " + why);
}

std::int64_t minor_of(const std::string& text, const std::string& currency,
                      const std::string& field) {
    std::string why;
    try {
        return sdk::to_minor(text, currency);
    } catch (const std::invalid_argument& reason) {
        why = reason.what();
    }
    refuse(field, why + " (" + currency + ")");
}

std::int64_t sum(std::int64_t left, std::int64_t right) {
    std::int64_t total = 0;
    if (__builtin_add_overflow(left, right, &total)) refuse("totals", "they are too large");
    return total;
}

Totals totals_of(const sdk::Money& money, const std::string& currency, const std::string& field) {
    const Totals totals{minor_of(money.ex, currency, field + ".ex"),
                        minor_of(money.tax, currency, field + ".tax"),
                        minor_of(money.inc, currency, field + ".inc")};
    if (sum(totals.ex, totals.tax) != totals.inc) refuse(field, "expected ex + tax = inc");
    return totals;
}

/// Collects what goes to each account. `sign` is -1 where the document's amounts are credits.
class Postings {
public:
    Postings(const Accounts& accounts, std::int64_t sign) : accounts_(accounts), sign_(sign) {}

    void add(const std::string& account, std::int64_t amount) {
        for (Posting& posting : postings_)
            if (posting.account == account) {
                posting.amount = sum(posting.amount, sign_ * amount);
                return;
            }
        postings_.push_back({account, sign_ * amount});
    }

    /// The line's own tax counts: what its parts leave over goes to the last of them.
    template <class Line>
    void add_taxes(const Line& line, std::int64_t tax, const std::string& currency,
                   const std::string& field) {
        std::int64_t left = tax;
        for (std::size_t i = 0; i < line.taxes.size(); ++i) {
            const bool last = i + 1 == line.taxes.size();
            const std::int64_t part =
                last ? left : minor_of(line.taxes[i].amount, currency, field + ".taxes");
            left = sum(left, -part);
            if (part != 0) add(account_of(normal_rate(line.taxes[i].rate), field), part);
        }
        if (left != 0) add(account_of(kOtherRate, field), left);
    }

    std::vector<Posting> taken() {
        std::erase_if(postings_, [](const Posting& each) { return each.amount == 0; });
        return std::move(postings_);
    }

private:
    const std::string& account_of(const std::string& rate, const std::string& field) const {
        for (const std::string& key : {rate, std::string(kOtherRate)})
            if (const auto found = accounts_.taxes.find(key); found != accounts_.taxes.end())
                return found->second;
        throw sdk::rejected("tax_not_mapped",
                            field + ": expected an account for tax of " +
                                (rate == kOtherRate ? "no named rate" : rate + " %") +
                                " under accounts.taxes");
    }

    const Accounts& accounts_;
    std::int64_t sign_;
    std::vector<Posting> postings_;
};

template <class Line>
const std::string& account_of(const Line& line, const Accounts& accounts) {
    using Kind = typename Line::Kind;
    if (line.kind == Kind::delivery) return accounts.shipping;
    return line.kind == Kind::fee ? accounts.fee : accounts.revenue;
}

template <class Source>
void add_lines(const Source& source, const Accounts& accounts, const Totals& totals,
               Postings& postings) {
    Totals lines;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const auto& line = source.lines[i];
        const std::string field = "lines[" + std::to_string(i) + "]";
        const Totals total = totals_of(line.total, source.currency, field + ".total");
        postings.add(account_of(line, accounts), total.ex);
        postings.add_taxes(line, total.tax, source.currency, field);
        lines = {sum(lines.ex, total.ex), sum(lines.tax, total.tax), sum(lines.inc, total.inc)};
    }
    if (lines != totals) refuse("totals", "expected the sums of the lines");
}

template <class Source>
Entry entry_of(const Source& source, const Accounts& accounts, const char* kind,
               std::int64_t sign) {
    if (source.number.empty()) refuse("number", "expected our number of the document");
    if (source.lines.empty()) refuse("lines", "expected at least one");
    Entry entry{kind,
                source.number,
                source.date,
                source.currency,
                source.order_number,
                source.reason.value_or(""),
                totals_of(source.totals, source.currency, "totals"),
                {}};
    Postings postings(accounts, sign);
    add_lines(source, accounts, entry.totals, postings);
    postings.add(accounts.clearing, -entry.totals.inc);
    entry.postings = postings.taken();
    if (entry.postings.empty()) entry.postings.push_back({accounts.clearing, 0});
    std::int64_t balance = 0;
    for (const Posting& posting : entry.postings)
        balance = sum(balance, posting.amount);
    if (balance != 0) refuse("postings", "expected a balance of zero");
    return entry;
}

}  // namespace

// A credit memo takes revenue and tax back (debits) and owes the customer (a credit).
Entry entry_of(const sdk::CreditMemoPost& command, const Accounts& accounts) {
    return entry_of(command.memo, accounts, "credit memo", 1);
}

Entry entry_of(const sdk::InvoicePost& command, const Accounts& accounts) {
    return entry_of(command.invoice, accounts, "invoice", -1);
}

}  // namespace orderhub::journal
