// One row for each posting; the first three columns say which entry it is of, and whether all are
// there.
#include <charconv>
#include <optional>
#include <orderhub/money.hpp>

#include "format.hpp"

namespace orderhub::journal {

namespace {

constexpr std::string_view kHead =
    "entry,row,rows,date,kind,number,order,currency,account,debit,credit\n";

struct Place {
    std::size_t row;
    std::size_t rows;
};

std::optional<std::size_t> number_of(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string_view take(std::string_view& rest) {
    const std::size_t comma = rest.find(',');
    const std::string_view field = rest.substr(0, comma);
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
    return field;
}

Place place_of(std::string_view line) {
    take(line);
    const auto row = number_of(take(line));
    const auto rows = number_of(take(line));
    if (!row || !rows || *row == 0 || *row > *rows)
        throw Damaged{"its last row does not say which of how many rows of its entry it is"};
    return {*row, *rows};
}

std::size_t line_begin(std::string_view content, std::size_t end) {
    const std::size_t before = content.rfind('\n', end - 2);
    return before == content.npos ? 0 : before + 1;
}

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"") == text.npos) return text;
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? "\"\"" : std::string(1, c);
    return out + '"';
}

class Csv : public Format {
public:
    const char* extension() const override { return ".csv"; }
    std::string head() const override { return std::string(kHead); }

    std::size_t whole(std::string_view content) const override {
        if (kHead.starts_with(content)) return content.size() == kHead.size() ? content.size() : 0;
        if (!content.starts_with(kHead)) throw Damaged{"its first line is not ours"};
        std::size_t end = content.rfind('\n') + 1;
        if (end == kHead.size()) return end;
        std::size_t begin = line_begin(content, end);
        const Place last = place_of(content.substr(begin, end - begin - 1));
        if (last.row == last.rows) return end;
        for (std::size_t row = last.row; row > 1; --row)
            begin = line_begin(content, begin);
        return begin;
    }

    bool has(std::string_view content, std::string_view key) const override {
        return content.find("\n" + std::string(key) + ",1,") != content.npos;
    }
    bool has_number(std::string_view content, std::string_view number) const override {
        const std::string field = quoted(one_line(number));
        return content.find(",credit memo," + field + ",") != content.npos ||
               content.find(",invoice," + field + ",") != content.npos;
    }

    std::string block(const Entry& entry, std::string_view key, std::string_view) const override {
        std::string rows;
        for (std::size_t i = 0; i < entry.postings.size(); ++i)
            rows += row(entry, key, i);
        return rows;
    }

private:
    static std::string row(const Entry& entry, std::string_view key, std::size_t index) {
        const Posting& posting = entry.postings[index];
        const auto text = [&](std::int64_t minor) {
            return sdk::to_decimal(minor, entry.currency);
        };
        const std::string debit = posting.amount >= 0 ? text(posting.amount) : "";
        const std::string credit = posting.amount < 0 ? text(posting.amount).substr(1) : "";
        std::string out(key);
        for (const std::string& field :
             {std::to_string(index + 1), std::to_string(entry.postings.size()), entry.date,
              entry.kind, quoted(one_line(entry.number)), quoted(one_line(entry.order_number)),
              entry.currency, quoted(posting.account), debit, credit})
            out += "," + field;
        return out + "\n";
    }
};

}  // namespace

const Format& csv_format() {
    static const Csv format;
    return format;
}

std::string one_line(std::string_view text, std::string_view banned) {
    std::string out;
    for (const char c : text) {
        const bool plain = static_cast<unsigned char>(c) > 0x20 && c != 0x7f;
        if (plain && banned.find(c) == banned.npos)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (out.ends_with(' '))
        out.pop_back();
    return out;
}

}  // namespace orderhub::journal
