#include "refunds.hpp"

#include <algorithm>

#include "documents/members.hpp"
#include "documents/money.hpp"
#include "fit.hpp"
#include "lines.hpp"

namespace orderhub::woocommerce {
namespace {

using documents::text_at;

constexpr std::string_view kOpen = "[orderhub:";
constexpr std::string_view kMetaKey = "_orderhub_key";
constexpr std::size_t kLongestKey = 64;

bool is_key(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= kLongestKey && std::ranges::all_of(text, fits);
}

/// A line's tax goes back under the ids of its rates, in their proportion.
Json tax_body(const Json& item, const std::string& tax, const std::string& currency) {
    std::vector<std::string> ids;
    std::vector<std::int64_t> weights;
    for (const Json& each : list_at(item, "taxes")) {
        const std::int64_t weight = exact(each["total"], currency);
        if (weight == 0) continue;
        ids.push_back(each.at("id").text_or_digits());
        weights.push_back(weight);
    }
    Json taxes = Json::array();
    if (ids.empty()) return taxes;
    const auto shares = documents::spread(sdk::to_minor(tax, currency), weights);
    for (std::size_t i = 0; i < ids.size(); ++i)
        taxes.push(
            Json::object({{"id", Json::number(ids[i])},
                          {"refund_total", Json::number(sdk::to_decimal(shares[i], currency))}}));
    return taxes;
}

/// Empty if the order lacks one of the lines: an amount without lines is right all the same.
Json lines_body(const Json& order, const sdk::RefundCreate& wanted) {
    Json lines = Json::array();
    for (const sdk::RefundCreateLine& each : wanted.lines) {
        const Json* item = find_line(order, each.line);
        if (item == nullptr) return Json::array();
        Json taxes = tax_body(*item, each.price.tax, wanted.currency);
        const bool has_tax = sdk::to_minor(each.price.tax, wanted.currency) != 0;
        if (has_tax && taxes.items().empty()) return Json::array();
        lines.push(Json::object({{"id", item->at("id")},
                                 {"quantity", each.quantity},
                                 {"refund_total", Json::number(each.price.ex)},
                                 {"refund_tax", std::move(taxes)}}));
    }
    return lines;
}

}  // namespace

std::string with_key(std::string_view text, std::string_view key) {
    std::string all(text);
    if (!all.empty()) all += ' ';
    return all + std::string(kOpen) + std::string(key) + "]";
}

Reason split_reason(std::string_view text) {
    const std::size_t open = text.rfind(kOpen);
    if (open == std::string_view::npos || !text.ends_with(']')) return {std::string(text), {}};
    const std::size_t start = open + kOpen.size();
    const std::string_view key = text.substr(start, text.size() - 1 - start);
    if (!is_key(key)) return {std::string(text), {}};
    std::string_view words = text.substr(0, open);
    while (words.ends_with(' ') || words.ends_with('\n'))
        words.remove_suffix(1);
    return {std::string(words), std::string(key)};
}

std::string key_of(const Json& refund) {
    for (const Json& each : list_at(refund, "meta_data"))
        if (text_at(each, "key") == kMetaKey && is_key(text_at(each, "value")))
            return text_at(each, "value");
    return split_reason(text_at(refund, "reason")).key;
}

bool is_under_way(const Settings& settings, const Json& refund) {
    const Json& done = refund["refunded_payment"];
    return settings.refunds_by_gateway && done.is_bool() && !done.boolean() &&
           !key_of(refund).empty();
}

Json refund_body(const Settings& settings, const Json& order, const sdk::RefundCreate& wanted,
                 std::string_view key) {
    Json lines = lines_body(order, wanted);
    const bool comes_back = std::ranges::any_of(
        wanted.lines, [](const sdk::RefundCreateLine& each) { return each.quantity > 0; });
    Json body = Json::object(
        {{"amount", wanted.amount},
         {"reason", with_key(wanted.reason, key)},
         {"api_refund", settings.refunds_by_gateway},
         {"api_restock", settings.restocks && comes_back && !lines.items().empty()},
         {"meta_data", Json::array({Json::object({{"key", kMetaKey}, {"value", key}})})}});
    if (!lines.items().empty()) body.set("line_items", std::move(lines));
    return body;
}

}  // namespace orderhub::woocommerce
