#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "hub/cli/action_puts.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/wording.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> kBases{"amount_with_tax", "amount_without_tax",
                                                 "percentage", "percentage_gross"};

bool has_payment(const json::value& order, const std::string& named) {
    return std::ranges::any_of(items(order, "/payments"), [&](const json::value& payment) {
        return text(payment, "/external_id") == named;
    });
}

std::string payments_of(const json::value& order) {
    std::string list;
    for (const json::value& payment : items(order, "/payments"))
        list += (list.empty() ? "" : ", ") + text(payment, "/external_id");
    return printable(list);
}

/// A payment by its id, or one of its captures as PAYMENT:CAPTURE.
Expected<json::object> tender_of(const json::value& order, const std::string& named) {
    if (has_payment(order, named)) return json::object{{"payment", named}};
    const auto parts = halves_at_last(named, ':');
    if (parts && has_payment(order, parts->first))
        return json::object{{"payment", parts->first}, {"operation", parts->second}};
    return failed(kNotFound, fmt::format("The order has no payment {}; it has {}.",
                                         printable(named), payments_of(order)));
}

}  // namespace

Expected<void> put_fees(const Written& written, json::object& input) {
    json::array fees;
    for (const std::string& word : written.words) {
        const auto label = halves_at_last(word, '=');
        const auto fee = label ? halves(label->second, ":") : std::nullopt;
        if (!fee || std::ranges::find(kBases, fee->first) == kBases.end())
            return unclear(written, word,
                           fmt::format("LABEL=BASIS:VALUE, such as Restocking=percentage:10; BASIS "
                                       "is one of {}",
                                       fmt::join(kBases, ", ")));
        fees.push_back({{"label", label->first}, {"basis", fee->first}, {"value", fee->second}});
    }
    input[written.option.field] = std::move(fees);
    return {};
}

Expected<void> put_tenders(const Written& written, json::object& input) {
    json::array tenders;
    for (const std::string& word : written.words) {
        const auto parts = halves_at_last(word, '=');
        if (!parts) return unclear(written, word, "PAYMENT=AMOUNT");
        auto tender = tender_of(written.order, parts->first);
        if (!tender) return std::unexpected(tender.error());
        (*tender)["amount"] = parts->second;
        tenders.emplace_back(std::move(*tender));
    }
    input[written.option.field] = std::move(tenders);
    return {};
}

}  // namespace orderhub::cli
