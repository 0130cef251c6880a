#include "declared/client.hpp"

#include <algorithm>
#include <orderhub/pages.hpp>
#include <orderhub/rest.hpp>

namespace orderhub::declared {
namespace {

using sdk::Effect;
using sdk::HttpRequest;
using sdk::HttpResponse;

bool has(const std::vector<int>& statuses, int status) {
    return std::ranges::find(statuses, status) != statuses.end();
}

bool is_done(const Meanings& meanings, const HttpResponse& response) {
    return meanings.done.empty() ? response.ok() : has(meanings.done, response.status);
}

std::string form_text(const Json& body, const std::string& place) {
    sdk::Fields fields;
    if (!body.is_object()) throw wrong(place, {}, shown(body) + "; a form is an object");
    for (const auto& [name, value] : body.members()) {
        if (value.is_object() || value.is_array())
            throw wrong(place + "." + name, {}, shown(value) + "; a field is a text or a number");
        fields.emplace_back(
            name, value.is_bool() ? (value.boolean() ? "true" : "false") : value.text_or_empty());
    }
    return sdk::encode_fields(fields);
}

sdk::Stop unknown_of(Effect effect, std::string code, std::string words) {
    return effect == Effect::read ? sdk::retry(std::move(code), std::move(words))
                                  : sdk::unknown(std::move(code), std::move(words));
}

}  // namespace

std::string Client::words_of(const HttpResponse& response) const {
    if (!settings_.error) return sdk::system_words(response);
    try {
        Documents documents;
        const Json& answer = documents.put("answer", Json::parse(response.body));
        return std::string(sdk::cut_utf8(
            look_up(*settings_.error, {documents, answer}).value.text_or_empty(), 300));
    } catch (const std::exception&) {
        return {};
    }
}

bool Client::says(const std::optional<Script>& script, const Json& answer) const {
    if (!script) return false;
    Documents documents;
    const Json& known = documents.put("answer", answer);
    return holds(script, {documents, known});
}

sdk::Headers Client::headers(const RequestRule& rule, const Scope& scope) const {
    sdk::Headers all = settings_.auth;
    all.emplace_back("accept", "application/json");
    for (const auto* rules : {&settings_.headers, &rule.headers})
        for (const auto& [name, value] : *rules)
            all.emplace_back(name, value.header(scope));
    return all;
}

HttpRequest Client::made(const RequestRule& rule, const Scope& scope, Effect effect,
                         const sdk::Headers& more) const {
    HttpRequest request{.method = rule.method, .headers = headers(rule, scope), .effect = effect};
    request.headers.insert(request.headers.end(), more.begin(), more.end());
    request.url = rule.url.address(scope);
    if (request.url.starts_with('/')) request.url = settings_.base_url + request.url;
    sdk::Fields query;
    for (const auto& [name, value] : rule.query)
        if (auto text = value.text(scope)) query.emplace_back(name, std::move(*text));
    request.url = sdk::with_query(std::move(request.url), query);
    if (!rule.body) return request;
    const Json body = make(*rule.body, scope);
    request.headers.emplace_back(
        "content-type", rule.is_form ? "application/x-www-form-urlencoded" : "application/json");
    request.body = rule.is_form ? form_text(body, rule.place + ".form") : body.dump();
    return request;
}

Answer Client::understood(const RequestRule& rule, const HttpResponse& response,
                          Effect effect) const {
    const Meanings& meanings = rule.meanings;
    if (!is_done(meanings, response)) {
        const std::string words = words_of(response);
        const std::string said =
            "answered " + std::to_string(response.status) + (words.empty() ? "" : ": " + words);
        if (has(meanings.retry, response.status))
            throw sdk::retry("busy", said, sdk::retry_after_ms(response));
        if (has(meanings.rejected, response.status)) throw sdk::rejected("refused", said);
        if (has(meanings.unknown, response.status) || response.status < 400)
            throw unknown_of(effect, "unexpected_answer", said);
        throw sdk::stop_for_status(response, effect, words);
    }
    Answer answer{nullptr, sdk::next_link(response)};
    if (!rule.has_answer) return answer;
    std::string why;
    try {
        if (!response.body.empty()) answer.body = Json::parse(response.body);
    } catch (const sdk::JsonError& broken) {
        why = broken.what();
    }
    if (!why.empty()) throw unknown_of(effect, "bad_answer", "the answer is not JSON: " + why);
    if (says(meanings.retry_if, answer.body)) throw sdk::retry("busy", words_of(response));
    if (says(meanings.rejected_if, answer.body))
        throw sdk::rejected("refused", "refused: " + words_of(response));
    return answer;
}

Answer Client::send(const RequestRule& rule, const Scope& scope, Effect effect,
                    const sdk::Headers& more) {
    return understood(rule, call_.http(made(rule, scope, effect, more)), effect);
}

Answer Client::follow(const RequestRule& rule, const std::string& url, const Scope& scope) {
    return understood(rule, call_.http({.url = url, .headers = headers(rule, scope)}),
                      Effect::read);
}

std::optional<Answer> Client::look(const RequestRule& rule, const Scope& scope) {
    const HttpResponse response = call_.http(made(rule, scope, Effect::read, {}));
    if (response.status == 404 && !is_done(rule.meanings, response)) return std::nullopt;
    return understood(rule, response, Effect::read);
}

}  // namespace orderhub::declared
