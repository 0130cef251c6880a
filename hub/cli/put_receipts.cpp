#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "hub/cli/action_puts.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/wording.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

/// What arrived of a return line; one that is accepted and rejected in part is one entry.
json::object& receipt_of(json::object& input, const std::string& return_line) {
    json::value& list = input["lines"];
    if (!list.is_array()) list.emplace_array();
    for (json::value& each : list.as_array())
        if (text(each, "/return_line") == return_line) return each.as_object();
    list.as_array().push_back({{"return_line", return_line}, {"accepted", 0}, {"rejected", 0}});
    return list.as_array().back().as_object();
}

Expected<void> put_receipts(const Written& written, const char* count, const char* remark,
                            std::string_view example, json::object& input) {
    for (const std::string& word : written.words) {
        const auto line = halves(word, ":");
        const auto rest = line ? halves(line->second, ":") : std::nullopt;
        const std::int64_t units = line ? quantity(rest ? rest->first : line->second) : 0;
        if (units == 0) return unclear(written, word, example);
        json::object& receipt = receipt_of(input, line->first);
        if (whole_number(receipt, std::string("/") + count) != 0)
            return failed(kUsage, fmt::format("{} names {} twice.", written.option.name,
                                              printable(line->first)));
        receipt[count] = units;
        if (rest) receipt[remark] = rest->second;
    }
    return {};
}

}  // namespace

Expected<void> put_accepted(const Written& written, json::object& input) {
    return put_receipts(written, "accepted", "condition", "r1:QTY:CONDITION, such as r1:2:new",
                        input);
}

Expected<void> put_rejected(const Written& written, json::object& input) {
    return put_receipts(written, "rejected", "rejection_reason",
                        "r1:QTY:REASON, such as r1:1:\"not ours\"", input);
}

}  // namespace orderhub::cli
