#include "salesforce_platform/client.hpp"

#include <algorithm>
#include <optional>

namespace orderhub::salesforce {
namespace {

constexpr int kMostPages = 1000;

/// Parts of a composite answer, whether or not they succeeded.
const std::vector<Json>& parts_of(const Json& answer, std::size_t wanted) {
    const Json& parts = answer["compositeResponse"];
    if (!parts.is_array() || parts.items().size() != wanted)
        throw sdk::unknown("bad_answer",
                           "answered a composite request with another number of parts");
    return parts.items();
}

}  // namespace

sdk::HttpRequest Client::request(std::string_view method, std::string_view path) const {
    sdk::HttpRequest made;
    made.method = method;
    made.url = organisation_.base_url + std::string(path);
    made.headers = {{"Authorization", sdk::oauth2_bearer()}, {"Accept", "application/json"}};
    return made;
}

sdk::HttpResponse Client::send(const sdk::HttpRequest& request) {
    sdk::HttpResponse response = call_.http(request);
    usage_.note(response, call_.now_ms());
    return response;
}

Json Client::document(const sdk::HttpResponse& response, sdk::Effect effect) const {
    if (!response.ok()) throw stop_for(response, effect);
    return sdk::json_of(response, effect);
}

Json Client::get(std::string_view path) {
    return document(send(request("GET", organisation_.root() + std::string(path))),
                    sdk::Effect::read);
}

std::optional<Json> Client::find(std::string_view path) {
    const auto response = send(request("GET", organisation_.root() + std::string(path)));
    if (response.status == 404) return std::nullopt;
    return document(response, sdk::Effect::read);
}

/// A path of this organisation's interface, or empty on the last page.
std::string Client::next_page(const Json& page) const {
    const Json& done = page["done"];
    const Json& next = page["nextRecordsUrl"];
    if (!next.is_text() || (done.is_bool() && done.boolean())) return {};
    if (!next.text().starts_with("/services/data/"))
        throw sdk::retry("bad_answer", "answered with a next page that is none of its own");
    return next.text();
}

void Client::query(std::string_view soql, const Take& take) {
    std::string path = organisation_.root() + "/query?q=" + sdk::url_encode(soql);
    for (int page = 0; !path.empty(); ++page) {
        if (page == kMostPages) throw sdk::retry("page_loop", "the pages of a query do not end");
        const Json answer = document(send(request("GET", path)), sdk::Effect::read);
        const Json& records = answer["records"];
        if (!records.is_array()) throw sdk::retry("bad_answer", "answered a query without records");
        for (const Json& record : records.items())
            if (!take(record)) return;
        path = next_page(answer);
    }
}

std::vector<Json> Client::query_all(std::string_view soql) {
    std::vector<Json> records;
    query(soql, [&](const Json& record) {
        records.push_back(record);
        return true;
    });
    return records;
}

std::vector<Json> Client::children(const Json& list) {
    if (!list.is_object()) return {};
    std::vector<Json> records = list.at("records").items();
    std::string path = next_page(list);
    for (int page = 0; !path.empty(); ++page) {
        if (page == kMostPages) throw sdk::retry("page_loop", "the pages of a list do not end");
        const Json answer = document(send(request("GET", path)), sdk::Effect::read);
        for (const Json& record : answer.at("records").items())
            records.push_back(record);
        path = next_page(answer);
    }
    return records;
}

Json Client::post(std::string_view path, const Json& body) {
    sdk::HttpRequest made = request("POST", organisation_.root() + std::string(path));
    made.headers.emplace_back("Content-Type", "application/json");
    made.body = body.dump();
    made.effect = sdk::Effect::write;
    return document(send(made), sdk::Effect::write);
}

std::vector<Json> Client::change_together(const std::vector<Part>& parts) {
    Json list = Json::array();
    for (const Part& part : parts) {
        Json each = Json::object({{"method", part.method},
                                  {"url", organisation_.root() + part.path},
                                  {"referenceId", part.name}});
        if (!part.body.is_null()) each.set("body", part.body);
        list.push(std::move(each));
    }
    const Json answer =
        post("/composite", Json::object({{"allOrNone", true}, {"compositeRequest", list}}));
    std::vector<Json> bodies;
    int failed = 0;  // the status that says why: the bystanders of a failure have 400
    for (const Json& part : parts_of(answer, parts.size())) {
        const auto status = static_cast<int>(part.at("httpStatusCode").integer());
        if (status >= 300 && (failed == 0 || failed == 400)) failed = status;
        bodies.push_back(part["body"]);
    }
    if (failed != 0) throw stop_for(failed, failure_of(answer), sdk::Effect::write);
    return bodies;
}

}  // namespace orderhub::salesforce
