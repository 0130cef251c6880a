#include "hub/cli/order_section.hpp"

#include <fmt/format.h>

#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace json = boost::json;

std::string section(const char* headline, const json::value& from, const char* pointer, Table table,
                    const std::function<Cells(const json::value&)>& row) {
    for (const json::value& each : items(from, pointer))
        table.add(row(each));
    if (table.empty()) return {};
    return fmt::format("\n{}\n{}", headline, table.text(2));
}

std::string joined(std::initializer_list<std::string> parts, const char* separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += separator;
        out += printable(part);
    }
    return out;
}

std::string units_of(const json::value& from) {
    std::string out;
    for (const json::value& part : items(from, "/lines"))
        out += (out.empty() ? "" : ", ") + text(part, "/line_id") + ":" + text(part, "/quantity");
    return out;
}

}  // namespace orderhub::cli
