#include "shopify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "decimal.hpp"
#include "text.hpp"

namespace orderhub::sandbox::shopify {
namespace {

constexpr std::int64_t kMostCost = 1000;
constexpr std::int64_t kBucketSize = 2000;
constexpr std::string_view kBase = "/admin/api/";
constexpr std::string_view kServed[] = {"2026-01", "2026-04", "2026-07", "2026-10"};

HttpReply give_token(World& world, const HttpRequest& request) {
    if (request.param("grant_type") != "client_credentials" ||
        request.param("client_id") != kClientId || request.param("client_secret") != kClientSecret)
        return json_reply({{"error", "invalid_client"}, {"error_description", "unknown client"}},
                          400);
    const std::string token = "shpat_" + random_text(32, "0123456789abcdef");
    world.shopify.sessions[token] = true;
    return json_reply({{"access_token", token},
                       {"scope", "write_orders,write_merchant_managed_fulfillment_orders"},
                       {"expires_in", 86399}});
}

/// Objects cost a point, connections and lists as many times as rows are asked for.
std::int64_t cost_of(const std::vector<graphql::Selection>& selections,
                     const graphql::Document& document) {
    std::int64_t sum = 0;
    for (const auto& each : selections) {
        const bool is_spread = each.kind == graphql::Selection::Kind::Spread;
        const auto& children =
            is_spread ? document.fragments.at(each.name).selections : each.children;
        const bool is_object = each.kind == graphql::Selection::Kind::Field && !children.empty();
        const std::int64_t times = each.name == "pageInfo" ? 0 : int_of(each.arguments, "first", 1);
        const bool is_free = each.name == "nodes" || each.name == "pageInfo";
        sum += times * ((is_object && !is_free ? 1 : 0) + cost_of(children, document));
    }
    return sum;
}

json::object throttle_status(const State& state) {
    return {{"maximumAvailable", static_cast<double>(kBucketSize)},
            {"currentlyAvailable", int_of(state.switches, "available", kBucketSize)},
            {"restoreRate", static_cast<double>(int_of(state.switches, "rate", 100))}};
}

void refill(State& state) {
    const std::int64_t now = now_us();
    const std::int64_t rate = int_of(state.switches, "rate", 100);
    if (state.bucket_us == 0) state.bucket_us = now;
    const std::int64_t points = (now - state.bucket_us) * rate / 1'000'000;
    if (points <= 0) return;
    state.bucket_us = now;
    state.switches["available"] =
        std::min(kBucketSize, int_of(state.switches, "available", kBucketSize) + points);
}

json::object error_of(const std::string& message, const std::string& code,
                      const std::string& path) {
    json::object error{{"message", message}, {"extensions", {{"code", code}}}};
    if (!path.empty()) error["path"] = json::array{path};
    return error;
}

graphql::Document parse_body(const HttpRequest& request) {
    const json::value body = parse_or_null(request.body);
    if (!body.is_object())
        throw graphql::Refused("the body is no JSON object", "BAD_REQUEST", 1, 1);
    const auto& object = body.get_object();
    return graphql::parse(text_of(object, "query"), object_of(object, "variables"),
                          text_of(object, "operationName"));
}

/// The error lists of a payload differ in their names.
json::object refusal_of(const Refusal& refusal, const std::string& mutation) {
    const json::object error{
        {"field", nullptr}, {"message", refusal.what()}, {"code", text_or_null(refusal.code)}};
    json::object payload{{"userErrors", json::array{error}}};
    if (mutation == "orderCancel") payload["orderCancelUserErrors"] = json::array{error};
    return payload;
}

json::value made_of(World& world, const graphql::Document& document,
                    const graphql::Selection& root) {
    if (document.operation != "mutation") return resolve(world, root);
    try {
        json::object payload = act(world, root).as_object();
        payload["userErrors"] = json::array{};
        payload["orderCancelUserErrors"] = json::array{};
        return payload;
    } catch (const Refusal& refusal) {
        return refusal_of(refusal, root.name);
    }
}

/// What is asked for is taken out of the bucket, what was not needed comes back.
json::object charge(State& state, std::int64_t asked) {
    const std::int64_t needed = std::max<std::int64_t>(1, asked / 20);
    state.switches["available"] = int_of(state.switches, "available", kBucketSize) - needed;
    return {{"requestedQueryCost", asked},
            {"actualQueryCost", needed},
            {"throttleStatus", throttle_status(state)}};
}

json::object answer(World& world, const graphql::Document& document) {
    State& state = world.shopify;
    const std::int64_t asked =
        (document.operation == "mutation" ? 10 : 0) + cost_of(document.roots, document);
    if (asked > kMostCost)
        return {{"errors", json::array{error_of(
                               fmt::format("Query cost is {}, which exceeds the single query "
                                           "max cost limit ({}).",
                                           asked, kMostCost),
                               "MAX_COST_EXCEEDED", "")}}};
    refill(state);
    if (asked > int_of(state.switches, "available", kBucketSize))
        return {{"errors", json::array{error_of("Throttled", "THROTTLED", "")}},
                {"extensions",
                 {{"cost",
                   {{"requestedQueryCost", asked},
                    {"actualQueryCost", nullptr},
                    {"throttleStatus", throttle_status(state)}}}}}};
    json::object data;
    json::array errors;
    for (const auto& root : document.roots) {
        try {
            // as a member of an object, so that its window is cut, too
            const json::object whole{{root.name, made_of(world, document, root)}};
            data[root.alias] = graphql::project(whole, {root}, document, schema()).at(root.alias);
        } catch (const TopLevelError& failed) {
            data[root.alias] = nullptr;
            errors.push_back(error_of(failed.what(), failed.code, root.alias));
        }
    }
    json::object out{{"data", data}, {"extensions", {{"cost", charge(state, asked)}}}};
    if (!errors.empty()) out["errors"] = errors;
    return out;
}

}  // namespace

HttpReply handle(World& world, const HttpRequest& request) {
    if (request.path == "/admin/oauth/access_token" && request.method == "POST")
        return give_token(world, request);
    const std::string token = request.header("x-shopify-access-token");
    if (token != kFixedToken && !world.shopify.sessions.contains(token))
        return json_reply({{"errors",
                            "[API] Invalid API key or access token (unrecognized login or wrong "
                            "password)"}},
                          401);
    const std::string rest =
        request.path.starts_with(kBase) ? request.path.substr(kBase.size()) : "";
    const std::string version = rest.substr(0, rest.find('/'));
    const bool is_served =
        std::ranges::find(kServed, version) != std::end(kServed) && rest.ends_with("/graphql.json");
    if (!is_served || request.method != "POST") return json_reply({{"errors", "Not Found"}}, 404);
    HttpReply reply;
    try {
        const graphql::Document document = parse_body(request);
        schema().validate(document);
        reply.body = to_text(answer(world, document));
    } catch (const graphql::Refused& refused) {
        reply.body = to_text(
            json::object{{"errors", json::array{error_of(refused.what(), refused.code, "")}}});
    }
    reply.headers.emplace_back("X-Shopify-API-Version", version);
    return reply;
}

std::string operation_of(const HttpRequest& request) {
    try {
        const graphql::Document document = parse_body(request);
        std::string out = document.operation;
        for (const auto& root : document.roots)
            out += " " + root.name + " " + text_of(root.arguments, "id") +
                   text_of(root.arguments, "orderId") +
                   text_of(object_of(root.arguments, "input"), "orderId");
        return out;
    } catch (const std::exception&) {
        return request.path;
    }
}

json::value to_json(const State& state) {
    return json::object{{"orders", state.orders},           {"marks", state.marks},
                        {"refund_keys", state.refund_keys}, {"sessions", state.sessions},
                        {"switches", state.switches},       {"last_id", state.last_id}};
}

State state_of(const json::value& from) {
    State state;
    state.orders = from.at("orders").as_object();
    state.marks = from.at("marks").as_object();
    state.refund_keys = from.at("refund_keys").as_object();
    state.sessions = from.at("sessions").as_object();
    state.switches = from.at("switches").as_object();
    state.last_id = from.at("last_id").to_number<std::int64_t>();
    return state;
}

}  // namespace orderhub::sandbox::shopify
