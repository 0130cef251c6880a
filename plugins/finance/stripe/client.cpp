#include "client.hpp"

#include "mapping.hpp"

namespace orderhub::stripe {
namespace {

constexpr std::size_t kLongestWords = 300;

struct ErrorWords {
    std::string type;
    std::string code;
    std::string text;  ///< for a person
};

std::string text_at(const Json& from, std::string_view key) {
    return from[key].is_text() ? from[key].text() : std::string();
}

ErrorWords words_of(const sdk::HttpResponse& response) {
    Json body;
    try {
        body = Json::parse(response.body);
    } catch (const sdk::JsonError&) {
        return {};
    }
    const Json& error = body["error"];
    ErrorWords words{text_at(error, "type"), text_at(error, "code"), text_at(error, "code")};
    if (const std::string decline = text_at(error, "decline_code"); !decline.empty())
        words.text += " (" + decline + ")";
    if (!words.text.empty()) words.text += ": ";
    words.text += text_at(error, "message");
    words.text = sdk::cut_utf8(words.text, kLongestWords);
    return words;
}

bool is_busy(const ErrorWords& words) {
    return words.code == "lock_timeout" || words.code == "rate_limit" ||
           words.type == "rate_limit_error";
}

/// The bank or the network has said no; no repetition helps.
bool is_declined(const sdk::HttpResponse& response, const ErrorWords& words) {
    return response.status == 402 || words.type == "card_error" ||
           words.code == "charge_expired_for_capture";
}

sdk::Stop open(sdk::Effect effect, std::string code, std::string message) {
    return effect == sdk::Effect::read ? sdk::retry(std::move(code), std::move(message))
                                       : sdk::unknown(std::move(code), std::move(message));
}

}  // namespace

sdk::Stop stop_for(const sdk::HttpResponse& response, sdk::Effect effect) {
    const ErrorWords words = words_of(response);
    const int status = response.status;
    std::string message = "answered " + std::to_string(status);
    if (!words.text.empty()) message += ": " + words.text;
    if (is_busy(words)) return sdk::retry("throttled", message, sdk::retry_after_ms(response));
    // The first request with this key may still be at work.
    if (words.code == "idempotency_key_in_use") return open(effect, "key_in_use", message);
    if (status == 409) return sdk::retry("conflict", message, sdk::retry_after_ms(response));
    if (status == 424) return open(effect, "dependency_failed", message);
    // Under this key something else was asked for; do_once looks what.
    if (words.type == "idempotency_error") return sdk::rejected("idempotency_conflict", message);
    if (is_declined(response, words)) return sdk::rejected("declined", message);
    sdk::Stop stop = sdk::stop_for_status(response, effect, words.text);
    if (stop.outcome == OH_REJECTED && response.header("stripe-should-retry") == "true")
        return sdk::retry("asked_to_retry", message, sdk::retry_after_ms(response));
    if (stop.outcome == OH_REJECTED && !words.code.empty()) stop.code = words.code;
    return stop;
}

sdk::HttpResponse Client::send(sdk::HttpRequest request) {
    request.headers.emplace_back("Authorization", sdk::bearer("secret_key"));
    request.headers.emplace_back("Stripe-Version", settings_.api_version);
    if (!settings_.account.empty())
        request.headers.emplace_back("Stripe-Account", settings_.account);
    return call_.http(request);
}

Json Client::get(std::string_view path, const sdk::Fields& query) {
    const auto response =
        send({.url = sdk::with_query(settings_.base_url + std::string(path), query),
              .headers = {{"Accept", "application/json"}}});
    if (!response.ok()) throw stop_for(response, sdk::Effect::read);
    return sdk::json_of(response, sdk::Effect::read);
}

Json Client::post(std::string_view path, const sdk::Fields& fields, std::string_view key) {
    const auto response = send(sdk::form_request(settings_.base_url + std::string(path),
                                                 {{"Idempotency-Key", std::string(key)}}, fields));
    if (!response.ok()) throw stop_for(response, sdk::Effect::write);
    return sdk::json_of(response, sdk::Effect::write);
}

Json Client::payment(const PaymentName& name) {
    if (!name.is_intent) return get("/charges/" + name.id);
    return get("/payment_intents/" + name.id, {{"expand[]", "latest_charge"}});
}

std::optional<Json> Client::refund(std::string_view id) {
    const auto response = send({.url = settings_.base_url + "/refunds/" + sdk::url_encode(id),
                                .headers = {{"Accept", "application/json"}}});
    if (response.status == 404) return std::nullopt;
    if (!response.ok()) throw stop_for(response, sdk::Effect::read);
    return sdk::json_of(response, sdk::Effect::read);
}

std::optional<Json> Client::refund_by_key(const PaymentName& name, std::string_view key) {
    sdk::Fields query{{name.parameter(), name.id}, {"limit", std::to_string(settings_.page_size)}};
    for (bool more = true; more;) {
        const Json page = get("/refunds", query);
        const std::vector<Json>& rows = page.at("data").items();
        for (const Json& row : rows)
            if (row["metadata"][kKeyName].is_text() && row["metadata"][kKeyName].text() == key)
                return row;
        more = page["has_more"].is_bool() && page["has_more"].boolean() && !rows.empty();
        if (!more) break;
        const std::string last = rows.back().at("id").text();
        if (query.size() > 2 && query.back().second == last)
            throw sdk::retry("page_loop", "the list of refunds leads in a circle");
        query.resize(2);
        query.emplace_back("starting_after", last);
    }
    return std::nullopt;
}

Page Client::events(const sdk::Fields& query) {
    const Json body = get("/events", query);
    return {body.at("data").items(), body["has_more"].is_bool() && body["has_more"].boolean()};
}

sdk::HttpResponse Client::try_list(std::string_view path) {
    return send({.url = sdk::with_query(settings_.base_url + std::string(path), {{"limit", "1"}})});
}

sdk::HttpResponse Client::try_write() {
    return send(sdk::form_request(settings_.base_url + "/refunds/re_orderhub_check", {},
                                  {{"metadata[orderhub_check]", "1"}}, sdk::Effect::read));
}

}  // namespace orderhub::stripe
