#include "zendesk.hpp"

#include <fmt/format.h>

#include "text.hpp"

namespace orderhub::sandbox::zendesk {
namespace {

constexpr std::int64_t kMinute = 60;

std::string path_of(const HttpRequest& request) {
    std::string path = request.path.substr(kBase.size());
    if (path.ends_with(".json")) path.resize(path.size() - 5);
    return path;
}

bool is_signed_in(const HttpRequest& request) {
    const std::string sent = request.header("authorization");
    return sent == fmt::format("Bearer {}", kAccessToken) ||
           sent == "Basic " + base64_encode(fmt::format("{}:{}", kUser, kApiToken));
}

json::object me(const State& state, bool known) {
    if (known) return {{"user", users_of(state, {kHub}).at(0)}};
    const json::object nobody{{"id", nullptr}, {"name", "Anonymous user"}, {"role", "end-user"}};
    return {{"user", nobody}};
}

json::object field(const State& state, const std::string& id) {
    for (const auto& each : state.fields)
        if (scalar_text(each.at("id")) == id) return {{"ticket_field", each}};
    throw refusal(404, "RecordNotFound", "Not found");
}

/// What stands between the first part of a path and the next slash.
std::string part_of(const std::string& path, std::size_t number) {
    std::size_t from = 0;
    for (std::size_t part = 0; part <= number && from != std::string::npos; ++part)
        from = path.find('/', part == 0 ? 0 : from + 1);
    if (from == std::string::npos) return {};
    return path.substr(from + 1, path.find('/', from + 1) - from - 1);
}

json::object update(World& world, const std::string& id, const HttpRequest& request) {
    const json::value body = parse_or_null(request.body);
    if (!body.is_object() || !body.get_object().contains("ticket"))
        throw refusal(400, "BadRequest", "the body must have a ticket");
    State& state = world.zendesk;
    count(state, "ticket " + id, int_of(state.switches, "ticket_limit", 30), 10 * kMinute);
    return change_ticket(world, id, object_of(body.get_object(), "ticket"), kHub);
}

json::object dispatch(World& world, const HttpRequest& request) {
    const std::string path = path_of(request);
    const std::string first = part_of(path, 0);
    const std::string id = part_of(path, 1);
    const std::string rest = part_of(path, 2);
    const bool reads = request.method == "GET";
    if (reads && path == "/incremental/tickets/cursor") return read_export(world.zendesk, request);
    if (reads && first == "ticket_fields") return field(world.zendesk, id);
    if (first == "tickets" && rest.empty() && reads) return read_ticket(world.zendesk, id);
    if (first == "tickets" && rest.empty() && request.method == "PUT")
        return update(world, id, request);
    if (first == "tickets" && rest == "comments" && reads)
        return read_comments(world.zendesk, id, request);
    throw refusal(404, "InvalidEndpoint", "Not found");
}

HttpReply reply_of(const Refusal& refused) {
    HttpReply reply = json_reply(refused.body, refused.status);
    if (refused.retry_after == 0) return reply;
    reply.content_type = "text/plain";
    reply.body = std::string(refused.body.as_string());
    reply.headers.emplace_back("Retry-After", std::to_string(refused.retry_after));
    return reply;
}

}  // namespace

json::value to_json(const State& state) {
    return json::object{{"tickets", state.tickets},   {"comments", state.comments},
                        {"users", state.users},       {"fields", state.fields},
                        {"switches", state.switches}, {"last_id", state.last_id}};
}

State state_of(const json::value& from) {
    State state;
    state.tickets = from.at("tickets").as_object();
    state.comments = from.at("comments").as_object();
    state.users = from.at("users").as_array();
    state.fields = from.at("fields").as_array();
    state.switches = from.at("switches").as_object();
    state.last_id = from.at("last_id").to_number<std::int64_t>();
    return state;
}

Refusal refusal(int status, const std::string& error, const std::string& description) {
    return {status, json::object{{"error", error}, {"description", description}}};
}

Refusal invalid(const std::string& description) {
    return {422, json::object{
                     {"error", "RecordInvalid"},
                     {"description", "Record validation errors"},
                     {"details",
                      json::object{{"base", json::array{json::object{{"description", description},
                                                                     {"error", "Invalid"}}}}}}}};
}

std::int64_t count(State& state, const std::string& thing, std::int64_t most,
                   std::int64_t seconds) {
    const std::int64_t now = now_us();
    json::value& list = state.asked[thing];
    json::array kept;
    if (list.is_array())
        for (const auto& at : list.get_array())
            if (at.as_int64() > now - seconds * 1'000'000) kept.push_back(at);
    if (static_cast<std::int64_t>(kept.size()) >= most) {
        Refusal refused(429, "Number of allowed API requests per minute exceeded");
        refused.retry_after =
            kept.empty() ? seconds
                         : (kept[0].as_int64() + seconds * 1'000'000 - now) / 1'000'000 + 1;
        throw refused;
    }
    kept.push_back(now);
    const auto left = most - static_cast<std::int64_t>(kept.size());
    list = std::move(kept);
    return left;
}

std::string operation_of(const HttpRequest& request) {
    return request.method + " " + path_of(request);
}

HttpReply handle(World& world, const HttpRequest& request) {
    State& state = world.zendesk;
    const bool known = is_signed_in(request);
    try {
        if (path_of(request) == "/users/me") return json_reply(me(state, known));
        if (!known) throw Refusal(401, json::object{{"error", "Couldn't authenticate you"}});
        const std::int64_t most = int_of(state.switches, "minute_limit", 700);
        const std::int64_t left = count(state, "account", most, kMinute);
        HttpReply reply = json_reply(dispatch(world, request));
        reply.headers.emplace_back("X-Rate-Limit", std::to_string(most));
        reply.headers.emplace_back("X-Rate-Limit-Remaining", std::to_string(left));
        return reply;
    } catch (const Refusal& refused) {
        return reply_of(refused);
    }
}

}  // namespace orderhub::sandbox::zendesk
