// The rule of one request, from the configuration.
#include "declared/settings.hpp"

namespace orderhub::declared {
namespace {

std::vector<int> statuses(const Json& json, std::string_view key) {
    std::vector<int> all;
    if (const Json* list = json.find(key))
        for (const Json& each : list->items())
            all.push_back(static_cast<int>(each.integer()));
    return all;
}

std::optional<Script> script(const Json& json, std::string_view key, const std::string& place) {
    const Json* found = json.find(key);
    return found ? std::optional(parse_script(*found, place + "." + std::string(key)))
                 : std::nullopt;
}

std::vector<std::pair<std::string, TextTemplate>> templates(const Json& json, std::string_view key,
                                                            const std::string& place) {
    std::vector<std::pair<std::string, TextTemplate>> all;
    if (const Json* members = json.find(key))
        for (const auto& [name, value] : members->members())
            all.emplace_back(name, TextTemplate(value.text_or_digits(),
                                                place + "." + std::string(key) + "." + name));
    return all;
}

}  // namespace

RequestRule to_request(const Json& json, const std::string& place, std::string_view method) {
    RequestRule request;
    request.place = place;
    request.method = json.find("method") ? json["method"].text() : std::string(method);
    if (!json.find("url")) throw ConfigError(place + ".url", "is missing");
    request.url = TextTemplate(json["url"].text(), place + ".url");
    request.query = templates(json, "query", place);
    request.headers = templates(json, "headers", place);
    if (json.find("body") && json.find("form"))
        throw ConfigError(place, "expected one of body and form");
    for (const std::string key : {"body", "form"})
        if (const Json* body = json.find(key)) request.body = parse_rule(*body, place + "." + key);
    request.is_form = json.find("form") != nullptr;
    request.has_answer = !json.find("answer") || json["answer"].text() != "none";
    request.meanings = {statuses(json, "done"),
                        statuses(json, "retry"),
                        statuses(json, "rejected"),
                        statuses(json, "unknown"),
                        script(json, "rejected_if", place),
                        script(json, "retry_if", place)};
    return request;
}

}  // namespace orderhub::declared
