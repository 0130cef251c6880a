#include "hub/cli/table.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace orderhub::cli {

namespace {

std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void print_row(std::ostream& out, const std::vector<std::string>& cells,
               const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i)
        line += cells[i] + std::string(widths[i] - width(cells[i]) + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << "\n";
}

}  // namespace

void print_table(std::ostream& out, const std::vector<std::string>& heads,
                 const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& head : heads)
        widths.push_back(width(head));
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    print_row(out, heads, widths);
    for (const auto& row : rows)
        print_row(out, row, widths);
}

std::string cell(const boost::json::value& from, std::string_view pointer) {
    boost::system::error_code error;
    const auto* value = from.find_pointer(pointer, error);
    if (!value || value->is_null()) return {};
    auto text =
        value->is_string() ? std::string(value->as_string()) : boost::json::serialize(*value);
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == 127) c = ' ';
    return text;
}

}  // namespace orderhub::cli
