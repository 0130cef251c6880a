#include "b2c.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "text.hpp"

namespace orderhub::sandbox::b2c {
namespace {

const std::string kOrders =
    fmt::format("/checkout/orders/v1/organizations/{}/orders", kOrganization);
const std::string kNotes = fmt::format("/s/{}/dw/shop/", kSite);

/// The words that each state of an order takes.
const std::map<std::string, std::string>& words() {
    static const std::map<std::string, std::string> all{
        {"status", "created new completed cancelled failed failed_with_reopen"},
        {"payment-status", "not_paid part_paid paid"},
        {"shipping-status", "not_shipped part_shipped shipped"},
        {"export-status", "not_exported ready exported failed"},
        {"confirmation-status", "not_confirmed confirmed"}};
    return all;
}

std::string member_of(const std::string& what) {
    std::string member = what;
    const std::size_t dash = member.find('-');
    if (dash != std::string::npos)
        member.replace(
            dash, 2, 1,
            static_cast<char>(std::toupper(static_cast<unsigned char>(member[dash + 1]))));
    return member;
}

void touch(json::object& order) {
    order["lastModified"] = iso_milliseconds(now_us());
}

void record(World& world, const std::string& kind, const std::string& number, std::string key) {
    world.record({"b2c", kind, "order/" + number, {}, {}, std::move(key)});
}

bool may_follow(const std::string& from, const std::string& to) {
    if (from == to) return true;
    if (from == "created") return to != "failed_with_reopen";
    if (from == "failed") return to == "created";
    const bool is_placed = from == "new" || from == "completed";
    return is_placed ? to == "cancelled" || to == "new" || to == "completed"
                     : from == "cancelled" && (to == "new" || to == "completed");
}

HttpReply done() {
    HttpReply reply;
    reply.status = 204;
    return reply;
}

HttpReply set_state(World& world, json::object& order, const std::string& what,
                    const json::object& body) {
    const std::string word = text_of(body, "status");
    const std::string number = text_of(order, "orderNo");
    const bool known =
        what == "external-status"
            ? !word.empty()
            : (" " + words().at(what) + " ").contains(" " + word + " ") && !word.empty();
    if (!known)
        return problem(400, "bad-request", fmt::format("'{}' is no value of {}", word, what));
    const std::string before = text_of(order, member_of(what));
    if (what == "status" && !may_follow(before, word))
        return problem(409, "conflict",
                       fmt::format("OrderStatusTransitionException: {} to {}", before, word));
    order[member_of(what)] = word;
    touch(order);
    if (before != word) record(world, "order." + what, number, word);
    return done();
}

HttpReply take_event(World& world, const json::object& order, const json::object& body) {
    if (!bool_of(world.b2c.switches, "oms_active", true))
        return problem(400, "oms-not-active", "Order Management is not active for this instance");
    if (body.contains("fulfillmentEvent") == body.contains("adjustment"))
        return problem(400, "bad-request",
                       "exactly one of fulfillmentEvent and adjustment is expected");
    const json::object& event =
        object_of(body, body.contains("adjustment") ? "adjustment" : "fulfillmentEvent");
    for (const char* member : {"id", "occurredAt", "type"})
        if (text_of(event, member).empty())
            return problem(400, "bad-request", fmt::format("{} is missing", member));
    const bool follows =
        !text_of(event, "trackingNumber").empty() && !text_of(event, "trackingUrl").empty();
    if (body.contains("fulfillmentEvent") && text_of(event, "type") != "processing" && !follows)
        return problem(400, "bad-request", "trackingNumber and trackingUrl are expected");
    json::object kept = event;
    kept["orderNo"] = text_of(order, "orderNo");
    const bool known = std::ranges::any_of(world.b2c.events, [&](const json::value& each) {
        return text_of(each.as_object(), "id") == text_of(event, "id");
    });
    if (!known) {
        record(world, "order.event", text_of(order, "orderNo"), text_of(event, "id"));
        world.b2c.events.push_back(std::move(kept));
    }
    HttpReply reply;
    reply.status = 202;
    return reply;
}

HttpReply change_attributes(json::object& order, const json::object& body) {
    for (const auto& [name, value] : body)
        if (!name.starts_with("c_"))
            return problem(400, "bad-request", "only custom attributes can be changed");
    for (const auto& [name, value] : body)
        order[name] = value;
    touch(order);
    return done();
}

HttpReply orders(World& world, const HttpRequest& request) {
    const std::string site = request.param("siteId");
    if (site.empty()) return problem(400, "bad-request", "siteId is missing");
    if (site != kSite) return problem(404, "not-found", "no such site");
    const std::string rest = request.path.substr(kOrders.size());
    if (rest.empty() || rest == "/")
        return request.method == "GET" ? list_orders(world.b2c, request)
                                       : problem(405, "method-not-allowed", "use GET");
    const std::size_t slash = rest.find('/', 1);
    const std::string number = rest.substr(1, slash == std::string::npos ? slash : slash - 1);
    const std::string what = slash == std::string::npos ? "" : rest.substr(slash + 1);
    json::value* found = world.b2c.orders.if_contains(number);
    if (found == nullptr)
        return problem(404, "order-not-found",
                       fmt::format("No order with number '{}' was found", number));
    json::object& order = found->as_object();
    if (request.method == "GET" && what.empty()) return json_reply(order);
    const json::value body = parse_or_null(request.body);
    if (!body.is_object()) return problem(400, "bad-request", "the body is no JSON object");
    if (request.method == "PATCH" && what.empty())
        return change_attributes(order, body.get_object());
    if (request.method == "POST" && what == "oms-status-events")
        return take_event(world, order, body.get_object());
    if (request.method == "PUT" && (words().contains(what) || what == "external-status"))
        return set_state(world, order, what, body.get_object());
    return problem(405, "method-not-allowed",
                   fmt::format("{} is not allowed here", request.method));
}

HttpReply fault(int status, const char* type, const std::string& words) {
    return json_reply({{"_v", "24.5"}, {"fault", {{"type", type}, {"message", words}}}}, status);
}

/// OCAPI: /s/SITE/dw/shop/vXX_X/orders/NUMBER/notes
HttpReply notes(World& world, const HttpRequest& request) {
    const std::size_t at = request.path.find("/orders/");
    if (at == std::string::npos || !request.path.ends_with("/notes"))
        return fault(404, "NotFoundException", "No such resource");
    const std::string number = request.path.substr(at + 8, request.path.size() - at - 8 - 6);
    if (!world.b2c.orders.contains(number))
        return fault(404, "OrderNotFoundException",
                     "No order with number '" + number + "' was found.");
    json::value& kept = world.b2c.notes[number];
    if (!kept.is_array()) kept = json::array{};
    if (request.method == "GET") return json_reply({{"_v", "24.5"}, {"notes", kept}});
    const json::value body = parse_or_null(request.body);
    if (request.method != "POST" || !body.is_object())
        return fault(400, "MalformedInputException", "The body is no JSON object");
    json::object note{{"id", fmt::format("n{}", kept.get_array().size() + 1)},
                      {"subject", text_of(body.get_object(), "subject")},
                      {"text", text_of(body.get_object(), "text")},
                      {"created_by", kClientId},
                      {"creation_date", iso_milliseconds(now_us())}};
    kept.get_array().push_back(note);
    record(world, "order.note", number, text_of(note, "text"));
    return json_reply(note);
}

HttpReply answer(World& world, const HttpRequest& request) {
    const std::string sent = request.header("authorization");
    const json::value* scope =
        sent.starts_with("Bearer ") ? world.b2c.sessions.if_contains(sent.substr(7)) : nullptr;
    if (scope == nullptr)
        return problem(401, "unauthorized", "The access token is missing or has expired");
    if (int_of(world.b2c.switches, "load") >= 90)
        return problem(503, "overloaded", "The service sheds load");
    if (request.path.starts_with(kNotes)) return notes(world, request);
    if (!request.path.starts_with(kOrders)) return problem(404, "not-found", "no such resource");
    const std::string granted = " " + std::string(std::string_view(scope->as_string())) + " ";
    const bool may_write = granted.contains(" sfcc.orders.rw ");
    if (!may_write && (request.method != "GET" || !granted.contains(" sfcc.orders ")))
        return problem(403, "forbidden", "The client's scope does not allow this");
    return orders(world, request);
}

}  // namespace

HttpReply problem(int status, const std::string& slug, const std::string& detail) {
    return json_reply(
        {{"type", "https://api.commercecloud.salesforce.com/documentation/error/v1/errors/" + slug},
         {"title", slug},
         {"detail", detail}},
        status);
}

std::string operation_of(const HttpRequest& request) {
    const std::size_t at =
        request.path.find("/orders", request.path.starts_with("/checkout/") ? 16 : 0);
    return request.method + " " +
           (at == std::string::npos ? request.path : request.path.substr(at));
}

HttpReply handle(World& world, const HttpRequest& request) {
    if (request.path == "/dwsso/oauth2/access_token" && request.method == "POST")
        return give_token(world, request);
    HttpReply reply = answer(world, request);
    const std::int64_t load = int_of(world.b2c.switches, "load");
    if (load > 0) reply.headers.emplace_back("sfdc_load", std::to_string(load));
    if (load >= 80)
        reply.headers.emplace_back("sfdc_load_status", load >= 90 ? "THROTTLE" : "WARN");
    if (const std::string id = request.header("correlation-id"); !id.empty())
        reply.headers.emplace_back("x-correlation-id", id);
    return reply;
}

json::value put_order(World& world, const json::object& document) {
    State& state = world.b2c;
    std::string number = text_of(document, "orderNo");
    if (number.empty()) number = fmt::format("{:08}", ++state.last_number);
    const std::string now = iso_milliseconds(now_us());
    json::object order{{"siteId", kSite},         {"status", "new"},
                       {"exportStatus", "ready"}, {"paymentStatus", "paid"},
                       {"taxation", "net"},       {"shippingStatus", "not_shipped"},
                       {"creationDate", now},     {"confirmationStatus", "confirmed"}};
    if (const json::value* known = state.orders.if_contains(number)) order = known->as_object();
    for (const auto& [name, value] : document)
        order[name] = value;
    order["orderNo"] = number;
    if (!document.contains("lastModified")) order["lastModified"] = now;
    state.orders[number] = order;
    return json::object{{"orderNo", number}};
}

json::value to_json(const State& state) {
    return json::object{{"orders", state.orders},     {"notes", state.notes},
                        {"events", state.events},     {"sessions", state.sessions},
                        {"switches", state.switches}, {"last_number", state.last_number}};
}

State state_of(const json::value& from) {
    return {from.at("orders").as_object(),   from.at("notes").as_object(),
            from.at("events").as_array(),    from.at("sessions").as_object(),
            from.at("switches").as_object(), from.at("last_number").to_number<std::int64_t>()};
}

}  // namespace orderhub::sandbox::b2c
