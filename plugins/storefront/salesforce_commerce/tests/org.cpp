#include "org.hpp"

#include <filesystem>

#include "salesforce_platform/soql.hpp"
#include "testing/documents.hpp"

namespace orderhub::salesforce_commerce::testing {
namespace {

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

Answer rows(std::vector<Json> list) {
    return ok(Json::object({{"totalSize", static_cast<std::int64_t>(list.size())},
                            {"done", true},
                            {"records", Json::array(std::move(list))}}));
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

Json config() {
    return Json::parse(R"({
        "base_url": "https://acme.my.salesforce.com", "login_url": "https://acme.my.salesforce.com",
        "grant": "client_credentials", "client_id": "key", "client_secret": "{{secret:client_secret}}",
        "door": "order", "currency": "GBP", "cancelled_status": "Cancelled", "key_field": "OrderHubKey__c",
        "poll_from": "2026-11-02T00:00:00Z"})");
}

Json document(const std::string& name) {
    return orderhub::testing::document_at(std::filesystem::path(SALESFORCE_COMMERCE_CASES) / name);
}

Answer ok(const Json& body, int status) {
    return {status,
            body.is_null() ? "" : body.dump(),
            {{"content-type", "application/json"}},
            OH_HTTP_ANSWERED};
}

Answer refused(int status, std::string_view code) {
    return ok(Json::array({Json::object({{"message", "words"}, {"errorCode", code}})}), status);
}

Org::Org()
    : order(document("order/input.json").at("order")),
      summary(document("summary/input.json").at("summary")) {}

void Org::attach(FakeHost& host) {
    host.peer = [this](const Request& request) { return answer(request); };
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
            !contains(decoded(request.url), fault.part))
            continue;
        --fault.times;
        return fault;
    }
    return std::nullopt;
}

Answer Org::act(const Request& request) {
    const std::size_t at = request.url.find("/query?q=");
    if (at != std::string::npos) return query(decoded(request.url.substr(at + 9)));
    if (!request.url.ends_with("/composite")) return refused(404, "NOT_FOUND");
    const Json part = Json::parse(request.body).at("compositeRequest").items().front();
    if (!part.at("url").text().ends_with(kOrder)) return refused(404, "NOT_FOUND");
    for (const auto& [name, value] : part.at("body").members())
        order.set(name, value);
    ++changes;
    return ok(Json::parse(
        R"({"compositeResponse": [{"body": null, "httpStatusCode": 204, "referenceId": "order"}]})"));
}

Answer Org::query(const std::string& soql) {
    asked.push_back(soql);
    if (soql.starts_with("SELECT Id, SystemModstamp")) return changed(soql);
    const bool by_id = contains(soql, " WHERE Id IN ('801") || contains(soql, " WHERE Id IN ('1Os");
    if (by_id && contains(soql, " FROM OrderSummary WHERE")) return rows({summary});
    if (by_id) return rows({order});
    if (contains(soql, " LIMIT 1")) return rows({});
    const Json all = document("order/input.json");
    if (contains(soql, "FROM OrderItemAdjustmentLineItem"))
        return rows(all.at("adjustments").items());
    if (contains(soql, "FROM OrderItemTaxLineItem")) return rows(all.at("taxes").items());
    if (contains(soql, "FROM FulfillmentOrder "))
        return rows(document("summary/input.json").at("fulfilments").items());
    if (contains(soql, "FROM Payment")) return rows({});
    return refused(400, "MALFORMED_QUERY");
}

Answer Org::changed(const std::string& soql) {
    const bool of_order =
        contains(soql, " FROM Order WHERE") || contains(soql, " FROM OrderSummary WHERE");
    const Json& whole =
        contains(soql, "Summar") || contains(soql, "FulfillmentOrder") ? summary : order;
    const std::size_t at = soql.find(">= ") + 3;
    const auto from = salesforce::instant_of(soql.substr(at, soql.find(' ', at) - at));
    const std::string stamp = of_order ? whole["SystemModstamp"].text() : child_stamp;
    if (salesforce::instant_of(stamp) < from) return rows({});
    return rows({Json::object({{"Id", of_order ? whole["Id"].text() : "802000000000009AAA"},
                               {"SystemModstamp", stamp},
                               {"OrderId", kOrder},
                               {"OrderSummaryId", summary["Id"].text()}})});
}

}  // namespace orderhub::salesforce_commerce::testing
