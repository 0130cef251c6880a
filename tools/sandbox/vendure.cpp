#include "vendure.hpp"

#include <algorithm>

#include "text.hpp"
#include "vendure_actions.hpp"
#include "vendure_document.hpp"
#include "vendure_orders.hpp"
#include "vendure_schema.hpp"

namespace orderhub::sandbox::vendure {
namespace {

graphql::Document parse_body(const HttpRequest& request) {
    const json::value body = parse_or_null(request.body);
    if (!body.is_object()) {
        throw graphql::Refused(
            "POST body missing, invalid Content-Type, or JSON object has no keys.", "BAD_REQUEST",
            1, 1);
    }
    const auto& object = body.get_object();
    return graphql::parse(text_of(object, "query"), object_of(object, "variables"),
                          text_of(object, "operationName"));
}

json::object error_entry(const std::string& message, const std::string& code,
                         const graphql::Selection& at) {
    json::object out{
        {"message", message},
        {"locations", json::array{json::object{{"line", at.line}, {"column", at.column}}}},
        {"path", json::array{at.alias}}};
    if (!code.empty()) out["extensions"] = json::object{{"code", code}};
    return out;
}

HttpReply refused_reply(const graphql::Refused& refused) {
    // a value that does not fit its type is answered with 200, a query that is wrong with 400
    const bool bad_input = refused.code == "BAD_USER_INPUT";
    const json::value body = {
        {"errors", json::array{json::object{
                       {"message", refused.what()},
                       {"locations", json::array{json::object{{"line", refused.line},
                                                              {"column", refused.column}}}},
                       {"extensions", {{"code", refused.code}}}}}}};
    return json_reply(body, bad_input ? 200 : 400);
}

const Channel* channel_of(const State& state, const HttpRequest& request) {
    const std::string token = request.header("vendure-token");
    if (token.empty()) return &state.channels.front();
    const auto found = std::find_if(state.channels.begin(), state.channels.end(),
                                    [&](const Channel& c) { return c.token == token; });
    return found == state.channels.end() ? nullptr : &*found;
}

bool signed_in(const State& state, const HttpRequest& request) {
    if (request.header("vendure-api-key") == kApiKey) return true;
    const std::string bearer = request.header("authorization");
    if (!bearer.starts_with("Bearer ")) return false;
    const auto& sessions = state.sessions;
    return std::find(sessions.begin(), sessions.end(), bearer.substr(7)) != sessions.end();
}

json::object current_user(const State& state) {
    json::array channels;
    for (const Channel& channel : state.channels) {
        json::object one = channel_document(channel);
        one["permissions"] =
            json::array{"Authenticated", "ReadOrder",      "UpdateOrder", "CreateOrder",
                        "ReadCustomer",  "UpdateCustomer", "ReadCatalog", "ReadChannel"};
        channels.push_back(std::move(one));
    }
    return {{"__typename", "CurrentUser"},
            {"id", "2"},
            {"identifier", kUser},
            {"channels", std::move(channels)}};
}

json::value log_in(State& state, const json::object& arguments, HttpReply& reply) {
    if (text_of(arguments, "username") != kUser || text_of(arguments, "password") != kPassword) {
        return json::object{{"__typename", "InvalidCredentialsError"},
                            {"errorCode", "INVALID_CREDENTIALS_ERROR"},
                            {"message", "The provided credentials are invalid"},
                            {"authenticationError", ""}};
    }
    state.sessions.push_back(random_text(64, "0123456789abcdef"));
    reply.headers.emplace_back("vendure-auth-token", state.sessions.back());
    return current_user(state);
}

json::value type_description(const std::string& name) {
    const auto* type = schema().find(name);
    if (type == nullptr) return nullptr;
    json::array fields;
    for (const auto& [field, unused] : type->fields) {
        fields.push_back(json::object{{"name", field}});
    }
    return json::object{{"name", name}, {"fields", std::move(fields)}};
}

json::value resolve_query(const State& state, const Channel& channel,
                          const graphql::Selection& root, const HttpRequest& request) {
    if (root.name == "orders")
        return list_orders(state, channel, object_of(root.arguments, "options"));
    if (root.name == "order") return one_order(state, channel, text_of(root.arguments, "id"));
    if (root.name == "customers")
        return list_customers(state, object_of(root.arguments, "options"));
    if (root.name == "activeChannel") return channel_document(channel);
    if (root.name == "__type") return type_description(text_of(root.arguments, "name"));
    if (root.name == "channels") {
        json::array items;
        for (const Channel& one : state.channels)
            items.push_back(channel_document(one));
        return json::object{{"totalItems", items.size()}, {"items", items}};
    }
    // with an API key there is no user session
    if (request.header("authorization").empty()) {
        throw TopLevelError("You are not currently authorized to perform this action", "FORBIDDEN");
    }
    return current_user(state);
}

json::value resolve(World& world, const HttpRequest& request, const graphql::Document& document,
                    const graphql::Selection& root, HttpReply& reply) {
    State& state = world.vendure;
    const Channel* channel = channel_of(state, request);
    if (channel == nullptr) {
        throw TopLevelError(
            "No Channel with the token \"" + request.header("vendure-token") + "\" could be found",
            "CHANNEL_NOT_FOUND");
    }
    const bool mutation = document.operation == "mutation";
    if (mutation && root.name == "login") return log_in(state, root.arguments, reply);
    if (!signed_in(state, request)) {
        throw TopLevelError("You are not currently authorized to perform this action", "FORBIDDEN");
    }
    if (!mutation) return resolve_query(state, *channel, root, request);
    if (root.name == "logout") return json::object{{"success", true}};
    return run_action(world, *channel, root.name, root.arguments);
}

}  // namespace

HttpReply handle(World& world, const HttpRequest& request) {
    if (request.path != "/vendure/admin-api") return json_reply({{"message", "Not Found"}}, 404);
    HttpReply reply;
    graphql::Selection current;  // outlives the document: the error names its place
    try {
        const graphql::Document document = parse_body(request);
        schema().validate(document);
        json::object data;
        for (const auto& root : document.roots) {
            current = root;
            if (root.name == "__typename") {
                data[root.alias] = document.operation == "mutation" ? "Mutation" : "Query";
                continue;
            }
            const json::value made = resolve(world, request, document, root, reply);
            data[root.alias] = graphql::project(made, root.children, document, schema());
        }
        reply.body = to_text(json::object{{"data", std::move(data)}});
    } catch (const graphql::Refused& refused) {
        return refused_reply(refused);
    } catch (const TopLevelError& failed) {
        reply.body = to_text(
            json::object{{"errors", json::array{error_entry(failed.what(), failed.code, current)}},
                         {"data", nullptr}});
    }
    return reply;
}

std::string operation_of(const HttpRequest& request) {
    try {
        const graphql::Document document = parse_body(request);
        std::string out = document.operation;
        for (const auto& root : document.roots)
            out += " " + root.name;
        return out;
    } catch (const std::exception&) {
        return "unreadable";
    }
}

}  // namespace orderhub::sandbox::vendure
