#include "woo.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text.hpp"

namespace orderhub::sandbox::woo {
namespace {

constexpr std::string_view kBase = "/wp-json/wc/v3";
constexpr std::int64_t kOffsetUs = 3'600'000'000;  ///< of the site's clock

constexpr std::string_view kStatuses[] = {"pending",   "processing", "on-hold", "completed",
                                          "cancelled", "refunded",   "failed",  "trash"};

/// An instant as the shop writes it: whole seconds, no zone.
std::string stamp(std::int64_t us) {
    std::string text = iso_seconds(us);
    text.pop_back();
    return text;
}

void set_date(json::object& order, const std::string& name) {
    const std::int64_t now = now_us();
    order[name + "_gmt"] = stamp(now);
    order[name] = stamp(now + kOffsetUs);
}

bool may(const HttpRequest& request, bool& writes) {
    const auto basic = [](std::string_view key) {
        return "Basic " + base64_encode(fmt::format("{}:{}", key, kSecret));
    };
    const std::string sent = request.header("authorization");
    writes = sent == basic(kKey);
    return writes || sent == basic(kReadKey);
}

HttpReply created(const json::value& body) {
    return json_reply(body, 201);
}

void merge_meta(json::object& order, const json::array& wanted) {
    json::value& kept = order["meta_data"];
    if (!kept.is_array()) kept = json::array{};
    for (const json::value& each : wanted) {
        const std::string key = text_of(each.as_object(), "key");
        auto& list = kept.get_array();
        const auto known = std::ranges::find_if(
            list, [&](const json::value& row) { return text_of(row.as_object(), "key") == key; });
        if (known != list.end())
            known->as_object()["value"] = each.at("value");
        else
            list.push_back(json::object{
                {"id", 9000 + list.size()}, {"key", key}, {"value", each.at("value")}});
    }
}

HttpReply change(World& world, json::object& order, const json::object& body) {
    for (const auto& [name, value] : body)
        if (name != "status" && name != "meta_data" && name != "customer_note")
            return refuse(400, "sandbox_not_here", "only status and meta_data are changed here");
    const std::string before = text_of(order, "status");
    const std::string status = text_of(body, "status", before);
    if (std::ranges::find(kStatuses, status) == std::end(kStatuses))
        return refuse(400, "rest_invalid_param", "Invalid parameter(s): status");
    merge_meta(order, array_of(body, "meta_data"));
    order["status"] = status;
    if (status == "completed" && before != status) set_date(order, "date_completed");
    touch(world, order);
    if (before != status)
        world.record(
            {"woocommerce", "order." + status, "order/" + scalar_text(order.at("id")), {}, {}, {}});
    return json_reply(order);
}

HttpReply notes(World& world, const HttpRequest& request, const std::string& id) {
    json::value& kept = world.woo.notes[id];
    if (!kept.is_array()) kept = json::array{};
    const std::string type = request.param("type");
    json::array shown;
    for (const json::value& each : kept.get_array())
        if (type.empty() || type == "any" ||
            bool_of(each.as_object(), "customer_note") == (type == "customer"))
            shown.push_back(each);
    if (request.method == "GET") return json_reply(shown);
    const json::value body = parse_or_null(request.body);
    if (request.method != "POST" || !body.is_object() || text_of(body.get_object(), "note").empty())
        return refuse(400, "rest_missing_callback_param", "Missing parameter(s): note");
    json::object note{{"id", ++world.woo.last_id},
                      {"author", "OrderHub"},
                      {"note", text_of(body.get_object(), "note")},
                      {"customer_note", bool_of(body.get_object(), "customer_note")}};
    set_date(note, "date_created");
    kept.get_array().push_back(note);
    world.record({"woocommerce", "order.note", "order/" + id, {}, {}, text_of(note, "note")});
    return created(note);
}

HttpReply refunds(World& world, const HttpRequest& request, json::object& order) {
    const std::string id = scalar_text(order.at("id"));
    if (request.method == "GET") {
        const json::array all = array_of(world.woo.refunds, id);
        return json_reply(request.param("page") == "2" ? json::array{}
                                                       : json::array(all.rbegin(), all.rend()));
    }
    const json::value body = parse_or_null(request.body);
    if (request.method != "POST" || !body.is_object())
        return refuse(400, "rest_invalid_json", "Invalid JSON body passed.");
    return create_refund(world, order, body.get_object());
}

HttpReply one_order(World& world, const HttpRequest& request, const std::string& rest) {
    const std::size_t slash = rest.find('/', 1);
    const std::string id = rest.substr(1, slash == std::string::npos ? slash : slash - 1);
    const std::string what = slash == std::string::npos ? "" : rest.substr(slash + 1);
    json::value* found = world.woo.orders.if_contains(id);
    if (found == nullptr)
        return refuse(request.method == "GET" ? 404 : 400, "woocommerce_rest_shop_order_invalid_id",
                      "Invalid ID.");
    json::object& order = found->as_object();
    if (what == "notes") return notes(world, request, id);
    if (what == "refunds") return refunds(world, request, order);
    if (!what.empty())
        return refuse(404, "rest_no_route",
                      "No route was found matching the URL and request method.");
    if (request.method == "GET") return json_reply(order);
    const json::value body = parse_or_null(request.body);
    if (!body.is_object()) return refuse(400, "rest_invalid_json", "Invalid JSON body passed.");
    return change(world, order, body.get_object());
}

HttpReply answer(World& world, const HttpRequest& request) {
    bool writes = false;
    if (!may(request, writes))
        return refuse(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
    if (request.method != "GET" && !writes)
        return refuse(401, "woocommerce_rest_authentication_error",
                      "The API key provided does not have write permissions.");
    const std::string path = request.path.substr(kBase.size());
    if (path == "/orders" && request.method == "GET") return list_orders(world.woo, request);
    if (path.starts_with("/orders/")) return one_order(world, request, path.substr(7));
    return refuse(404, "rest_no_route", "No route was found matching the URL and request method.");
}

}  // namespace

HttpReply refuse(int status, const std::string& code, const std::string& words) {
    return json_reply({{"code", code}, {"message", words}, {"data", {{"status", status}}}}, status);
}

std::string operation_of(const HttpRequest& request) {
    return request.method + " " +
           (request.path.starts_with(kBase) ? request.path.substr(kBase.size()) : request.path);
}

HttpReply handle(World& world, const HttpRequest& request) {
    if (!request.path.starts_with(kBase))
        return refuse(404, "rest_no_route",
                      "No route was found matching the URL and request method.");
    HttpReply reply = answer(world, request);
    if (bool_of(world.woo.switches, "php_notice"))
        reply.body = "<br />\n<b>Deprecated</b>: a function of a plug-in\n" + reply.body;
    return reply;
}

void touch(World& world, json::object& order) {
    set_date(order, "date_modified");
    world.notices.push_back({"woocommerce", to_text(order)});
}

json::value put_order(World& world, const json::object& document) {
    State& state = world.woo;
    const std::int64_t id = document.contains("id") ? int_of(document, "id") : ++state.last_id;
    const std::string key = std::to_string(id);
    json::object order{{"number", key},
                       {"status", "processing"},
                       {"currency", "EUR"},
                       {"prices_include_tax", false},
                       {"customer_id", 0},
                       {"meta_data", json::array{}},
                       {"refunds", json::array{}},
                       {"payment_method", "stripe"},
                       {"transaction_id", "ch_" + key}};
    set_date(order, "date_created");
    set_date(order, "date_paid");
    if (const json::value* known = state.orders.if_contains(key)) order = known->as_object();
    for (const auto& [name, value] : document)
        order[name] = value;
    order["id"] = id;
    touch(world, order);
    state.orders[key] = order;
    return json::object{{"id", id}};
}

json::value to_json(const State& state) {
    return json::object{{"orders", state.orders},
                        {"refunds", state.refunds},
                        {"notes", state.notes},
                        {"switches", state.switches},
                        {"last_id", state.last_id}};
}

State state_of(const json::value& from) {
    return {from.at("orders").as_object(), from.at("refunds").as_object(),
            from.at("notes").as_object(), from.at("switches").as_object(),
            from.at("last_id").to_number<std::int64_t>()};
}

}  // namespace orderhub::sandbox::woo
