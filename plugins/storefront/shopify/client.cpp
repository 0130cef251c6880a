#include "client.hpp"

#include <algorithm>

namespace orderhub::shopify {
namespace {

constexpr int kMostSends = 3;
/// What is added to a wait that the bucket says is enough: others draw on it, too.
constexpr std::int64_t kMarginMs = 200;
constexpr std::int64_t kShortestWaitMs = 1000;
constexpr std::size_t kLongestWords = 300;

std::string code_of(const Json& error) {
    const Json& code = error["extensions"]["code"];
    return code.is_text() ? code.text() : "";
}

std::string words_of(const Json& error) {
    const std::string words = error["message"].is_text() ? error["message"].text() : "no reason";
    return std::string(sdk::cut_utf8(words, kLongestWords));
}

bool is_throttled(const Json& answer) {
    const Json& errors = answer["errors"];
    return errors.is_array() && !errors.items().empty() &&
           code_of(errors.items().front()) == "THROTTLED";
}

/// A part of an object that the app may not see, such as the customer without the approval for
/// protected data; not the object itself.
bool is_hidden_part(const Json& error) {
    return code_of(error) == "ACCESS_DENIED" && error["path"].is_array() &&
           error["path"].items().size() > 1;
}

sdk::Stop stop_for(const Json& error, sdk::Effect effect) {
    const std::string code = code_of(error);
    if (code == "MAX_COST_EXCEEDED")
        return sdk::rejected(std::string(kTooExpensive), words_of(error));
    if (code == "SHOP_INACTIVE") return sdk::retry("shop_inactive", words_of(error), 60'000);
    if (code == "IDEMPOTENCY_CONCURRENT_REQUEST")
        return sdk::unknown("in_progress", words_of(error));
    if (code == "TIMEOUT" || code == "SERVICE_UNAVAILABLE")
        return effect == sdk::Effect::read ? sdk::retry("server_error", words_of(error))
                                           : sdk::unknown("server_error", words_of(error));
    return sdk::stop_for_graphql(error, effect);
}

/// 402 and 423: the shop is frozen or locked, and comes back once its owner has seen to it.
bool is_closed(const sdk::HttpResponse& response) {
    return response.status == 402 || response.status == 423;
}

sdk::Stop bad_answer(sdk::Effect effect, const std::string& words) {
    return effect == sdk::Effect::read ? sdk::retry("bad_answer", words)
                                       : sdk::unknown("bad_answer", words);
}

sdk::Effect effect_of(const Operation& operation) {
    return operation.writes ? sdk::Effect::write : sdk::Effect::read;
}

}  // namespace

std::string to_gid(std::string_view type, std::string_view number) {
    return "gid://shopify/" + std::string(type) + "/" + std::string(number);
}

std::string number_of(const Json& gid) {
    const std::string& text = gid.text();
    const std::size_t slash = text.rfind('/');
    const std::string number = text.substr(slash == std::string::npos ? 0 : slash + 1);
    return number.substr(0, number.find('?'));
}

void Client::wait(std::int64_t milliseconds) {
    if (milliseconds <= 0) return;
    const auto delay = static_cast<std::uint64_t>(milliseconds);
    if (!call_.has_time(milliseconds + 10'000))
        throw sdk::retry(std::string(kNoPoints), "the shop's cost bucket is empty", delay);
    call_.sleep_ms(delay);
}

sdk::HttpResponse Client::post(const Operation& operation, const Json& variables) {
    const Json body = Json::object(
        {{"operationName", operation.name}, {"query", operation.text}, {"variables", variables}});
    const std::string token =
        settings_.has_fixed_token ? sdk::secret("access_token") : std::string("{{oauth2}}");
    sdk::HttpResponse response = call_.http(sdk::json_request("POST", settings_.endpoint,
                                                              {{"X-Shopify-Access-Token", token}},
                                                              body, effect_of(operation)));
    served_version_ = response.header("x-shopify-api-version");
    return response;
}

Json Client::answer_of(const Operation& operation, const sdk::HttpResponse& response) {
    const sdk::Effect effect = effect_of(operation);
    if (is_closed(response))
        throw sdk::retry(
            "shop_closed",
            "answered " + std::to_string(response.status) + ": " + sdk::system_words(response),
            60'000);
    Json answer = sdk::json_of(response, effect);
    if (!answer.is_object()) throw bad_answer(effect, "the answer is no object");
    bucket_.note(operation.name, answer["extensions"]["cost"], call_.now_ms());
    return answer;
}

Json Client::send(const Operation& operation, Json variables) {
    const sdk::Effect effect = effect_of(operation);
    wait(bucket_.wait_ms(operation.name, reserve_percent_, call_.now_ms()));
    Json answer;
    for (int sends = 1;; ++sends) {
        answer = answer_of(operation, post(operation, variables));
        if (!is_throttled(answer)) break;
        const std::int64_t pause = bucket_.wait_ms(operation.name, 0, call_.now_ms()) + kMarginMs;
        if (sends == kMostSends)
            throw sdk::retry(std::string(kNoPoints), "the shop throttles",
                             static_cast<std::uint64_t>(std::max(pause, kShortestWaitMs)));
        wait(std::max(pause, kShortestWaitMs));
    }
    const Json& errors = answer["errors"];
    if (errors.is_text()) throw bad_answer(effect, "errors: " + errors.text());
    if (errors.is_array())
        for (const Json& error : errors.items())
            if (!is_hidden_part(error) || answer["data"].is_null()) throw stop_for(error, effect);
    if (!answer["data"].is_object()) throw bad_answer(effect, "the answer has no data");
    return answer["data"];
}

Json Client::change(const Operation& operation, std::string_view field, Json variables) {
    Json made = send(operation, std::move(variables))[field];
    if (!made.is_object()) throw bad_answer(effect_of(operation), "the answer has no result");
    for (const std::string_view list : {"userErrors", "orderCancelUserErrors"}) {
        if (!made[list].is_array() || made[list].items().empty()) continue;
        const Json& error = made[list].items().front();
        const std::string code = error["code"].is_text() ? error["code"].text() : "";
        const std::string words = words_of(error);
        if (code == "INTERNAL_ERROR" || code == "GENERIC_ERROR")
            throw sdk::unknown("server_error", words);
        if (words.find("IDEMPOTENCY_CONCURRENT_REQUEST") != std::string::npos)
            throw sdk::unknown("in_progress", words);
        throw sdk::rejected("refused", words);
    }
    return made;
}

}  // namespace orderhub::shopify
