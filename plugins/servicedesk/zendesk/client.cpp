#include "client.hpp"

#include <algorithm>
#include <charconv>

namespace orderhub::zendesk {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
/// Zendesk allows 5,000 comments on a ticket. A comment is up to 64 kB in up to three forms, so
/// more of them on a page might not pass the host's limit for answers.
constexpr const char* kCommentsOfPage = "30";
constexpr int kMostPages = 170;

constexpr const char* kTicketExtras = "users,groups";

std::int64_t header_number(const sdk::HttpResponse& response, std::string_view name) {
    const std::string_view text = response.header(name);
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : -1;
}

Json body_of(const sdk::HttpResponse& response) {
    try {
        return Json::parse(response.body);
    } catch (const sdk::JsonError&) {
        return {};  // a limit answers in plain text, an unknown account with a page
    }
}

bool is_missing(const sdk::HttpResponse& response) {
    return response.status == 404 && body_of(response)["error"] == Json("RecordNotFound");
}

/// "Status: closed prevents ticket update; ...": the sentences of a validation error.
std::string details_of(const Json& details) {
    std::string words;
    if (!details.is_object()) return words;
    for (const auto& [field, list] : details.members()) {
        if (!list.is_array()) continue;
        for (const Json& each : list.items())
            if (each["description"].is_text())
                words += (words.empty() ? "" : "; ") + each["description"].text();
    }
    return words;
}

sdk::Stop stop_for(const sdk::HttpResponse& response, sdk::Effect effect) {
    if (is_missing(response))
        return sdk::rejected("not_found", "Zendesk has no such record, or the user may not see it");
    return sdk::stop_for_status(response, effect, words_of(response));
}

Json document_of(const sdk::HttpResponse& response, sdk::Effect effect) {
    if (!response.ok()) throw stop_for(response, effect);
    Json document = sdk::json_of(response, effect);
    if (document.is_object()) return document;
    const char* const words = "the answer is no JSON object";
    throw effect == sdk::Effect::read ? sdk::retry("bad_answer", words)
                                      : sdk::unknown("bad_answer", words);
}

}  // namespace

void Usage::take(const sdk::HttpResponse& response, std::int64_t now_ms) {
    const std::int64_t most = header_number(response, "x-rate-limit");
    const std::int64_t left = header_number(response, "x-rate-limit-remaining");
    if (most <= 0 || left < 0) return;
    most_ = most;
    left_ = left;
    told_ms_ = now_ms;
}

void Usage::must_leave_room(int percent, std::int64_t now_ms) const {
    const std::int64_t age_ms = now_ms - told_ms_;
    if (most_ == 0 || age_ms < 0 || age_ms >= kMinuteMs || left_ * 100 >= most_ * percent) return;
    throw sdk::retry(
        "request_limit",
        "few of the account's requests of this minute are left; they are kept for agents",
        static_cast<std::uint64_t>(kMinuteMs - age_ms));
}

std::string checked_id(std::string_view id) {
    const bool is_number = !id.empty() && id.size() <= 19 && id.front() != '0' &&
                           std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) throw sdk::rejected("bad_case_id", "the id of a ticket is a number");
    return std::string(id);
}

std::string words_of(const sdk::HttpResponse& response) {
    const Json body = body_of(response);
    std::string words = details_of(body["details"]);
    for (const Json* place : {&body["description"], &body["error_description"],
                              &body["error"]["message"], &body["error"], &body["message"]})
        if (words.empty() && place->is_text()) words = place->text();
    return std::string(sdk::cut_utf8(words, 300));
}

sdk::HttpResponse Client::send(sdk::HttpRequest request) {
    request.headers.emplace_back("accept", "application/json");
    request.headers.emplace_back("authorization", settings_.has_access_token
                                                      ? sdk::bearer("access_token")
                                                      : sdk::basic("user", "api_token"));
    sdk::HttpResponse response = call_.http(request);
    usage_.take(response, call_.now_ms());
    return response;
}

Json Client::get(std::string_view path, const sdk::Fields& query) {
    const std::string url = settings_.base_url + "/api/v2" + std::string(path);
    return document_of(send({.url = sdk::with_query(url, query)}), sdk::Effect::read);
}

std::optional<Json> Client::find(std::string_view path, const sdk::Fields& query) {
    const std::string url = settings_.base_url + "/api/v2" + std::string(path);
    const sdk::HttpResponse response = send({.url = sdk::with_query(url, query)});
    if (is_missing(response)) return std::nullopt;
    return document_of(response, sdk::Effect::read);
}

std::optional<Json> Client::ticket(std::string_view id) {
    return find("/tickets/" + checked_id(id) + ".json", {{"include", kTicketExtras}});
}

void Client::newest_comments(std::string_view ticket, const Take& take) {
    const std::string path = "/tickets/" + checked_id(ticket) + "/comments.json";
    std::string after;
    for (int page = 0; page < kMostPages; ++page) {
        sdk::Fields query{
            {"include", "users"}, {"sort_order", "desc"}, {"page[size]", kCommentsOfPage}};
        if (!after.empty()) query.emplace_back("page[after]", after);
        const auto found = find(path, query);
        if (!found || !take(*found)) return;
        const Json& meta = (*found)["meta"];
        const std::string next = meta["after_cursor"].text_or_empty();
        if (!(meta["has_more"] == Json(true)) || next.empty() || next == after) return;
        after = next;
    }
}

Json Client::first_comment(std::string_view ticket) {
    return find("/tickets/" + checked_id(ticket) + "/comments.json",
                {{"include", "users"}, {"page[size]", "1"}})
        .value_or(Json());
}

std::optional<Json> Client::change_ticket(std::string_view id, const Json& ticket) {
    sdk::HttpRequest request;
    request.method = "PUT";
    request.url = settings_.base_url + "/api/v2/tickets/" + checked_id(id) + ".json";
    request.headers = {{"content-type", "application/json"}};
    request.body = Json::object({{"ticket", ticket}}).dump();
    request.effect = sdk::Effect::write;
    const sdk::HttpResponse response = send(std::move(request));
    if (response.status == 409) return std::nullopt;
    return document_of(response, sdk::Effect::write);
}

}  // namespace orderhub::zendesk
