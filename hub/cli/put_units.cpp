#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <optional>

#include "hub/cli/action_puts.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/line_choice.hpp"
#include "hub/cli/wording.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

/// The name that the order has for a SKU; else the SKU.
std::string name_of(const json::value& order, const std::string& sku) {
    for (const json::value& line : items(order, "/lines"))
        if (text(line, "/sku") == sku) return text(line, "/name");
    return sku;
}

/// SKU:QTY[:NAME]; a SKU may contain colons, so the first part that is a number is the quantity.
Expected<json::object> item_of(const Written& written, const std::string& word) {
    for (auto at = word.find(':', 1); at != std::string::npos; at = word.find(':', at + 1)) {
        const auto end = std::min(word.find(':', at + 1), word.size());
        const std::int64_t units = quantity(std::string_view(word).substr(at + 1, end - at - 1));
        if (units == 0) continue;
        const std::string sku = word.substr(0, at);
        const std::string name = end + 1 < word.size() ? word.substr(end + 1) : "";
        return json::object{{"sku", sku},
                            {"name", name.empty() ? name_of(written.order, sku) : name},
                            {"quantity", units}};
    }
    return unclear(written, word, "SKU:QTY or SKU:QTY:NAME, such as MUG-RED:1");
}

/// EX/TAX/INC
std::optional<json::object> price_of(const std::string& word) {
    const auto first = halves(word, "/");
    const auto rest = first ? halves(first->second, "/") : std::nullopt;
    if (!rest) return std::nullopt;
    return json::object{{"ex", first->first}, {"tax", rest->first}, {"inc", rest->second}};
}

}  // namespace

Expected<void> put_units(const Written& written, json::object& input) {
    auto lines = choose_lines(written.order, written.words);
    if (!lines) return std::unexpected(lines.error());
    input[written.option.field] = std::move(*lines);
    return {};
}

Expected<void> put_line_ids(const Written& written, json::object& input) {
    json::array ids;
    for (const std::string& word : written.words) {
        const auto id = choose_line(written.order, word);
        if (!id) return std::unexpected(id.error());
        ids.emplace_back(*id);
    }
    input[written.option.field] = std::move(ids);
    return {};
}

Expected<void> put_items(const Written& written, json::object& input) {
    json::array list;
    for (const std::string& word : written.words) {
        auto item = item_of(written, word);
        if (!item) return std::unexpected(item.error());
        list.emplace_back(std::move(*item));
    }
    input[written.option.field] = std::move(list);
    return {};
}

Expected<void> put_prices(const Written& written, json::object& input) {
    for (const std::string& word : written.words) {
        const auto parts = halves_at_last(word, '=');
        const auto price = parts ? price_of(parts->second) : std::nullopt;
        if (!price)
            return unclear(written, word, "SKU=EX/TAX/INC, such as MUG-RED=10.00/2.00/12.00");
        bool found = false;
        for (json::value& item : input["items"].as_array()) {
            if (text(item, "/sku") != parts->first) continue;
            item.as_object()["unit_price"] = *price;
            found = true;
        }
        if (!found)
            return failed(kUsage, fmt::format("--price {}: there is no --item of that SKU.",
                                              printable(parts->first)));
    }
    return {};
}

}  // namespace orderhub::cli
