#include "client.hpp"

namespace orderhub::b2c_commerce {
namespace {

constexpr std::size_t kLongestWords = 300;

/// A load or a limit passes; the system does not always say when.
constexpr std::uint64_t kPauseMs = 30'000;

sdk::Stop stop_for(const sdk::HttpResponse& response, sdk::Effect effect) {
    sdk::Stop stop = sdk::stop_for_status(response, effect, words_of(response));
    const bool is_load = response.status == 503 && !response.header("sfdc_load").empty();
    if (is_load && stop.retry_after_ms == 0) stop.retry_after_ms = kPauseMs;
    return stop;
}

}  // namespace

std::string words_of(const sdk::HttpResponse& response) {
    Json body;
    try {
        body = Json::parse(response.body);
    } catch (const sdk::JsonError&) {
        return {};
    }
    std::string words;
    for (const Json* part :
         {&body["title"], &body["detail"], &body["fault"]["type"], &body["fault"]["message"]})
        if (part->is_text() && !part->text().empty())
            (words += words.empty() ? "" : ": ") += part->text();
    return std::string(sdk::cut_utf8(words, kLongestWords));
}

std::string Client::url(std::string_view number, std::string_view what) const {
    std::string path = settings_.orders_url;
    if (!number.empty()) path += "/" + sdk::url_encode(number);
    return sdk::with_query(path + std::string(what), {{"siteId", settings_.site_id}});
}

sdk::HttpResponse Client::send(sdk::HttpRequest request) {
    request.headers.emplace_back("Authorization", sdk::oauth2_bearer());
    request.headers.emplace_back("Accept", "application/json");
    sdk::HttpResponse response = call_.http(request);
    load_.note(response, call_.now_ms());
    return response;
}

sdk::HttpResponse Client::write(std::string_view method, std::string url, const Json& body) {
    sdk::HttpRequest request;
    request.method = method;
    request.url = std::move(url);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = body.dump();
    request.effect = sdk::Effect::write;
    return send(std::move(request));
}

OrderPage Client::changed(std::int64_t from_ms, std::int64_t offset, std::int64_t limit) {
    sdk::HttpRequest request;
    request.url = sdk::with_query(url("", ""), {{"sortBy", "last_modified_date"},
                                                {"sortOrder", "asc"},
                                                {"lastModifiedDateFrom", sdk::to_rfc3339(from_ms)},
                                                {"offset", std::to_string(offset)},
                                                {"limit", std::to_string(limit)}});
    OrderPage page{{}, true, call_.now()};
    const sdk::HttpResponse response = send(std::move(request));
    if (!response.ok()) throw stop_for(response, sdk::Effect::read);
    page.orders = sdk::json_of(response, sdk::Effect::read).at("data").items();
    page.is_last = static_cast<std::int64_t>(page.orders.size()) < limit;
    return page;
}

std::optional<Json> Client::order(std::string_view number) {
    const sdk::HttpResponse response = send({.url = url(number, "")});
    if (response.status == 404) return std::nullopt;
    if (!response.ok()) throw stop_for(response, sdk::Effect::read);
    return sdk::json_of(response, sdk::Effect::read);
}

void Client::set_state(std::string_view number, std::string_view which, std::string_view word) {
    const auto response =
        write("PUT", url(number, "/" + std::string(which)), Json::object({{"status", word}}));
    if (response.ok() && response.status != 204 && response.status != 201)
        throw sdk::unknown("bad_answer",
                           "answered " + std::to_string(response.status) + " in place of 204");
    if (!response.ok()) throw stop_for(response, sdk::Effect::write);
}

void Client::tell(std::string_view number, const Json& event) {
    const auto response = write("POST", url(number, "/oms-status-events"), event);
    if (response.status != 202 && response.ok())
        throw sdk::unknown("bad_answer",
                           "answered " + std::to_string(response.status) + " in place of 202");
    if (!response.ok()) throw stop_for(response, sdk::Effect::write);
}

int Client::trial_of_writing() {
    return send({.method = "PATCH",
                 .url = url("orderhub-check", ""),
                 .headers = {{"Content-Type", "application/json"}},
                 .body = "{}"})
        .status;
}

std::vector<Json> Client::notes(std::string_view number) {
    const auto response =
        send({.url = settings_.notes_url + "/" + sdk::url_encode(number) + "/notes"});
    if (!response.ok()) throw stop_for(response, sdk::Effect::read);
    const Json body = sdk::json_of(response, sdk::Effect::read);
    return body["notes"].is_array() ? body["notes"].items() : std::vector<Json>{};
}

void Client::add_note(std::string_view number, std::string_view subject, std::string_view text) {
    const auto response =
        write("POST", settings_.notes_url + "/" + sdk::url_encode(number) + "/notes",
              Json::object({{"subject", subject}, {"text", text}}));
    if (!response.ok()) throw stop_for(response, sdk::Effect::write);
}

}  // namespace orderhub::b2c_commerce
