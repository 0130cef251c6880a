#include "org.hpp"

#include <algorithm>

#include "salesforce_platform/soql.hpp"

namespace orderhub::service_cloud::testing {
namespace {

constexpr std::string_view kRoot = "/services/data/v66.0";

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
    }
    return out;
}

/// What stands behind `start` up to `end`.
std::string between(const std::string& text, std::string_view start, std::string_view end) {
    const std::size_t first = text.find(start);
    if (first == std::string::npos) return {};
    const std::size_t from = first + start.size();
    return text.substr(from, std::min(text.find(end, from), text.size()) - from);
}

std::int64_t stamp_of(const Json& row) {
    return salesforce::instant_of(row["SystemModstamp"].text()).value_or(0);
}

Json list_of(std::vector<Json> rows) {
    if (rows.empty()) return nullptr;
    const auto size = static_cast<std::int64_t>(rows.size());
    return Json::object(
        {{"totalSize", size}, {"done", true}, {"records", Json::array(std::move(rows))}});
}

std::vector<Json> of_parent(const std::vector<Json>& rows, const std::string& id) {
    std::vector<Json> found;
    for (const Json& row : rows)
        if (row["ParentId"] == Json(id)) found.push_back(row);
    return found;
}

Json described() {
    Json fields = Json::array();
    for (const char* name :
         {"OrderNumber__c", "OrderUrl__c", "OrderDigest__c", "OrderTotal__c", "OrderLinkKey__c"})
        fields.push(Json::object({{"name", name}, {"updateable", true}}));
    fields.push(Json::object({{"name", "OrderSummary__c"},
                              {"updateable", true},
                              {"referenceTo", Json::array({"OrderSummary"})}}));
    fields.push(Json::object({{"name", "CaseNumber"}, {"updateable", false}}));
    return Json::object({{"createable", true}, {"fields", fields}});
}

}  // namespace

Json config() {
    return Json::parse(R"({
        "base_url": "https://acme.my.salesforce.com/", "login_url": "https://login.salesforce.com",
        "grant": "client_credentials", "client_id": "key", "client_secret": "{{secret:client_secret}}",
        "poll_from": "2026-11-22T00:00:00Z",
        "fields": {"order_summary": "OrderSummary__c", "order_number": "OrderNumber__c",
                   "order_url": "OrderUrl__c", "order_digest": "OrderDigest__c",
                   "order_total": "OrderTotal__c", "link_key": "OrderLinkKey__c"}})");
}

Answer ok(const Json& body, int status) {
    return {status,
            body.is_null() ? "" : body.dump(),
            {{"content-type", "application/json"}},
            OH_HTTP_ANSWERED};
}

Answer refused(int status, std::string_view code, std::string_view message) {
    return ok(Json::array({Json::object({{"message", message}, {"errorCode", code}})}), status);
}

Org::Org() {
    add_case(kCase, "2026-11-22T18:00:00.000+0000");
}

void Org::attach(FakeHost& host) {
    host.peer = [this](const Request& request) { return answer(request); };
}

Json& Org::add_case(const std::string& id, const std::string& stamp) {
    return cases[id] = Json::object({{"Id", id},
                                     {"Subject", "Where is my order?"},
                                     {"Status", "New"},
                                     {"IsClosed", false},
                                     {"CreatedDate", stamp},
                                     {"SystemModstamp", stamp}});
}

void Org::add_comment(const std::string& id, const std::string& case_id, const std::string& stamp,
                      const std::string& text) {
    comments.push_back(Json::object({{"Id", id},
                                     {"ParentId", case_id},
                                     {"CommentBody", text},
                                     {"IsPublished", false},
                                     {"CreatedDate", stamp},
                                     {"SystemModstamp", stamp}}));
}

void Org::add_mail(const std::string& id, const std::string& case_id, const std::string& stamp,
                   const std::string& text) {
    mails.push_back(Json::object({{"Id", id},
                                  {"ParentId", case_id},
                                  {"Incoming", true},
                                  {"Status", "0"},
                                  {"TextBody", text},
                                  {"MessageDate", stamp},
                                  {"SystemModstamp", stamp}}));
}

Answer Org::answer(const Request& request) {
    const auto fault = due(request);
    if (!fault) return act(request);
    if (fault->takes_effect) act(request);
    return fault->answer;
}

std::optional<Fault> Org::due(const Request& request) {
    for (Fault& fault : faults) {
        if (fault.times == 0 || fault.method != request.method ||
            decoded(request.url).find(fault.part) == std::string::npos)
            continue;
        --fault.times;
        return fault;
    }
    return std::nullopt;
}

