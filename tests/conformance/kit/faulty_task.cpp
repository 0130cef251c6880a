// Requests, tokens and records of the faulty connector.
#include <cstdlib>

#include "faulty.hpp"

namespace orderhub::faulty {

std::optional<json::object> Answer::body() const {
    json::error_code error;
    json::value parsed = json::parse(response.body, error);
    if (error || !parsed.is_object() || !response.header("content-type").contains("json"))
        return std::nullopt;
    return std::move(parsed.get_object());
}

Answer Task::exchange(std::string_view method, const std::string& path, const std::string& body) {
    const char* const last = self.breaks("two_instances") ? std::getenv("FAULTY_URL") : nullptr;
    const std::string url = (last ? last : self.base_url) + path;
    const bool is_login = path == "/token";
    const std::string bearer = "Bearer " + self.token;
    const oh_header headers[] = {{borrow("content-type"), borrow("application/json")},
                                 {borrow("authorization"), borrow(bearer)}};
    oh_http_request request{};
    request.size = sizeof request;
    request.method = borrow(method);
    request.url = borrow(url);
    request.headers = headers;
    request.header_count = is_login ? 1 : 2;
    request.body = borrow(body);
    request.flags = is_login ? std::uint32_t{OH_HTTP_FILL_BODY} : 0U;
    oh_http_response raw{};
    raw.size = sizeof raw;
    Answer answer;
    answer.outcome = self.host->http(call_, &request, &raw);
    answer.response.status = raw.status;
    for (std::size_t i = 0; i < raw.header_count; ++i)
        answer.response.headers.emplace_back(view(raw.headers[i].name), view(raw.headers[i].value));
    (answer.is_answered() ? answer.response.body : answer.words) = view(raw.body);
    return answer;
}

/// Nothing once there is a token; else why there is none.
std::optional<Answer> Task::get_token() {
    Answer answer = exchange("POST", "/token", R"({"secret": "{{secret:client_secret}}"})");
    if (!answer.is_answered())
        answer.stop = sdk::stop_for_exchange(answer.outcome, sdk::Effect::read, answer.words);
    else if (!answer.response.ok())
        answer.stop = sdk::stop_for_status(answer.response, sdk::Effect::read);
    if (answer.stop) return answer;
    const auto body = answer.body();
    const json::value* token = body ? body->if_contains("token") : nullptr;
    if (!token || !token->is_string()) {
        answer.stop = sdk::retry("bad_answer", "the desk gave no token");
        return answer;
    }
    self.token = token->get_string();
    if (self.breaks("secrets")) log("the token is " + self.token);
    return std::nullopt;
}

Answer Task::send(std::string_view method, const std::string& path, const std::string& body) {
    if (self.token.empty())
        if (auto trouble = get_token()) return *trouble;
    Answer answer = exchange(method, path, body);
    if (answer.response.status != 401 || self.breaks("fault_401")) return answer;
    if (auto trouble = get_token()) return *trouble;
    return exchange(method, path, body);
}

oh_outcome Task::end(const sdk::Stop& stop) {
    self.host->fail(call_, borrow(stop.code), borrow(stop.message), stop.retry_after_ms);
    return stop.outcome;
}

oh_outcome Task::end(const Answer& answer, sdk::Effect effect) {
    if (answer.outcome == OH_HTTP_NOT_SENT && self.breaks("unreachable"))
        return end(sdk::rejected("unreachable", answer.words));
    if (answer.stop) return end(*answer.stop);
    if (!answer.is_answered()) {
        return end(sdk::stop_for_exchange(answer.outcome, effect, answer.words));
    }
    const int status = answer.response.status;
    if (status == 425 && self.breaks("fault_425")) return end(sdk::rejected("early", "425"));
    if (status == 408 && self.breaks("fault_408")) return end(sdk::rejected("late", "408"));
    if (status == 425) return end(sdk::retry("too_early", "answered 425"));
    if (status == 429 && self.breaks("fault_429_seconds"))
        return end(sdk::retry("throttled", "429", 10));
    const bool is_date = answer.response.header("retry-after").size() > 6;
    if (status == 429 && is_date && self.breaks("fault_429_date"))
        return end(sdk::retry("throttled", "429", 1));
    if (!answer.response.ok()) return end(sdk::stop_for_status(answer.response, effect));
    const std::string words = "the answer is not the JSON that was expected";
    return end(effect == sdk::Effect::read ? sdk::retry("bad_answer", words)
                                           : sdk::unknown("bad_answer", words));
}

bool Task::emit_case(const json::value& item) {
    const json::object* const from = item.if_object();
    if (!from || !from->contains("id") || !from->contains("at")) return false;
    const bool is_wrong = self.breaks("records");
    const json::object record{{"source", json::object{{"external_id", from->at("id")},
                                                      {"observed_at", "2026-11-23T00:00:00Z"}}},
                              {"subject", "A case"},
                              {"state", is_wrong ? "asleep" : "open"},
                              {"created_at", from->at("at")}};
    const std::string text = json::serialize(record);
    return self.host->emit(call_, borrow("case"), borrow(text)) == OH_DONE || is_wrong;
}

}  // namespace orderhub::faulty
