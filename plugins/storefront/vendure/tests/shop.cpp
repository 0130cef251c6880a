#include "shop.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "instant.hpp"

namespace orderhub::vendure {
namespace {

std::string text(const json::object& object, std::string_view key) {
    return std::string(std::string_view(object.at(key).as_string()));
}

testkit::Answer data(std::string_view field, json::value value) {
    return {
        200, json::serialize(json::object{{"data", json::object{{field, std::move(value)}}}}), {}};
}

std::string operation_of(std::string_view query) {
    for (const std::string_view keyword : {"query ", "mutation "}) {
        const std::size_t at = query.find(keyword);
        if (at == std::string_view::npos) continue;
        const std::size_t start = at + keyword.size();
        return std::string(query.substr(start, query.find('(', start) - start));
    }
    return "none";
}

std::string field_of(std::string_view operation) {
    const std::map<std::string_view, std::string> fields{
        {"Order", "order"},
        {"History", "order"},
        {"OrderRows", "orders"},
        {"Refund", "refundOrder"},
        {"Cancel", "cancelOrder"},
        {"Login", "login"},
        {"Fulfil", "addFulfillmentToOrder"},
        {"MoveFulfilment", "transitionFulfillmentToState"},
        {"Note", "addNoteToOrder"},
        {"Settle", "settlePayment"},
        {"Void", "cancelPayment"}};
    return fields.at(operation);
}

bool fits(const json::object& order, const json::object& filter) {
    for (const auto& [key, condition] : filter) {
        const json::object& test = condition.as_object();
        const json::value& value = order.at(key);
        if (test.contains("eq") && value != test.at("eq")) return false;
        if (test.contains("in") && std::ranges::none_of(test.at("in").as_array(),
                                                        [&](const auto& e) { return e == value; }))
            return false;
        if (test.contains("after") && (value.is_null() || parse_instant(text(order, key)) <=
                                                              parse_instant(text(test, "after"))))
            return false;
    }
    return true;
}

void page(json::object& order, const json::object& options) {
    json::object& history = order["history"].as_object();
    json::array kept;
    const json::array& all = history.at("items").as_array();
    const std::size_t skip = options.contains("skip") ? options.at("skip").as_int64() : 0;
    const std::size_t take = options.at("take").as_int64();
    for (std::size_t i = skip; i < std::min(all.size(), skip + take); ++i)
        kept.push_back(all[i]);
    history["items"] = std::move(kept);
}

}  // namespace

json::value recorded(std::string_view name) {
    std::ifstream file(std::string(VENDURE_CASES_DIR) + "/" + std::string(name) + "/input.json");
    std::stringstream content;
    content << file.rdbuf();
    return json::parse(content.str());
}

json::object recorded_order(std::string_view name) {
    return recorded(name).at("data").at("order").as_object();
}

json::object error_result(std::string_view code, std::string_view message) {
    return {{"__typename", "SomeError"}, {"errorCode", code}, {"message", message}};
}

testkit::Answer graphql_error(std::string_view code, std::string_view message) {
    json::object error{{"message", message}};
    if (!code.empty()) error["extensions"] = {{"code", code}};
    return {
        200, json::serialize(json::object{{"errors", json::array{error}}, {"data", nullptr}}), {}};
}

void Shop::add(json::object order) {
    const std::string id = text(order, "id");
    orders[id] = std::move(order);
}

std::size_t Shop::count(std::string_view operation) const {
    return static_cast<std::size_t>(std::ranges::count(operations, operation));
}

testkit::Answer Shop::answer(const testkit::Request& request) {
    const json::object body = json::parse(request.body).as_object();
    const std::string operation = operation_of(text(body, "query"));
    operations.push_back(operation);
    if (before)
        if (auto instead = before(operation)) return *instead;
    if (operation == "Login") return log_in();
    const bool welcome = std::ranges::any_of(request.headers, [&](const auto& header) {
        return header.first == "authorization" && header.second == "Bearer " + session;
    });
    if (!welcome) return graphql_error("FORBIDDEN", "You are not currently authorized");
    json::value value = dispatch(operation, body.at("variables").as_object());
    if (after)
        if (auto instead = after(operation)) return *instead;
    return data(field_of(operation), std::move(value));
}

testkit::Answer Shop::log_in() {
    session = "session-" + std::to_string(++logins);
    testkit::Answer answer =
        data("login", json::object{{"__typename", "CurrentUser"}, {"id", "2"}});
    answer.headers = {{"vendure-auth-token", session}, {"content-type", "application/json"}};
    return answer;
}

json::value Shop::dispatch(std::string_view operation, const json::object& variables) {
    if (operation == "OrderRows") return list(variables.at("o").as_object());
    if (operation == "Refund") return refund(variables.at("i").as_object());
    if (operation == "Cancel") return cancel(variables.at("i").as_object());
    if (operation == "Fulfil") return fulfil(variables.at("i").as_object());
    if (operation == "MoveFulfilment") return move_fulfilment(variables);
    if (operation == "Note") return add_note(variables.at("i").as_object());
    if (operation == "Settle") return move_payment(variables, "Settled");
    if (operation == "Void") return move_payment(variables, "Cancelled");
    return read_order(variables);
}

json::value Shop::read_order(const json::object& variables) const {
    const auto found = orders.find(text(variables, "id"));
    if (found == orders.end()) return nullptr;
    json::object order = found->second;
    page(order, variables.at("h").as_object());
    return order;
}

json::value Shop::list(const json::object& options) const {
    const json::object& filter = options.at("filter").as_object();
    const std::string field(options.at("sort").as_object().begin()->key());
    std::vector<json::object> rows;
    for (const auto& [id, order] : orders)
        if (fits(order, filter)) rows.push_back(order);
    std::ranges::sort(rows, {}, [&](const json::object& row) {
        return std::pair(text(row, field), text(row, "id"));
    });
    const std::size_t take = options.at("take").as_int64();
    if (rows.size() > take) rows.resize(take);
    json::array items(rows.begin(), rows.end());
    return json::object{{"items", std::move(items)}};
}

void Shop::add_history(json::object& order, std::string_view type, json::object entry) {
    json::object& history = order["history"].as_object();
    history["items"].as_array().push_back(json::object{{"id", std::to_string(next_id_++)},
                                                       {"type", type},
                                                       {"createdAt", "2026-11-22T20:00:00.000Z"},
                                                       {"data", std::move(entry)}});
    history["totalItems"] = history["totalItems"].as_int64() + 1;
}

json::value Shop::refund(const json::object& input) {
    if (!input.contains("shipping") || !input.contains("adjustment"))
        throw std::logic_error("a shop on PostgreSQL fails without shipping and adjustment");
    for (auto& [id, order] : orders)
        for (json::value& each : order["payments"].as_array()) {
            json::object& payment = each.as_object();
            if (payment.at("id") != input.at("paymentId")) continue;
            if (input.at("amount").as_int64() > payment.at("amount").as_int64()) {
                json::object error = error_result("REFUND_AMOUNT_ERROR", "The amount is too large");
                error["maximumRefundable"] = payment.at("amount");
                return error;
            }
            const json::object row{
                {"id", std::to_string(next_id_++)}, {"state", refund_state},
                {"total", input.at("amount")},      {"reason", input.at("reason")},
                {"transactionId", nullptr},         {"createdAt", "2026-11-22T20:00:00.000Z"}};
            payment["refunds"].as_array().push_back(row);
            return row;
        }
    return error_result("NOTHING_TO_REFUND_ERROR", "Nothing to refund");
}

json::value Shop::cancel(const json::object& input) {
    const json::array& lines = input.at("lines").as_array();
    if (lines.empty()) return error_result("EMPTY_ORDER_LINE_SELECTION_ERROR", "No lines");
    json::object& order = orders.at(text(input, "orderId"));
    const json::object& wanted = lines.front().as_object();
    for (json::value& each : order["lines"].as_array()) {
        json::object& line = each.as_object();
        if (line.at("id") != wanted.at("orderLineId")) continue;
        const std::int64_t left = line.at("quantity").as_int64() - wanted.at("quantity").as_int64();
        if (left < 0) return error_result("QUANTITY_TOO_GREAT_ERROR", "The quantity is too great");
        line["quantity"] = left;
    }
    add_history(order, "ORDER_CANCELLATION", {{"lines", lines}, {"reason", input.at("reason")}});
    return json::object{{"__typename", "Order"}, {"id", order.at("id")}};
}

Bench::Bench(json::object extra)
    : host([&] {
          json::object config{{"base_url", "http://127.0.0.1:3311/admin-api"},
                              {"channel_token", "us-store"},
                              {"username", "hub@example.com"},
                              {"password", "{{secret:password}}"}};
          for (const auto& [key, value] : extra)
              config[key] = value;
          return config;
      }()) {
    host.peer = [this](const testkit::Request& request) { return shop.answer(request); };
}

json::object refund_payload(std::string_view order, std::string_view payment,
                            std::string_view amount, std::string_view currency) {
    return {{"order", {{"external_id", order}, {"number", "N"}, {"currency", currency}}},
            {"payment", {{"external_id", payment}}},
            {"amount", amount},
            {"currency", currency},
            {"reason", "Late delivery"}};
}

json::object cancel_payload(std::string_view order, std::string_view line, int quantity) {
    return {{"order", {{"external_id", order}, {"number", "N"}, {"currency", "USD"}}},
            {"lines", json::array{json::object{{"line", line}, {"quantity", quantity}}}},
            {"reason", "Out of stock"}};
}

}  // namespace orderhub::vendure
