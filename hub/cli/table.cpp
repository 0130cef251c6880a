#include "hub/cli/table.hpp"

#include <algorithm>

#include "hub/cli/text_width.hpp"

namespace orderhub::cli {

namespace {

constexpr std::size_t kGap = 2;

std::string padded(const std::string& cell, Align align, std::size_t width) {
    const std::size_t own = display_width(cell);
    const std::string space(own < width ? width - own : 0, ' ');
    return align == Align::right ? space + cell : cell + space;
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    for (std::size_t at = 0; at < cells.size(); ++at)
        cells[at] = clipped(printable(cells[at]), columns_[at].widest);
    rows_.push_back(std::move(cells));
}

std::string Table::text(std::size_t indent) const {
    std::vector<std::size_t> widths(columns_.size(), 0);
    for (const auto& row : rows_)
        for (std::size_t at = 0; at < row.size(); ++at)
            widths[at] = std::max(widths[at], display_width(row[at]));
    const auto line = [&](const auto& cell_of) {
        std::string out(indent, ' ');
        for (std::size_t at = 0; at < columns_.size(); ++at) {
            if (widths[at] == 0) continue;
            const std::size_t width = std::max(widths[at], display_width(columns_[at].title));
            out += padded(cell_of(at), columns_[at].align, width) + std::string(kGap, ' ');
        }
        out.erase(out.find_last_not_of(' ') + 1);
        return out + "\n";
    };
    std::string out = line([&](std::size_t at) { return columns_[at].title; });
    for (const auto& row : rows_)
        out += line([&](std::size_t at) { return row[at]; });
    return out;
}

}  // namespace orderhub::cli
