#include "stripe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text.hpp"

namespace orderhub::sandbox::stripe {
namespace {

constexpr std::string_view kBase = "/v1";

bool is_signed_in(const HttpRequest& request) {
    const std::string sent = request.header("authorization");
    return sent == fmt::format("Bearer {}", kSecretKey) ||
           sent == "Basic " + base64_encode(fmt::format("{}:", kSecretKey));
}

HttpReply route(World& world, const HttpRequest& request) {
    const std::string path = request.path.substr(kBase.size());
    if (path.starts_with("/payment_intents")) return payments(world, request, path);
    if (path.starts_with("/charges")) return charges(world, request, path);
    if (path.starts_with("/refunds")) return refunds(world, request, path);
    if (path == "/events" && request.method == "GET") {
        json::array wanted;
        const auto [first, last] = request.params.equal_range("types[]");
        for (const json::value& each : world.stripe.events)
            if (first == last || std::any_of(first, last, [&](const auto& type) {
                    return type.second == text_of(each.as_object(), "type");
                }))
                wanted.push_back(each);
        return list(wanted, request, "/v1/events");
    }
    return error(404, "", fmt::format("Unrecognized request URL ({}: {})", request.method, path));
}

/// Whether the answer is kept for repeats: not what never began to be carried out.
bool is_kept(const HttpReply& reply) {
    return reply.status != 401 && reply.status != 429 && !reply.body.contains("parameter_");
}

HttpReply once(World& world, const HttpRequest& request, const std::string& key) {
    json::object& keys = world.stripe.keys;
    const std::string asked = request.path + "\n" + request.body;
    if (const json::value* found = keys.if_contains(key)) {
        const json::object& before = found->as_object();
        if (text_of(before, "request") != asked)
            return error(400, "",
                         "Keys for idempotent requests can only be used with the same parameters "
                         "they were first used with. Try using a key other than '" +
                             key + "' if you meant to execute a different request.",
                         {}, "idempotency_error");
        HttpReply reply;
        reply.status = static_cast<int>(int_of(before, "status"));
        reply.body = text_of(before, "body");
        reply.headers = {{"Idempotent-Replayed", "true"},
                         {"Original-Request", text_of(before, "request_id")}};
        return reply;
    }
    HttpReply reply = route(world, request);
    if (is_kept(reply))
        keys[key] = json::object{{"request", asked},
                                 {"status", reply.status},
                                 {"body", reply.body},
                                 {"request_id", next_id(world.stripe, "req_")}};
    return reply;
}

HttpReply answer(World& world, const HttpRequest& request) {
    if (!is_signed_in(request)) return error(401, "", "Invalid API Key provided: sk_test_****");
    if (request.header("stripe-version").empty())
        return error(400, "", "this stand-in wants to be told the version", "Stripe-Version");
    if (request.method != "POST") return route(world, request);
    if (!request.header("content-type").starts_with("application/x-www-form-urlencoded"))
        return error(400, "", "Invalid request: the body must be form-encoded");
    const std::string key = request.header("idempotency-key");
    return key.empty() ? route(world, request) : once(world, request, key);
}

}  // namespace

std::string operation_of(const HttpRequest& request) {
    return request.method + " " + request.path.substr(kBase.size()) + " " + request.body;
}

HttpReply handle(World& world, const HttpRequest& request) {
    HttpReply reply = answer(world, request);
    reply.headers.emplace_back("Request-Id", next_id(world.stripe, "req_"));
    if (const std::string key = request.header("idempotency-key"); !key.empty())
        reply.headers.emplace_back("Idempotency-Key", key);
    return reply;
}

HttpReply error(int status, const std::string& code, const std::string& message,
                const std::string& parameter, const char* type) {
    json::object body{{"type", type}, {"message", message}};
    if (!code.empty()) body["code"] = code;
    if (!parameter.empty()) body["param"] = parameter;
    return json_reply({{"error", std::move(body)}}, status);
}

std::optional<HttpReply> unknown_parameter(const HttpRequest& request,
                                           const std::set<std::string>& known) {
    for (const auto& [name, value] : request.params) {
        const std::string group = name.substr(0, name.find('[')) + "[*]";
        if (!known.contains(name) && !known.contains(group))
            return error(400, "parameter_unknown", "Received unknown parameter: " + name, name);
    }
    return std::nullopt;
}

void take_metadata(json::object& document, const HttpRequest& request) {
    constexpr std::size_t kStart = std::string_view("metadata[").size();
    for (const auto& [name, value] : request.params)
        if (name.starts_with("metadata[") && name.ends_with(']'))
            document["metadata"].as_object()[name.substr(kStart, name.size() - kStart - 1)] = value;
}

std::string next_id(State& state, const std::string& prefix) {
    return fmt::format("{}3Qsandbox{:06}", prefix, ++state.last_id);
}

void announce(World& world, const std::string& type, const json::object& document) {
    json::object event{{"id", next_id(world.stripe, "evt_")},
                       {"object", "event"},
                       {"api_version", "2026-10-28.endive"},
                       {"created", now_us() / 1'000'000},
                       {"type", type},
                       {"livemode", false},
                       {"pending_webhooks", 1},
                       {"request", {{"id", nullptr}, {"idempotency_key", nullptr}}},
                       {"data", {{"object", document}}}};
    world.notices.push_back({"stripe", json::serialize(event)});
    world.stripe.events.push_back(std::move(event));
}

HttpReply list(const json::array& rows, const HttpRequest& request, const std::string& path) {
    const std::string wanted = request.param("limit");
    const std::size_t limit = wanted.empty() ? 10 : std::stoul(wanted);
    if (limit < 1 || limit > 100)
        return error(400, "parameter_invalid_integer", "Invalid limit", "limit");
    const std::string since = request.param("created[gte]");
    const std::string after = request.param("starting_after");
    json::array page;
    bool begun = after.empty();
    bool has_more = false;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        const json::object& each = row->as_object();
        const bool is_old = !since.empty() && int_of(each, "created") < std::stoll(since);
        has_more = begun && !is_old && page.size() == limit;
        if (has_more) break;
        if (begun && !is_old) page.push_back(*row);
        begun = begun || text_of(each, "id") == after;
    }
    if (!begun)
        return error(400, "resource_missing", "No such object: '" + after + "'", "starting_after");
    return json_reply(
        {{"object", "list"}, {"data", std::move(page)}, {"has_more", has_more}, {"url", path}});
}

json::value to_json(const State& state) {
    return json::object{{"intents", state.intents}, {"charges", state.charges},
                        {"refunds", state.refunds}, {"events", state.events},
                        {"keys", state.keys},       {"switches", state.switches},
                        {"last_id", state.last_id}};
}

State state_of(const json::value& from) {
    return {from.at("intents").as_object(),
            from.at("charges").as_object(),
            from.at("refunds").as_array(),
            from.at("events").as_array(),
            from.at("keys").as_object(),
            from.at("switches").as_object(),
            from.at("last_id").to_number<std::int64_t>()};
}

}  // namespace orderhub::sandbox::stripe
