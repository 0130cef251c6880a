#include "client.hpp"

#include <utility>

#include "answer.hpp"

namespace orderhub::tryton {

namespace json = boost::json;

namespace {

constexpr std::uint32_t kWriteTimeoutMs = 120'000;  // a post of thousands of lines is slow
// Tryton slows failed logins down and shuts the account after six within 300 s.
constexpr std::uint64_t kLoginPauseMs = 60'000;

std::string request_body(std::string_view method, json::array params) {
    return json::serialize(
        json::object{{"id", 1}, {"method", method}, {"params", std::move(params)}});
}

}  // namespace

std::string base64(std::string_view bytes) {
    static constexpr char kDigits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group =
                group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            text += i + j <= bytes.size() ? kDigits[group >> (18 - 6 * j) & 63U] : '=';
    }
    return text;
}

sdk::HttpResponse Client::send(sdk::Call& call, std::string body, sdk::Effect effect) {
    sdk::HttpRequest request;
    request.method = "POST";
    request.url = config_.url;
    request.headers = {{"Content-Type", "application/json"}, {"Authorization", session_}};
    request.body = std::move(body);
    request.effect = effect;
    if (effect == sdk::Effect::write) request.timeout_ms = kWriteTimeoutMs;
    return call.http(request);
}

void Client::login(sdk::Call& call) {
    sdk::HttpRequest request;
    request.method = "POST";
    request.url = config_.url;
    request.headers = {{"Content-Type", "application/json"}};
    // The parameters come from the operator's file alone, so the host may fill the password in.
    request.body = request_body(
        "common.db.login", {config_.username, json::object{{"password", "{{secret:password}}"}}});
    request.fill_body = true;
    const sdk::HttpResponse response = call.http(request);
    if (response.status == 401)
        throw sdk::retry("unauthorized", "Tryton refuses the user name or the password",
                         kLoginPauseMs);
    if (response.status == 429)
        throw sdk::retry("throttled", "Tryton has shut the login after too many failures",
                         std::max(sdk::retry_after_ms(response), kLoginPauseMs));
    const json::value result = result_of(response, sdk::Effect::read);
    if (!result.is_array() || result.get_array().size() != 2 || !result.at(0).is_int64() ||
        !result.at(1).is_string())
        throw sdk::retry("bad_answer", "Tryton's login answered no session");
    const std::string key(result.at(1).as_string());
    session_ = "Session " +
               base64(config_.username + ':' + std::to_string(result.at(0).as_int64()) + ':' + key);
}

json::value Client::call(sdk::Call& call, std::string_view method, json::array params,
                         sdk::Effect effect) {
    params.push_back(json::object{{"company", config_.company}, {"language", config_.language}});
    const std::string body = request_body(method, std::move(params));
    if (session_.empty()) login(call);
    const std::string used = session_;
    sdk::HttpResponse response = send(call, body, effect);
    if (response.status == 401) {
        // Another call of this instance may have logged in meanwhile.
        if (session_ == used) login(call);
        response = send(call, body, effect);
    }
    return result_of(response, effect);
}

}  // namespace orderhub::tryton
