#include "graphql.hpp"

#include <algorithm>
#include <cctype>

#include "graphql_answer.hpp"
#include "queries.hpp"

namespace orderhub::vendure {
namespace {

constexpr std::uint64_t kMendPauseMs = 60'000;

sdk::Stop not_allowed() {
    return sdk::retry("unauthorized",
                      "the shop does not allow this: check the credentials and the permissions "
                      "ReadOrder and UpdateOrder of the account's role in this channel",
                      kMendPauseMs);
}

}  // namespace

sdk::Stop refusal(const json::object& error_result) {
    std::string code(text_of(error_result, "errorCode"));
    std::transform(code.begin(), code.end(), code.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string words(text_of(error_result, "message"));
    for (const std::string_view closer :
         {"transitionError", "paymentErrorMessage", "fulfillmentHandlerError"})
        if (const std::string_view detail = text_of(error_result, closer); !detail.empty())
            words = detail;
    if (error_result.contains("maximumRefundable"))
        words += " (at most " + json::serialize(error_result.at("maximumRefundable")) +
                 " minor units are left)";
    return sdk::rejected(code.empty() ? "refused" : std::move(code), words_of(words));
}

sdk::HttpRequest GraphQl::request(std::string_view query, const json::object& variables,
                                  sdk::Effect effect) const {
    sdk::HttpRequest request{.method = "POST", .url = config_.base_url};
    request.headers = {{"content-type", "application/json"}, {"accept", "application/json"}};
    if (!config_.channel_token.empty())
        request.headers.emplace_back("vendure-token", config_.channel_token);
    if (!config_.api_key.empty()) request.headers.emplace_back("vendure-api-key", config_.api_key);
    request.body = json::serialize(json::object{{"query", query}, {"variables", variables}});
    request.effect = effect;
    return request;
}

void GraphQl::log_in(sdk::Call& call) {
    sdk::HttpRequest login =
        request(kLogin, {{"u", config_.username}, {"p", config_.password}}, sdk::Effect::read);
    login.fill_body = true;  // the body holds nothing but the operator's own words
    const sdk::HttpResponse response = call.http(login);
    const Answer answer = read_answer(response, sdk::Effect::read);
    if (answer.denied) throw not_allowed();
    const json::object* user = answer.value.if_object();
    if (user == nullptr || user->contains("errorCode")) {
        const std::string words =
            user == nullptr ? "the login failed" : std::string(text_of(*user, "message"));
        throw sdk::retry("unauthorized", words_of(words), kMendPauseMs);
    }
    const std::string_view token = response.header("vendure-auth-token");
    if (token.empty())
        throw sdk::retry("no_session",
                         "the shop sent no session token: its token methods must include bearer",
                         kMendPauseMs);
    session_ = token;
}

json::value GraphQl::run(sdk::Call& call, std::string_view query, const json::object& variables,
                         sdk::Effect effect) {
    if (config_.logs_in() && session_.empty()) log_in(call);
    for (bool again = config_.logs_in();; again = false) {
        const std::string used = session_;
        sdk::HttpRequest asked = request(query, variables, effect);
        if (!used.empty()) asked.headers.emplace_back("authorization", "Bearer " + used);
        Answer answer = read_answer(call.http(asked), effect);
        if (!answer.denied) return std::move(answer.value);
        if (!again) throw not_allowed();
        if (session_ == used) log_in(call);  // else another call has just done it
    }
}

}  // namespace orderhub::vendure
