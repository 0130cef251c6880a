// Entry of the connector: credit_memo.post, invoice.post and check.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "book.hpp"
#include "config.hpp"
#include "entry.hpp"

namespace orderhub::journal {

class Journal {
public:
    explicit Journal(const sdk::Document& config) : config_(read_config(config)) {}

    void check(sdk::Call&) { check_directory(config_.directory); }

    sdk::CreditMemoPost::Result credit_memo_post(sdk::Call& call, const sdk::Command& command,
                                                 const sdk::CreditMemoPost& memo) {
        keep(call, entry_of(memo, config_.accounts), command.key);
        return {file_of(memo.memo.date) + "#" + memo.memo.number,
                memo.memo.number,
                {},
                memo.memo.totals};
    }

    sdk::InvoicePost::Result invoice_post(sdk::Call& call, const sdk::Command& command,
                                          const sdk::InvoicePost& invoice) {
        keep(call, entry_of(invoice, config_.accounts), command.key);
        return {file_of(invoice.invoice.date) + "#" + invoice.invoice.number,
                invoice.invoice.number,
                {},
                invoice.invoice.totals};
    }

private:
    /// By the document's own date, so that every attempt looks into the same file.
    std::string file_of(const std::string& date) const {
        if (config_.period == Period::all) return "journal";
        return "journal-" + date.substr(0, config_.period == Period::year ? 4 : 7);
    }

    // Each file is looked into: an attempt may have been killed between the two.
    void keep(sdk::Call& call, const Entry& entry, std::string_view key) const {
        const DirectoryLock lock(config_.directory);
        const std::string path = config_.directory + "/" + file_of(entry.date);
        if (config_.csv) journal::keep(call, lock, path + ".csv", csv_format(), entry, key);
        if (config_.ledger)
            journal::keep(call, lock, path + ".journal", ledger_format(), entry, key);
    }

    Config config_;
};

}  // namespace orderhub::journal

ORDERHUB_CONNECTOR(orderhub::journal::Journal, ORDERHUB_MANIFEST);
