#include <boost/json/serialize.hpp>

#include "hub/cli/command.hpp"

namespace orderhub::cli {

namespace json = boost::json;

void print_json(Context& context, const json::value& document) {
    context.out << json::serialize(document) << "\n";
}

void print_page(Context& context, const json::value& page,
                const std::vector<std::pair<std::string, std::string>>& columns) {
    if (context.json) return print_json(context, page);
    std::vector<std::string> heads;
    for (const auto& [head, pointer] : columns)
        heads.push_back(head);
    std::vector<std::vector<std::string>> rows;
    for (const auto& item : page.at("items").as_array()) {
        auto& row = rows.emplace_back();
        for (const auto& [head, pointer] : columns)
            row.push_back(cell(item, pointer));
    }
    print_table(context.out, heads, rows);
}

std::string resolve_order(Context& context, const std::string& text) {
    if (text.starts_with("os_")) return text;
    const auto page = context.api.get("/orders" + query({{"q", text}, {"limit", "10"}})).body;
    const auto& items = page.at("items").as_array();
    if (items.empty()) throw Failure{kNotFound, "there is no order " + text, {}};
    if (items.size() == 1) return std::string(items.front().at("id").as_string());
    std::string message = text + " is not one order; give the id of one of these:";
    for (const auto& item : items)
        message += "\n  " + cell(item, "/id") + "  " + cell(item, "/number");
    throw Failure{kFailed, message, {}};
}

}  // namespace orderhub::cli
