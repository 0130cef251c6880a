// Entries for ledger-cli and hledger, each between two comments that say whether all of it is
// there.
#include <charconv>
#include <orderhub/money.hpp>

#include "format.hpp"

namespace orderhub::journal {

namespace {

constexpr std::string_view kBegin = "; orderhub begin ";
constexpr std::string_view kEnd = "; orderhub end ";
constexpr std::string_view kHead =
    "; Written by OrderHub, which adds entries at the end. Keep entries of your own in another "
    "file.\n\n";

/// How many bytes the first line says that follow it.
std::size_t length_of(std::string_view line) {
    const std::string_view digits = line.substr(line.rfind(' ') + 1);
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (error != std::errc{} || end != digits.data() + digits.size())
        throw Damaged{"the first line of its last entry does not say how long that is"};
    return length;
}

std::string_view key_of(std::string_view line) {
    return line.substr(kBegin.size(), line.rfind(' ') - kBegin.size());
}

/// Where the last line that begins an entry starts.
std::size_t last_begin(std::string_view content) {
    const std::size_t found = content.rfind("\n" + std::string(kBegin));
    return found == content.npos ? found : found + 1;
}

/// Whether all of the entry is there that `content` begins with. Throws Damaged.
bool is_complete(std::string_view content) {
    const std::size_t line_end = content.find('\n');
    if (line_end == content.npos) return false;
    const std::string_view line = content.substr(0, line_end);
    const std::size_t length = length_of(line);
    const std::string_view body = content.substr(line_end + 1, length);
    if (body.size() < length) return false;
    if (!body.ends_with(std::string(kEnd) + std::string(key_of(line)) + "\n\n"))
        throw Damaged{"its last entry was changed"};
    return true;
}

void declare(std::string& to, std::string_view content, const std::string& line) {
    if (content.find("\n" + line) == content.npos && to.find(line) == to.npos) to += line;
}

/// Where there are no decimals hledger wants a decimal mark in the format, and ledger-cli none.
std::string commodity(const std::string& currency) {
    const std::string declared = "commodity " + currency + "\n";
    const int exponent = sdk::currency_exponent(currency);
    if (exponent == 0) return declared;
    return declared + "    format 1000." + std::string(static_cast<std::size_t>(exponent), '0') +
           " " + currency + "\n";
}

// A word before a colon in a comment would be a tag, which strict readers want declared.
std::string heading(const Entry& entry) {
    std::string out = entry.date + " * (" + one_line(entry.number, "();|") + ") " + entry.kind +
                      ", order " + one_line(entry.order_number, ";|") + "\n";
    const std::string reason = one_line(entry.reason, ":");
    return reason.empty() ? out : out + "    ; " + reason + "\n";
}

class Ledger : public Format {
public:
    const char* extension() const override { return ".journal"; }
    std::string head() const override { return std::string(kHead); }

    std::size_t whole(std::string_view content) const override {
        if (kHead.starts_with(content)) return content.size() == kHead.size() ? content.size() : 0;
        const std::size_t begin = last_begin(content);
        if (begin != content.npos && !is_complete(content.substr(begin))) return begin;
        // Cut within the very first words of an entry.
        const std::size_t lines = content.rfind('\n') + 1;
        const std::string_view rest = content.substr(lines);
        const bool began = kBegin.starts_with(rest) || rest.starts_with(kBegin);
        return !rest.empty() && began ? lines : content.size();
    }

    bool has(std::string_view content, std::string_view key) const override {
        return content.find("\n" + std::string(kBegin) + std::string(key) + " ") != content.npos;
    }
    bool has_number(std::string_view content, std::string_view number) const override {
        return content.find(" * (" + one_line(number, "();|") + ") ") != content.npos;
    }

    std::string block(const Entry& entry, std::string_view key,
                      std::string_view content) const override {
        std::string body;
        for (const Posting& posting : entry.postings)
            declare(body, content, "account " + posting.account + "\n");
        declare(body, content, commodity(entry.currency));
        if (!body.empty()) body += "\n";
        body += heading(entry);
        for (const Posting& posting : entry.postings)
            body += "    " + posting.account + "  " +
                    sdk::to_decimal(posting.amount, entry.currency) + " " + entry.currency + "\n";
        body += std::string(kEnd) + std::string(key) + "\n\n";
        const bool joins = !content.empty() && !content.ends_with('\n');
        return (joins ? "\n" : "") + std::string(kBegin) + std::string(key) + " " +
               std::to_string(body.size()) + "\n" + body;
    }
};

}  // namespace

const Format& ledger_format() {
    static const Ledger format;
    return format;
}

}  // namespace orderhub::journal
