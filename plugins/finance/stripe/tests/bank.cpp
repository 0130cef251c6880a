#include "bank.hpp"

#include <algorithm>

namespace orderhub::stripe::testing {
namespace {

const std::string kBase = "https://api.stripe.test/v1";

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped = text[i] == '%' && i + 2 < text.size();
        out += escaped
                   ? static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16))
                   : text[i];
        if (escaped) i += 2;
    }
    return out;
}

std::map<std::string, std::string> pairs(std::string_view form) {
    std::map<std::string, std::string> all;
    while (!form.empty()) {
        const std::string_view one = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(one.size() + 1, form.size()));
        const std::size_t equals = one.find('=');
        all[decoded(one.substr(0, equals))] = decoded(one.substr(equals + 1));
    }
    return all;
}

std::string at(const std::map<std::string, std::string>& from, const std::string& name) {
    const auto found = from.find(name);
    return found == from.end() ? std::string() : found->second;
}

std::int64_t number_at(const std::map<std::string, std::string>& from, const std::string& name) {
    return std::stoll(at(from, name));
}

void add_metadata(Json& document, const std::map<std::string, std::string>& form) {
    Json metadata = document["metadata"];
    for (const auto& [name, value] : form)
        if (name.starts_with("metadata[")) metadata.set(name.substr(9, name.size() - 10), value);
    document.set("metadata", std::move(metadata));
}

}  // namespace

Json config() {
    return Json::parse(
        R"({"api_url": "https://api.stripe.test", "secret_key": "{{secret:secret_key}}",
        "webhook_secret": "{{secret:webhook_secret}}", "poll_from": "2026-11-02T00:00:00Z", "page_size": 2})");
}

Json payload(const char* amount, const char* currency, const char* reference) {
    return Json::object(
        {{"order",
          Json::object({{"external_id", "1001"}, {"number", "B-1001"}, {"currency", currency}})},
         {"payment", Json::object({{"external_id", "p1"}, {"reference", reference}})},
         {"amount", amount},
         {"currency", currency},
         {"reason", "torn"}});
}

Answer ok(const Json& body, int status) {
    return {status, body.dump(), {{"content-type", "application/json"}}, OH_HTTP_ANSWERED};
}

Answer error(int status, std::string_view type, std::string_view code, std::string_view message) {
    Json said = Json::object({{"type", type}, {"message", message}});
    if (!code.empty()) said.set("code", code);
    return ok(Json::object({{"error", std::move(said)}}), status);
}

std::string value_of(const std::string& form, const std::string& name) {
    return at(pairs(std::string_view(form).substr(form.find('?') + 1)), name);
}

std::string header_of(const Request& request, std::string_view name) {
    for (const auto& [each, value] : request.headers)
        if (each == name) return value;
    return {};
}

Bank::Bank() {
    payments["pi_1"] = Json::parse(
        R"({"id": "pi_1", "status": "succeeded", "currency": "eur", "amount_capturable": 0,
        "metadata": {}, "latest_charge": {"id": "ch_1"}})");
    payments["pi_2"] =
        Json::parse(R"({"id": "pi_2", "status": "requires_capture", "currency": "eur",
        "amount_capturable": 5000, "metadata": {}, "latest_charge": {"id": "ch_2", "payment_method_details": {"card": {}}}})");
    payments["ch_3"] =
        Json::parse(R"({"id": "ch_3", "amount": 5000, "amount_captured": 0, "amount_refunded": 0,
        "captured": false, "currency": "eur", "metadata": {}})");
}

void Bank::attach(FakeHost& host) {
    host.peer = [this](const Request& request) { return answer(request); };
}

Json& Bank::add_refund(const std::string& id, const std::string& key, const std::string& status) {
    Json refund = Json::parse(
        R"({"object": "refund", "amount": 1200, "currency": "eur", "payment_intent": "pi_1",
        "metadata": {}})");
    refund.set("id", id);
    refund.set("status", status);
    if (!key.empty())
        refund.set("metadata", Json::object({{"orderhub_key", key}, {"orderhub_order", "B-1001"}}));
    refunds.push_back(std::move(refund));
    return refunds.back();
}

