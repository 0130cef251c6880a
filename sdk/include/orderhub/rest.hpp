// JSON, forms, GraphQL and pages over HTTP: what most systems speak.
#pragma once

#include <orderhub/call.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderhub::sdk {

/// The outside system's own words in an answer, at most 300 bytes; empty if there are none in the usual places.
inline std::string system_words(const HttpResponse& response) {
    Json body;
    try {
        body = Json::parse(response.body);
    } catch (const JsonError&) {
        return {};
    }
    const Json& first = body["errors"].is_array() && !body["errors"].items().empty() ? body["errors"].items()[0] : body["errors"];
    for (const Json* place : {&body["message"], &body["error_description"], &body["detail"], &body["error"]["message"],
                              &body["error"], &first["message"], &first, &body["title"]})
        if (place->is_text() && !place->text().empty()) return std::string(cut_utf8(place->text(), 300));
    return {};
}

/// The document of an answer. Throws Stop for anything but a 2xx (stop_for_status, with the system's words), and for one
/// that is not JSON: retry for a read, unknown for a write. An answer without a body is null.
inline Json json_of(const HttpResponse& response, Effect effect) {
    if (!response.ok()) throw stop_for_status(response, effect, system_words(response));
    if (response.body.empty()) return {};
    std::string why;
    try {
        return Json::parse(response.body);
    } catch (const JsonError& wrong) {
        why = wrong.what();
    }
    throw effect == Effect::read ? retry("bad_answer", why) : unknown("bad_answer", why);
}

/// Sends and gives the answer's document; throws Stop as Call::http and json_of do.
inline Json send_json(Call& call, const HttpRequest& request) { return json_of(call.http(request), request.effect); }

inline Json get_json(Call& call, std::string url, Headers headers = {}) {
    headers.emplace_back("accept", "application/json");
    return send_json(call, {.url = std::move(url), .headers = std::move(headers)});
}

/// A request with a JSON body; a write unless said otherwise.
inline HttpRequest json_request(std::string method, std::string url, Headers headers, const Json& body,
                                Effect effect = Effect::write) {
    headers.emplace_back("content-type", "application/json");
    headers.emplace_back("accept", "application/json");
    return {.method = std::move(method), .url = std::move(url), .headers = std::move(headers), .body = body.dump(),
            .effect = effect};
}

/// A request with a form (application/x-www-form-urlencoded) as its body; a write unless said otherwise.
inline HttpRequest form_request(std::string url, Headers headers, const Fields& fields, Effect effect = Effect::write) {
    headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    headers.emplace_back("accept", "application/json");
    return {.method = "POST", .url = std::move(url), .headers = std::move(headers), .body = encode_fields(fields),
            .effect = effect};
}

/// What an error of a GraphQL answer means, by the codes that Apollo and Shopify made common.
inline Stop stop_for_graphql(const Json& error, Effect effect) {
    const std::string code = error["extensions"]["code"].is_text() ? error["extensions"]["code"].text() : "";
    std::string words = error["message"].is_text() ? std::string(cut_utf8(error["message"].text(), 300)) : "no reason given";
    if (code == "UNAUTHENTICATED" || code == "FORBIDDEN" || code == "ACCESS_DENIED")
        return retry("unauthorized", std::move(words), 60'000);
    if (code == "THROTTLED" || code == "RATE_LIMITED") return retry("throttled", std::move(words));
    if (code == "INTERNAL_SERVER_ERROR")
        return effect == Effect::read ? retry("server_error", std::move(words)) : unknown("server_error", std::move(words));
    return rejected("graphql_error", std::move(words));
}

/// Sends a query or mutation and gives the answer's "data". Throws Stop, also for an answer with "errors".
inline Json graphql(Call& call, std::string url, Headers headers, std::string_view query, Json variables, Effect effect) {
    Json body = Json::object({{"query", query}, {"variables", std::move(variables)}});
    Json answer = send_json(call, json_request("POST", std::move(url), std::move(headers), body, effect));
    if (answer["errors"].is_array() && !answer["errors"].items().empty())
        throw stop_for_graphql(answer["errors"].items()[0], effect);
    return answer["data"];
}

}  // namespace orderhub::sdk
