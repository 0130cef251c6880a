// Entry of the connector: credit_memo.post, invoice.post and check.
#include <orderhub/connector.hpp>
#include <orderhub_manifest.hpp>

#include "config.hpp"
#include "folder.hpp"
#include "note.hpp"
#include "xml.hpp"

namespace orderhub::ubl {

namespace {

constexpr std::size_t kLongestName = 120;

/// The name that a document has in the directory, whatever its number is made of.
std::string file_name(Kind kind, const std::string& number) {
    const std::string name = std::string(kind == Kind::invoice ? "invoice-" : "credit-note-") +
                             sdk::url_encode(number) + ".xml";
    if (name.size() > kLongestName)
        throw sdk::rejected("BR-02", "number: expected one that fits into a file's name");
    return name;
}

sdk::Money totals_of(const Written& written) {
    const auto text = [&](const std::string& amount) {
        return to_currency_text(to_hundredths(amount, "EUR", "total"), written.currency);
    };
    return {text(written.ex), text(written.tax), text(written.inc)};
}

}  // namespace

class Ubl {
public:
    explicit Ubl(const sdk::Document& config)
        : config_(read_config(config)), folder_(config_.directory, config_.taken) {}

    void check(sdk::Call&) { folder_.check(); }

    sdk::CreditMemoPost::Result credit_memo_post(sdk::Call&, const sdk::Command& command,
                                                 const sdk::CreditMemoPost& memo) {
        return result_of<sdk::CreditMemoPost::Result>(command, read_document(memo));
    }

    sdk::InvoicePost::Result invoice_post(sdk::Call&, const sdk::Command& command,
                                          const sdk::InvoicePost& invoice) {
        return result_of<sdk::InvoicePost::Result>(command, read_document(invoice));
    }

private:
    template <class Result>
    Result result_of(const sdk::Command& command, const Document& document) const {
        const std::string name = file_name(document.kind, document.number);
        const Written written = write_once(name, document, std::string(command.key));
        Result result;
        result.external_id = name;
        result.number = written.number;
        result.totals = totals_of(written);
        return result;
    }

    /// What is in the file of that name, which is made unless it is there. Looked for at the first
    /// attempt too: it costs nothing, and the number may be another document's.
    Written write_once(const std::string& name, const Document& document,
                       const std::string& key) const {
        const Folder::Lock lock(folder_);
        auto content = folder_.find(name);
        if (!content) {
            const Note note = compose(document, config_);
            check_rules(note);
            content = to_xml(note, key);
            folder_.publish(name, *content);
        }
        const auto written = read_written(*content);
        if (!written || written->key != key)
            throw sdk::rejected("double_number",
                                name + " is there already, and not from this command");
        return *written;
    }

    Config config_;
    Folder folder_;
};

}  // namespace orderhub::ubl

ORDERHUB_CONNECTOR(orderhub::ubl::Ubl, ORDERHUB_MANIFEST);
