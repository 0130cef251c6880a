#include "client.hpp"

#include <algorithm>

#include "text.hpp"

namespace orderhub::request_tracker {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::size_t kLongestWords = 300;

/// Parses an answer that must be a JSON object. RT itself always sends one; a proxy's page in its
/// place goes away.
json::object parse_object(const sdk::HttpResponse& response) {
    json::error_code error;
    json::value parsed = json::parse(response.body, error);
    if (!response.header("content-type").starts_with(kJson) || error || !parsed.is_object())
        throw sdk::retry("bad_answer", "answered " + std::to_string(response.status) +
                                           " with something that is not a JSON object");
    return std::move(parsed.get_object());
}

/// The ETag goes back to RT in a header, where the host fills in secrets: only RT's own plain form
/// is kept.
std::string plain_etag(std::string_view etag) {
    const bool plain = etag.size() > 2 && etag.size() < 64 && etag.front() == '"' &&
                       etag.back() == '"' &&
                       std::ranges::all_of(
                           etag.substr(1, etag.size() - 2),
                           [](char c) {
                               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                      (c >= 'A' && c <= 'Z') || c == '-';
                           });
    return plain ? std::string(etag) : std::string{};
}

std::string history_path(std::string_view ticket) {
    return "/ticket/" + url_encode(ticket) + "/history?fields=Type,Created,Creator&orderby=id";
}

}  // namespace

std::string scalar_text(const json::object& from, std::string_view key) {
    const json::value* found = from.if_contains(key);
    if (!found) return {};
    if (found->is_string()) return std::string(found->get_string());
    return found->is_int64() || found->is_uint64() ? json::serialize(*found) : std::string{};
}

std::string words_of(const sdk::HttpResponse& response) {
    json::error_code error;
    const json::value parsed = json::parse(response.body, error);
    std::string words;
    if (!error && parsed.is_object()) words = scalar_text(parsed.get_object(), "message");
    if (!error && parsed.is_array())
        for (const json::value& sentence : parsed.get_array())
            if (sentence.is_string())
                (words += words.empty() ? "" : "; ") += std::string_view(sentence.get_string());
    return cut(normalised(words), kLongestWords);
}

sdk::HttpRequest Client::request(std::string_view method, std::string_view path) const {
    sdk::HttpRequest made;
    made.method = method;
    made.url = settings_.base_url + std::string(path);
    made.headers = {{"Authorization", "token " + settings_.token}, {"Accept", std::string(kJson)}};
    return made;
}

sdk::HttpResponse Client::send_read(std::string_view path) {
    return call_.http(request("GET", path));
}

json::object Client::get(std::string_view path) {
    const sdk::HttpResponse response = send_read(path);
    if (!response.ok()) throw sdk::stop_for_status(response, sdk::Effect::read, words_of(response));
    return parse_object(response);
}

std::optional<sdk::HttpResponse> Client::find(std::string_view path, Hidden hidden) {
    sdk::HttpResponse response = send_read(path);
    if (response.status == 404) return std::nullopt;
    if (response.status == 403 && hidden == Hidden::as_missing) return std::nullopt;
    if (!response.ok()) throw sdk::stop_for_status(response, sdk::Effect::read, words_of(response));
    return response;
}

std::optional<json::object> Client::find_object(std::string_view path) {
    const auto response = find(path, Hidden::as_missing);
    return response ? std::optional(parse_object(*response)) : std::nullopt;
}

std::optional<TicketDocument> Client::ticket(std::string_view id, Hidden hidden) {
    const std::int64_t observed_at = call_.now_ms();
    const auto response = find("/ticket/" + url_encode(id) + "?fields%5BQueue%5D=Name", hidden);
    if (!response) return std::nullopt;
    json::object body = parse_object(*response);
    std::string survivor = scalar_text(body, "id");
    if (survivor.empty()) throw sdk::retry("bad_answer", "answered with a ticket that has no id");
    return TicketDocument{std::move(survivor), plain_etag(response->header("etag")),
                          std::move(body), observed_at};
}

std::optional<json::object> Client::user(std::string_view name) {
    return find_object("/user/" + url_encode(name));
}

std::optional<json::object> Client::queue(std::string_view name) {
    return find_object("/queue/" + url_encode(name));
}

std::optional<json::object> Client::transaction(std::string_view id) {
    return find_object("/transaction/" + url_encode(id));
}

json::object Client::attachment(std::string_view id) {
    return get("/attachment/" + url_encode(id));
}

json::array Client::items(std::string path, int page) {
    path += "&per_page=" + std::to_string(kPageSize) + "&page=" + std::to_string(page);
    json::object answer = get(path);
    json::value* found = answer.if_contains("items");
    if (!found || !found->is_array())
        throw sdk::retry("bad_answer", "answered with a list that has no items");
    return std::move(found->get_array());
}

json::array Client::oldest_history(std::string_view ticket) {
    return items(history_path(ticket) + "&order=ASC", 1);
}

json::array Client::newest_history(std::string_view ticket, int page) {
    return items(history_path(ticket) + "&order=DESC", page);
}

json::array Client::attachments(std::string_view ticket, int page) {
    return items("/ticket/" + url_encode(ticket) +
                     "/attachments?fields=ContentType,ContentLength,Filename,TransactionId",
                 page);
}

json::array Client::tickets(std::string_view query, int page) {
    return items("/tickets?query=" + url_encode(query) +
                     "&orderby=LastUpdated&order=ASC&orderby=id&order=ASC&fields=LastUpdated",
                 page);
}

json::array Client::transactions(std::string_view query, int page) {
    return items("/transactions?query=" + url_encode(query) +
                     "&orderby=id&order=ASC&fields=Type,ObjectId,Created,Creator",
                 page);
}

json::array Client::newest_transactions(std::string_view query) {
    return items("/transactions?query=" + url_encode(query) +
                     "&orderby=id&order=DESC&fields=Type,ObjectId,Created,Creator",
                 1);
}

sdk::HttpResponse Client::change_ticket(std::string_view id, std::string_view etag,
                                        const json::object& changes) {
    sdk::HttpRequest made = request("PUT", "/ticket/" + url_encode(id));
    made.headers.emplace_back("Content-Type", kJson);
    if (!etag.empty()) made.headers.emplace_back("If-Match", etag);
    made.body = json::serialize(changes);
    made.effect = sdk::Effect::write;
    return call_.http(made);
}

sdk::HttpResponse Client::comment(std::string_view ticket, std::string_view text) {
    sdk::HttpRequest made = request("POST", "/ticket/" + url_encode(ticket) + "/comment");
    made.headers.emplace_back("Content-Type", kJson);
    made.body = json::serialize(json::object{{"Content", text}, {"ContentType", "text/plain"}});
    made.effect = sdk::Effect::write;
    return call_.http(made);
}

}  // namespace orderhub::request_tracker