Answer Org::act(const Request& request) {
    const std::string path =
        request.url.substr(std::string_view("https://acme.my.salesforce.com").size());
    Answer answer = refused(404, "NOT_FOUND", "The requested resource does not exist");
    if (const auto found = locators_.find(path); found != locators_.end()) {
        auto rows = found->second;
        answer = page(std::move(rows));
    } else if (path.starts_with(std::string(kRoot) + "/query?q=")) {
        answer = query(decoded(path.substr(path.find("q=") + 2)));
    } else if (path == std::string(kRoot) + "/composite") {
        answer = composite(request);
    } else if (path.ends_with("/describe")) {
        answer = ok(described());
    }
    answer.headers.emplace_back("sforce-limit-info", usage);
    return answer;
}

Answer Org::page(std::vector<Json> rows) {
    Json body =
        Json::object({{"totalSize", static_cast<std::int64_t>(rows.size())}, {"done", true}});
    if (rows.size() > page_size) {
        const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(page_size);
        const std::string next =
            std::string(kRoot) + "/query/01gLOCATOR-" + std::to_string(locators_.size());
        locators_[next] = std::vector<Json>(middle, rows.end());
        rows.erase(middle, rows.end());
        body.set("done", false);
        body.set("nextRecordsUrl", next);
    }
    body.set("records", Json::array(std::move(rows)));
    return ok(body);
}

Answer Org::query(const std::string& soql) {
    if (soql.starts_with("SELECT Id, SystemModstamp"))
        return changed_rows(between(soql, " FROM ", " WHERE"), soql);
    if (soql.find(" FROM Case WHERE Id IN ") != std::string::npos) return whole_cases(soql);
    if (soql.find(" FROM Case LIMIT 1") != std::string::npos) return page({});
    const std::string quoted_id = between(soql, "ParentId = '", "'");
    if (soql.find("FROM CaseComment") != std::string::npos)
        return page(of_parent(comments, quoted_id));
    if (soql.find("FROM CaseFeed") != std::string::npos)
        return page(of_parent(feed_items, quoted_id));
    if (soql.find("FROM OrderSummary") != std::string::npos) return page(summaries);
    if (soql.find("FROM EmailMessage WHERE Id IN") != std::string::npos) return page(mails);
    return refused(400, "MALFORMED_QUERY", "unexpected token");
}

Answer Org::changed_rows(const std::string& object, const std::string& soql) {
    const std::int64_t from =
        salesforce::instant_of(between(soql, "SystemModstamp >= ", " ")).value_or(0);
    std::vector<Json> rows = object == "CaseComment" ? comments : mails;
    if (object == "Case") {
        rows.clear();
        for (const auto& [id, row] : cases)
            rows.push_back(row);
    }
    std::erase_if(rows, [&](const Json& row) { return stamp_of(row) < from; });
    std::ranges::sort(rows, {},
                      [](const Json& row) { return std::pair(stamp_of(row), row["Id"].text()); });
    return page(std::move(rows));
}

Answer Org::whole_cases(const std::string& soql) {
    std::vector<Json> rows;
    const std::string ids = between(soql, " FROM Case WHERE Id IN ", ")");
    for (const auto& [id, row] : cases) {
        if (ids.find("'" + id + "'") == std::string::npos) continue;
        Json whole = row;
        whole.set("CaseComments", list_of(of_parent(comments, id)));
        whole.set("EmailMessages", list_of(of_parent(mails, id)));
        rows.push_back(std::move(whole));
    }
    return page(std::move(rows));
}

Answer Org::composite(const Request& request) {
    const Json body = Json::parse(request.body);
    Json answers = Json::array();
    for (const Json& part : body.at("compositeRequest").items()) {
        const std::string url = part.at("url").text();
        const bool is_case = url.find("/sobjects/Case/") != std::string::npos;
        Json done = Json::object({{"referenceId", part.at("referenceId").text()}});
        if (is_case) {
            Json& row = cases.at(url.substr(url.rfind('/') + 1));
            for (const auto& [name, value] : part.at("body").members())
                row.set(name, value);
            done.set("httpStatusCode", 204);
            answers.push(std::move(done));
            continue;
        }
        auto& rows = url.ends_with("/FeedItem") ? feed_items : comments;
        const std::string id = "00a00000000000" + std::to_string(rows.size() + 1) + "AAA";
        Json row = part.at("body");
        row.set("Id", id);
        row.set("SystemModstamp", "2026-11-22T19:00:00.000+0000");
        rows.insert(rows.begin(), row);
        done.set("httpStatusCode", 201);
        done.set("body", Json::object({{"id", id}, {"success", true}, {"errors", Json::array()}}));
        answers.push(std::move(done));
    }
    ++changes;
    return ok(Json::object({{"compositeResponse", answers}}));
}

}  // namespace orderhub::service_cloud::testing
