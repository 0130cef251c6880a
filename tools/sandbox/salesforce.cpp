#include "salesforce.hpp"

#include <fmt/format.h>

#include "salesforce_requests.hpp"
#include "text.hpp"

namespace orderhub::sandbox::salesforce {
namespace {

json::object body_of(const std::string& text) {
    const json::value body = parse_or_null(text);
    if (!body.is_object())
        throw Refusal(400, "JSON_PARSER_ERROR",
                      "The HTTP entity body is required, but this request has no entity body.");
    return body.get_object();
}

Done dispatch(World& world, const HttpRequest& request) {
    const Path path = path_of(request.path);
    if (is_served(path.version) && !path.parts.empty() && path.parts[0] == "composite") {
        if (path.parts.size() == 1 && request.method == "POST")
            return {200, composite(world, body_of(request.body))};
        if (path.parts.size() == 2 && path.parts[1] == "sobjects" &&
            (request.method == "POST" || request.method == "PATCH"))
            return {200, collection(world, request.method, body_of(request.body))};
    }
    const bool writes = request.method == "POST" || request.method == "PATCH";
    return act(world, {request.method, request.path, request.param("q"),
                       writes ? json::value(body_of(request.body)) : json::value{}});
}

/// Counts the request; throws Refusal when the day's are used up.
std::string count_request(State& state) {
    const std::int64_t most = int_of(state.switches, "most_requests", 15000);
    const std::int64_t used = int_of(state.switches, "requests") + 1;
    state.switches["requests"] = used;
    if (used > most) throw Refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    return fmt::format("api-usage={}/{}", used, most);
}

}  // namespace

json::value to_json(const State& state) {
    return json::object{{"rows", state.rows},
                        {"last_ids", state.last_ids},
                        {"sessions", state.sessions},
                        {"switches", state.switches}};
}

State state_of(const json::value& from) {
    State state;
    state.rows = from.at("rows").as_object();
    state.last_ids = from.at("last_ids").as_object();
    state.sessions = from.at("sessions").as_object();
    state.switches = from.at("switches").as_object();
    return state;
}

std::string operation_of(const HttpRequest& request) {
    const std::size_t version = request.path.find('/', kBase.size());
    const bool is_data = request.path.starts_with(kBase) && version != std::string::npos;
    return request.method + " " + (is_data ? request.path.substr(version) : request.path) +
           (request.param("q").empty() ? "" : " " + request.param("q"));
}

HttpReply handle(World& world, const HttpRequest& request) {
    if (request.path == "/services/oauth2/token" && request.method == "POST")
        return give_token(world, request);
    HttpReply reply;
    std::string usage;
    try {
        const std::string sent = request.header("authorization");
        if (!sent.starts_with("Bearer ") || !world.salesforce.sessions.contains(sent.substr(7)))
            throw Refusal(401, "INVALID_SESSION_ID", "Session expired or invalid");
        usage = count_request(world.salesforce);
        const Done done = dispatch(world, request);
        reply = json_reply(done.body, done.status);
        if (done.status == 204) reply.body.clear();
    } catch (const Refusal& refusal) {
        reply = json_reply(error(refusal), refusal.status);
    }
    if (!usage.empty()) reply.headers.emplace_back("Sforce-Limit-Info", usage);
    return reply;
}

json::value put_row(World& world, const json::object& wanted) {
    const Object& object = object_at(text_of(wanted, "type"));
    const std::string id = text_of(wanted, "id");
    const std::string user = bool_of(wanted, "system") ? "system" : std::string(kAgent);
    if (id.empty())
        return json::object{{"id", create_row(world, object, object_of(wanted, "fields"), user)}};
    update_row(world, object, row_at(world.salesforce, object, id), object_of(wanted, "fields"),
               user);
    return json::object{{"id", id}};
}

}  // namespace orderhub::sandbox::salesforce
