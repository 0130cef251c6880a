#include "salesforce_requests.hpp"

#include <fmt/format.h>

#include "http_types.hpp"
#include "salesforce_query.hpp"

namespace orderhub::sandbox::salesforce {
namespace {

json::value describe(const Object& object) {
    json::array fields;
    for (const Field& field : object.fields) {
        json::array targets;
        for (const std::string& target : field.targets)
            targets.emplace_back(target);
        fields.push_back(json::object{{"name", field.name},
                                      {"type", field.type},
                                      {"createable", field.writable},
                                      {"updateable", field.writable},
                                      {"filterable", field.type != "long"},
                                      {"referenceTo", std::move(targets)}});
    }
    return json::object{{"name", object.name}, {"keyPrefix", object.prefix},
                        {"createable", true},  {"updateable", true},
                        {"queryable", true},   {"fields", std::move(fields)}};
}

}  // namespace

Path path_of(const std::string& path) {
    Path out;
    std::string_view rest = path;
    if (!rest.starts_with(kBase)) return out;
    rest.remove_prefix(kBase.size());
    out.version = rest.substr(0, rest.find('/'));
    rest.remove_prefix(out.version.size());
    while (!rest.empty()) {
        const std::size_t slash = rest.find('/');
        if (slash != 0) out.parts.emplace_back(rest.substr(0, slash));
        rest = slash == std::string_view::npos ? "" : rest.substr(slash + 1);
    }
    return out;
}

bool is_served(const std::string& version) {
    return version.size() == 4 && version.ends_with(".0") && version >= "58.0" && version <= "68.0";
}

json::array error(const Refusal& refusal) {
    return {json::object{{"message", refusal.what()}, {"errorCode", refusal.code}}};
}

const Object& object_at(const std::string& name) {
    const Object* object = find_object(name);
    if (object == nullptr) throw Refusal(404, "NOT_FOUND", "The requested resource does not exist");
    return *object;
}

json::object& row_at(State& state, const Object& object, const std::string& id) {
    json::object* row = find_row(state, object, id);
    if (row == nullptr)
        throw Refusal(404, "NOT_FOUND",
                      "Provided external ID field does not exist or is not accessible: " + id);
    return *row;
}

Done act(World& world, const Step& step) {
    State& state = world.salesforce;
    const Path path = path_of(step.path);
    if (!is_served(path.version) || path.parts.empty())
        throw Refusal(404, "NOT_FOUND", "The requested resource does not exist");
    const std::string& first = path.parts[0];
    if (first == "query" && step.method == "GET") {
        if (path.parts.size() == 2) return {200, further_page(state, path.parts[1], path.version)};
        return {200, first_page(state, run_query(state, parse_soql(step.soql), path.version),
                                path.version)};
    }
    if (first == "limits" && step.method == "GET")
        return {200,
                json::object{{"DailyApiRequests",
                              json::object{{"Max", int_of(state.switches, "most_requests")}}}}};
    if (first != "sobjects" || path.parts.size() < 2)
        throw Refusal(404, "NOT_FOUND", "The requested resource does not exist");
    const Object& object = object_at(path.parts[1]);
    const bool is_row = path.parts.size() == 3;
    if (step.method == "GET" && is_row && path.parts[2] == "describe")
        return {200, describe(object)};
    if (step.method == "GET" && is_row) return {200, row_at(state, object, path.parts[2])};
    if (step.method == "PATCH" && is_row) {
        update_row(world, object, row_at(state, object, path.parts[2]), step.body.as_object(),
                   kHubUser);
        return {204, nullptr};
    }
    if (step.method == "POST" && path.parts.size() == 2) {
        const std::string id = create_row(world, object, step.body.as_object(), kHubUser);
        return {201, json::object{{"id", id}, {"success", true}, {"errors", json::array{}}}};
    }
    throw Refusal(405, "METHOD_NOT_ALLOWED",
                  fmt::format("HTTP Method '{}' not allowed", step.method));
}

}  // namespace orderhub::sandbox::salesforce