void Bank::add_event(const std::string& id, std::int64_t created, const std::string& refund) {
    events.push_back(Json::object(
        {{"id", id},
         {"object", "event"},
         {"type", "refund.updated"},
         {"created", created},
         {"data",
          Json::object({{"object", Json::object({{"object", "refund"}, {"id", refund}})}})}}));
}

Answer Bank::answer(const Request& request) {
    const auto fault = due(request);
    if (!fault) return act(request);
    if (fault->takes_effect) act(request);
    return fault->answer;
}

std::optional<Fault> Bank::due(const Request& request) {
    for (Fault& fault : faults) {
        const bool fits =
            fault.method == request.method && request.url.find(fault.part) != std::string::npos;
        if (fault.times == 0 || !fits) continue;
        --fault.times;
        return fault;
    }
    return std::nullopt;
}

Answer Bank::act(const Request& request) {
    if (!request.url.starts_with(kBase) ||
        header_of(request, "Authorization") != "Bearer {{secret:secret_key}}" ||
        header_of(request, "Stripe-Version").empty())
        return error(401, "invalid_request_error", "", "Invalid API Key provided");
    if (request.method == "POST") return once(request);
    const std::size_t mark = std::min(request.url.find('?'), request.url.size());
    const std::string path = request.url.substr(kBase.size(), mark - kBase.size());
    const auto query =
        pairs(std::string_view(request.url).substr(std::min(mark + 1, request.url.size())));
    if (path == "/refunds") return list(refunds, query);
    if (path == "/events") return list(events, query);
    if (path == "/payment_intents") return list({}, query);
    const std::string id = path.substr(path.find('/', 1) + 1);
    if (const auto found = payments.find(id); found != payments.end()) return ok(found->second);
    for (const Json& each : refunds)
        if (each.at("id").text() == id) return ok(each);
    return error(404, "invalid_request_error", "resource_missing", "No such object: '" + id + "'");
}

/// Repeats get the kept answer, also a failure, until the test forgets the key.
Answer Bank::once(const Request& request) {
    const std::string key = header_of(request, "Idempotency-Key");
    const auto kept = keys.find(key);
    if (!key.empty() && kept != keys.end()) return kept->second;
    Answer answer = write(request.url.substr(kBase.size()), pairs(request.body));
    if (!key.empty()) keys[key] = answer;
    return answer;
}

Answer Bank::write(const std::string& path, const std::map<std::string, std::string>& form) {
    if (path == "/refunds/re_orderhub_check")
        return error(404, "invalid_request_error", "resource_missing", "No such refund");
    ++writes;
    if (path == "/refunds") {
        Json& refund = add_refund("re_" + std::to_string(refunds.size() + 1), "");
        refund.set("amount", number_at(form, "amount"));
        add_metadata(refund, form);
        return ok(refund);
    }
    const std::size_t start = path.find('/', 1) + 1;
    Json& payment = payments.at(path.substr(start, path.find('/', start) - start));
    if (path.ends_with("/cancel")) {
        payment.set("status", "canceled");
    } else if (path.starts_with("/charges/")) {
        payment.set("captured", true);
        payment.set("amount_captured", number_at(form, "amount"));
    } else {
        const bool is_final = at(form, "final_capture") != "false";
        const std::int64_t left =
            payment.at("amount_capturable").integer() - number_at(form, "amount_to_capture");
        payment.set("amount_capturable", is_final ? 0 : left);
        if (is_final) payment.set("status", "succeeded");
        add_metadata(payment, form);
    }
    return ok(payment);
}

Answer Bank::list(const std::vector<Json>& rows,
                  const std::map<std::string, std::string>& query) const {
    const std::size_t limit = std::stoul(at(query, "limit"));
    const std::string since = at(query, "created[gte]");
    const std::string after = at(query, "starting_after");
    Json page = Json::array();
    bool begun = after.empty();
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        const bool is_old = !since.empty() && row->at("created").integer() < std::stoll(since);
        if (begun && !is_old) page.push(*row);
        begun = begun || row->at("id").text() == after;
    }
    const bool has_more = page.items().size() > limit;
    std::vector<Json> shown = page.items();
    if (has_more) shown.resize(limit);
    return ok(Json::object(
        {{"object", "list"}, {"data", Json::array(std::move(shown))}, {"has_more", has_more}}));
}

}  // namespace orderhub::stripe::testing
