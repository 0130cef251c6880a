// Tables for people: columns aligned by display width.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace orderhub::cli {

enum class Align { left, right };

struct Column {
    std::string title;
    Align align = Align::left;
    std::size_t widest = 0;  ///< longer texts are clipped; 0 for never
};

class Table {
public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    /// One cell for each column; what is missing is empty. Cells are made printable here.
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }

    /// The titles and the rows, each line ended and preceded by `indent` spaces. Columns that are
    /// empty in every row are left out.
    std::string text(std::size_t indent = 0) const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace orderhub::cli
