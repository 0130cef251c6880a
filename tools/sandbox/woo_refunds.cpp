#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "decimal.hpp"
#include "text.hpp"
#include "woo.hpp"

namespace orderhub::sandbox::woo {
namespace {

constexpr std::int64_t kLongestPage = 100;

/// The plugin's refusals of refunds: always status 500, whatever it means.
HttpReply cannot_refund(const std::string& words) {
    return json_reply({{"code", "woocommerce_rest_cannot_create_order_refund"},
                       {"message", words},
                       {"data", 500}},
                      500);
}

std::int64_t minor(const std::string& text, int scale) {
    const auto amount = parse_decimal(text);
    if (!amount) return 0;
    return amount->scale > scale
               ? round_half_up(amount->digits, power_of_ten(amount->scale - scale))
               : static_cast<std::int64_t>(amount->digits * power_of_ten(scale - amount->scale));
}

/// A figure given as text or as a number.
std::string figure_of(const json::value& value) {
    return value.is_string() ? scalar_text(value) : to_text(value);
}

json::object negative_item(World& world, const json::object& wanted, int scale) {
    const auto negative = [&](const json::object& from) {
        return format_decimal(-minor(figure_of(from.at("refund_total")), scale), scale);
    };
    json::array taxes;
    for (const json::value& each : array_of(wanted, "refund_tax"))
        taxes.push_back(json::object{{"id", each.at("id")}, {"total", negative(each.as_object())}});
    return {{"id", ++world.woo.last_id},
            {"quantity", -int_of(wanted, "quantity")},
            {"total", negative(wanted)},
            {"taxes", std::move(taxes)},
            {"meta_data", json::array{json::object{{"key", "_refunded_item_id"},
                                                   {"value", scalar_text(wanted.at("id"))}}}}};
}

/// Items without an id match nothing: the whole list is dropped, as the plugin does.
json::array items_of(World& world, const json::object& body, int scale) {
    json::array items;
    for (const json::value& each : array_of(body, "line_items")) {
        if (!each.as_object().contains("id") || !each.as_object().contains("refund_total"))
            return {};
        items.push_back(negative_item(world, each.as_object(), scale));
    }
    return items;
}

std::int64_t refunded(const json::object& order, int scale) {
    std::int64_t sum = 0;
    for (const json::value& each : array_of(order, "refunds"))
        sum -= minor(text_of(each.as_object(), "total"), scale);
    return sum;
}

struct Page {
    std::int64_t number;
    std::int64_t size;
};

/// 400 for what is out of range.
bool read_page(const HttpRequest& request, Page& page) {
    const auto number = [&](const char* name, std::int64_t otherwise) {
        const std::string text = request.param(name);
        return text.empty() ? otherwise : int_of(json::object{{"n", text}}, "n", -1);
    };
    page = {number("page", 1), number("per_page", 10)};
    return page.number >= 1 && page.size >= 1 && page.size <= kLongestPage;
}

}  // namespace

HttpReply create_refund(World& world, json::object& order, const json::object& body) {
    const std::string currency = text_of(order, "currency");
    const int scale = currency_exponent(currency);
    const std::string id = scalar_text(order.at("id"));
    const std::string asked = body.contains("amount") ? figure_of(body.at("amount")) : "";
    const std::int64_t amount = minor(asked, scale);
    const std::int64_t left = minor(text_of(order, "total"), scale) - refunded(order, scale);
    if (!parse_decimal(asked) || amount < 0 || amount > left)
        return cannot_refund("Invalid refund amount.");
    const bool by_gateway = bool_of(body, "api_refund", true);
    const std::string refusal = text_of(world.woo.switches, "refuse_refund");
    if (by_gateway && !refusal.empty()) return cannot_refund(refusal);
    const std::int64_t refund_id = ++world.woo.last_id;
    const std::string now = iso_seconds(now_us());
    json::object refund{{"id", refund_id},
                        {"parent_id", order.at("id")},
                        {"date_created_gmt", now.substr(0, now.size() - 1)},
                        {"amount", format_decimal(amount, scale)},
                        {"reason", text_of(body, "reason")},
                        {"refunded_payment", by_gateway},
                        {"meta_data", array_of(body, "meta_data")},
                        {"line_items", items_of(world, body, scale)}};
    json::value& list = world.woo.refunds[id];
    if (!list.is_array()) list = json::array{};
    list.get_array().push_back(refund);
    json::array shown = array_of(order, "refunds");
    shown.insert(shown.begin(), json::object{{"id", refund_id},
                                             {"reason", text_of(body, "reason")},
                                             {"total", format_decimal(-amount, scale)}});
    order["refunds"] = std::move(shown);
    if (amount == left) order["status"] = "refunded";
    touch(world, order);
    world.record({"woocommerce", "refund.create", "order/" + id, format_decimal(amount, scale),
                  currency, text_of(body, "reason")});
    return json_reply(refund, 201);
}

HttpReply list_orders(const State& state, const HttpRequest& request) {
    Page page{};
    if (!read_page(request, page))
        return refuse(400, "rest_invalid_param", "Invalid parameter(s): per_page");
    const bool gmt = request.param("dates_are_gmt") == "true";
    const char* stamp = gmt ? "date_modified_gmt" : "date_modified";
    const std::string after = request.param("modified_after");
    std::vector<const json::object*> rows;
    for (const auto& [id, order] : state.orders)
        if (text_of(order.get_object(), "status") != "trash" &&
            (after.empty() || text_of(order.get_object(), stamp) > after))
            rows.push_back(&order.get_object());
    const char* by =
        request.param("orderby") == "modified" ? "date_modified_gmt" : "date_created_gmt";
    const bool ascending = request.param("order") == "asc";
    std::ranges::sort(rows, [&](const json::object* a, const json::object* b) {
        const std::string left = text_of(*a, by);
        const std::string right = text_of(*b, by);
        if (left == right) return int_of(*a, "id") < int_of(*b, "id");
        return ascending ? left < right : right < left;
    });
    json::array shown;
    for (auto i = static_cast<std::size_t>((page.number - 1) * page.size);
         i < rows.size() && shown.size() < static_cast<std::size_t>(page.size); ++i)
        shown.push_back(*rows[i]);
    HttpReply reply = json_reply(shown);
    reply.headers.emplace_back("X-WP-Total", std::to_string(rows.size()));
    reply.headers.emplace_back(
        "X-WP-TotalPages",
        std::to_string((static_cast<std::int64_t>(rows.size()) + page.size - 1) / page.size));
    return reply;
}

}  // namespace orderhub::sandbox::woo
