#include "salesforce_platform/errors.hpp"

#include <algorithm>
#include <array>

#include "documents/members.hpp"

namespace orderhub::salesforce {
namespace {

using documents::text_at;
using sdk::Json;

constexpr std::size_t kLongestWords = 300;
/// The platform names no delay. A daily limit moves with the hour, one of parallel requests with
/// the second: a minute serves both.
constexpr std::uint64_t kLimitPauseMs = 60'000;

constexpr std::array<std::string_view, 4> kBusy{"REQUEST_LIMIT_EXCEEDED", "SERVER_UNAVAILABLE",
                                                "QUERY_TIMEOUT", "INVALID_QUERY_LOCATOR"};

Failure one_failure(const Json& each) {
    std::string code = text_at(each, "errorCode");
    for (const std::string_view key : {"statusCode", "enhancedErrorType", "error"})
        if (code.empty()) code = text_at(each, key);
    std::string words = text_at(each, "message");
    if (words.empty()) words = text_at(each, "error_description");
    return {std::move(code), std::string(sdk::cut_utf8(words, kLongestWords))};
}

/// The first that says why; the bystanders of an all-or-none request only say that they were taken
/// back.
Failure first_failure(const Json& list) {
    Failure first;
    for (const Json& each : list.items()) {
        Failure found = failure_of(each);
        if (!found.happened()) continue;
        const bool is_bystander =
            found.code == "PROCESSING_HALTED" || found.code == "ALL_OR_NONE_OPERATION_ROLLED_BACK";
        if (!is_bystander) return found;
        if (!first.happened()) first = std::move(found);
    }
    return first;
}

bool is_busy(std::string_view code) {
    return std::ranges::find(kBusy, code) != kBusy.end();
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

Failure failure_of(const Json& document) {
    if (document.is_array()) return first_failure(document);
    if (!document.is_object()) return {};
    if (document["compositeResponse"].is_array()) {
        Json bodies = Json::array();
        for (const Json& each : document["compositeResponse"].items())
            if (each["httpStatusCode"].is_number() && each["httpStatusCode"].integer() >= 300)
                bodies.push(each["body"]);
        return first_failure(bodies);
    }
    if (document["errors"].is_array() && !document["errors"].items().empty())
        return first_failure(document["errors"]);
    const Failure found = one_failure(document);
    const bool says_so = document["errorCode"].is_text() || document["statusCode"].is_text() ||
                         document["enhancedErrorType"].is_text() || document["error"].is_text() ||
                         (document["success"].is_bool() && !document["success"].boolean());
    if (!says_so) return {};
    return found.happened() ? found : Failure{"UNKNOWN_EXCEPTION", "no reason given"};
}

Failure failure_in(std::string_view body) {
    try {
        return failure_of(Json::parse(body));
    } catch (const sdk::JsonError&) {
        return {};
    }
}

sdk::Stop stop_for(int status, const Failure& failure, sdk::Effect effect, std::uint64_t delay_ms) {
    const std::string words =
        failure.code + (failure.message.empty() ? "" : ": ") + failure.message;
    if (failure.code == "REQUEST_LIMIT_EXCEEDED")
        return sdk::retry("request_limit", words, std::max(delay_ms, kLimitPauseMs));
    if (failure.code == "UNABLE_TO_LOCK_ROW") return sdk::retry("locked", words, delay_ms);
    if (is_busy(failure.code)) return sdk::retry(lower(failure.code), words, delay_ms);
    if (!failure.code.empty() && status >= 400 && status < 500 && status != 401 && status != 403 &&
        status != 408 && status != 429)
        return sdk::rejected(lower(failure.code), words);
    sdk::Stop stop = sdk::stop_for_status({status, {}, {}}, effect, words);
    if (stop.outcome == OH_RETRY) stop.retry_after_ms = std::max(stop.retry_after_ms, delay_ms);
    return stop;
}

sdk::Stop stop_for(const sdk::HttpResponse& response, sdk::Effect effect) {
    return stop_for(response.status, failure_in(response.body), effect,
                    sdk::retry_after_ms(response));
}

}  // namespace orderhub::salesforce
