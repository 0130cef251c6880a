#include "hub/cli/line_choice.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct Wish {
    std::string line;
    std::int64_t quantity;
};

Expected<Wish> parse(const std::string& written) {
    const auto colon = written.rfind(':');
    std::int64_t quantity = 0;
    if (colon != std::string::npos) {
        const char* const end = written.data() + written.size();
        const auto [stop, error] = std::from_chars(written.data() + colon + 1, end, quantity);
        if (error != std::errc{} || stop != end) quantity = 0;
    }
    if (colon == 0 || quantity < 1)
        return failed(kUsage, fmt::format("--line {}: write LINE:QTY, such as l1:2 or MUG-BLUE:2.",
                                          printable(written)));
    return Wish{written.substr(0, colon), quantity};
}

std::string lines_of(const json::value& order) {
    std::string list;
    for (const json::value& line : items(order, "/lines")) {
        const std::string sku = text(line, "/sku");
        list += (list.empty() ? "" : ", ") + text(line, "/id") + (sku.empty() ? "" : " " + sku);
    }
    return printable(list);
}

}  // namespace

Expected<std::string> choose_line(const json::value& order, const std::string& named) {
    std::vector<std::string> with_sku;
    for (const json::value& line : items(order, "/lines")) {
        if (text(line, "/id") == named) return named;
        if (text(line, "/sku") == named) with_sku.push_back(text(line, "/id"));
    }
    if (with_sku.size() == 1) return with_sku.front();
    if (with_sku.empty())
        return failed(kNotFound, fmt::format("The order has no line {}; it has {}.",
                                             printable(named), lines_of(order)));
    return failed(kConflict, fmt::format("Several lines have the SKU {}: {}; name one by its id.",
                                         printable(named), fmt::join(with_sku, ", ")));
}

Expected<json::array> choose_lines(const json::value& order,
                                   const std::vector<std::string>& written) {
    json::array chosen;
    for (const std::string& each : written) {
        const auto wish = parse(each);
        if (!wish) return std::unexpected(wish.error());
        const auto id = choose_line(order, wish->line);
        if (!id) return std::unexpected(id.error());
        chosen.push_back({{"line_id", *id}, {"quantity", wish->quantity}});
    }
    return chosen;
}

}  // namespace orderhub::cli
