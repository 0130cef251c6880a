#include "stub_tryton.hpp"

#include <orderhub/money.hpp>
#include <stdexcept>
#include <utility>

#include "client.hpp"
#include "instant.hpp"
#include "notation.hpp"

namespace orderhub::tryton::test {

namespace {

std::string text(const json::value& value) {
    return std::string(value.as_string());
}

testkit::Answer answer_with(int status, std::string type, std::string body) {
    return {status, std::move(body), {{"content-type", std::move(type)}}, OH_HTTP_ANSWERED};
}

json::value tax(std::int64_t id, const std::string& name) {
    return {{"id", id},
            {"name", name},
            {"description", name},
            {"legal_notice", id == 3 ? json::value("reverse charge") : json::value()},
            {"type", id == 4 ? "none" : "percentage"},
            {"update_unit_price", false},
            {"invoice_account", 7},
            {"credit_note_account", 17}};
}

// Records that are looked up by one field.
json::array known(const std::string& model) {
    if (model == "company.company") return {{{"id", 1}}};
    if (model == "account.journal") return {{{"id", 1}, {"code", "REV"}}};
    if (model == "account.invoice.payment_term")
        return {{{"id", 2}, {"name", "Net 30"}},
                {{"id", 8}, {"name", "Twice"}},
                {{"id", 9}, {"name", "Twice"}}};
    if (model == "account.account")
        return {{{"id", 5}, {"code", "1100"}},
                {{"id", 6}, {"code", "4000"}},
                {{"id", 8}, {"code", "4010"}},
                {{"id", 9}, {"code", "4020"}}};
    if (model == "account.tax")
        return {tax(1, "VAT 20%"), tax(2, "VAT 5%"), tax(3, "Export"), tax(4, "Group")};
    if (model == "currency.currency")
        return {{{"id", 1}, {"code", "EUR"}, {"digits", 2}},
                {{"id", 4}, {"code", "JPY"}, {"digits", 0}},
                {{"id", 5}, {"code", "BHD"}, {"digits", 3}},
                {{"id", 6}, {"code", "KWD"}, {"digits", 2}}};
    if (model == "country.country") return {{{"id", 81}, {"code", "DE"}}};
    throw std::invalid_argument("the stub has no model " + model);
}

bool matches(const json::object& record, const json::value& clause) {
    const std::string field = text(clause.at(0));
    if (field == "company") return true;
    if (field != "contact_mechanisms.value") return record.at(field) == clause.at(2);
    return record.contains("email") && record.at("email") == clause.at(2);
}

json::value dated(const json::object& values, std::string_view key) {
    const json::value* found = values.if_contains(key);
    return found ? *found : json::value();
}

}  // namespace

testkit::Answer json_answer(const json::value& body) {
    return answer_with(200, "application/json", json::serialize(body));
}

testkit::Answer error_answer(std::string kind, json::value details) {
    return json_answer({{"id", 1}, {"error", {std::move(kind), std::move(details)}}});
}

testkit::Answer html_answer(int status) {
    return answer_with(status, "text/html; charset=utf-8", "<!doctype html><title>no</title>");
}

json::object stub_config() {
    return {{"base_url", "http://tryton.example.test:8000/"},
            {"database", "hub"},
            {"username", "hub"},
            {"password", "{{secret:password}}"},
            {"company", 1},
            {"language", "en"},
            {"journal", "REV"},
            {"accounts",
             {{"receivable", "1100"}, {"revenue", 6}, {"shipping", "4010"}, {"fee", "4020"}}},
            {"taxes", {{"20", "VAT 20%"}, {"5.0", 2}, {"0", 3}}},
            {"party_code", "WEB"}};
}

json::object memo(std::string number, std::string currency, std::string ex, std::string tax,
                  std::string inc, std::string rate) {
    const json::object total{{"ex", ex}, {"tax", tax}, {"inc", inc}};
    const json::object part{{"label", "VAT"}, {"rate", rate}, {"amount", tax}};
    const json::object line{{"kind", "product"},
                            {"name", "Mug"},
                            {"quantity", 3},
                            {"total", total},
                            {"taxes", list(part)}};
    return {{"memo",
             {{"number", number},
              {"date", "2026-11-20"},
              {"currency", currency},
              {"totals", total},
              {"order_number", "1001"},
              {"customer", {{"name", "Ada Example"}, {"email", "ada@example.test"}}},
              {"billing_address", {{"line1", "1 Test Street"}, {"city", "X"}, {"country", "DE"}}},
              {"lines", list(line)}}}};
}

json::object fee_invoice(std::string number, std::string ex, std::string tax, std::string inc) {
    json::object document = memo(std::move(number), "EUR", ex, tax, inc).at("memo").as_object();
    document["lines"].at(0).as_object()["kind"] = "fee";
    document["lines"].at(0).as_object()["quantity"] = 1;
    return {{"invoice", std::move(document)}};
}

json::object& StubTryton::invoice_of(const json::value& id) {
    for (json::object& invoice : invoices)
        if (invoice.at("id") == id) return invoice;
    throw std::invalid_argument("no such invoice");
}

void StubTryton::add_invoice(std::string reference, std::string state,
                             std::string accounting_date) {
    json::object values{{"reference", reference},
                        {"currency", 1},
                        {"accounting_date", date(accounting_date)},
                        {"state", state},
                        {"id", invoices.size() + 1},
                        {"untaxed", "-10.00"},
                        {"tax", "-2.00"},
                        {"total", "-12.00"},
                        {"number", state == "draft" ? json::value() : json::value("CRN-7")},
                        {"create_date", datetime(clock_us += 1'000'000)},
                        {"write_date", nullptr}};
    invoices.push_back(std::move(values));
}

json::value StubTryton::invoice_record(const json::object& invoice) const {
    const char* codes[] = {"", "EUR", "", "", "JPY", "BHD"};
    return {{"id", invoice.at("id")},
            {"number", invoice.at("number")},
            {"reference", invoice.at("reference")},
            {"invoice_date", dated(invoice, "invoice_date")},
            {"create_date", invoice.at("create_date")},
            {"write_date", invoice.at("write_date")},
            {"state", invoice.at("state")},
            {"accounting_date", dated(invoice, "accounting_date")},
            {"currency.", {{"code", codes[invoice.at("currency").to_number<std::size_t>()]}}},
            {"untaxed_amount", decimal(text(invoice.at("untaxed")))},
            {"tax_amount", decimal(text(invoice.at("tax")))},
            {"total_amount", decimal(text(invoice.at("total")))}};
}

// One of the two lists that the poll asks for: after an instant, or at it and after an id.
json::array StubTryton::listed(const json::array& params) const {
    const std::string field = text(params.at(3).at(0).at(0));
    const json::array& either = params.at(0).as_array().back().as_array();
    const std::pair<std::int64_t, std::int64_t> after{
        microseconds_of(either.at(1).at(2)), either.at(2).at(1).at(2).to_number<std::int64_t>()};
    std::map<std::pair<std::int64_t, std::int64_t>, json::value> found;
    for (const json::object& invoice : invoices) {
        const bool written = !invoice.at("write_date").is_null();
        if (written != (field == "write_date")) continue;
        const std::pair<std::int64_t, std::int64_t> at{microseconds_of(invoice.at(field)),
                                                       invoice.at("id").to_number<std::int64_t>()};
        if (at > after) found.emplace(at, invoice_record(invoice));
    }
    json::array page;
    for (const auto& [at, record] : found)
        if (page.size() < params.at(2).to_number<std::size_t>()) page.push_back(record);
    return page;
}

json::value StubTryton::search(const std::string& model, const json::array& params) {
    const json::array& domain = params.at(0).as_array();
    json::array found;
    if (model == "account.invoice" && !params.at(3).is_null()) return listed(params);
    if (model == "account.invoice") {
        for (const json::object& invoice : invoices)
            if (invoice.at("reference") == domain.at(0).at(2))
                found.push_back(invoice_record(invoice));
        return found;
    }
    json::array records;
    if (model == "party.party") {
        records.push_back({{"id", 4}, {"code", "WEB"}, {"addresses", json::array{40}}});
        for (const json::object& party : parties)
            records.push_back(party);
    } else {
        records = known(model);
    }
    for (const json::value& record : records) {
        bool all = true;
        for (const json::value& clause : domain)
            all = all && matches(record.as_object(), clause);
        if (all) found.push_back(record);
    }
    return found;
}

json::value StubTryton::run(const std::string& method, const json::array& params) {
    constexpr std::string_view kSearch = ".search_read";
    if (method.ends_with(kSearch))
        return search(method.substr(6, method.size() - 6 - kSearch.size()), params);
    if (method == "model.ir.date.today") return date(today);
    if (method == "model.ir.model.access.get_access")
        return {{text(params.at(0).at(0)),
                 {{"read", true}, {"write", may_write_invoices ? 1 : 0}, {"create", true}}}};
    if (method == "model.party.party.create") {
        json::object party{{"id", 50}, {"code", "P50"}, {"addresses", json::array{500}}};
        party["email"] = params.at(0).at(0).at("contact_mechanisms").at(0).at(1).at(0).at("value");
        party["values"] = params.at(0).at(0);
        parties.push_back(party);
        return json::array{50};
    }
    if (method == "model.account.invoice.create") {
        json::object invoice = params.at(0).at(0).as_object();
        const std::string codes[] = {"", "EUR", "", "", "JPY", "BHD"};
        const std::string& code = codes[invoice.at("currency").to_number<std::size_t>()];
        const json::value& row = invoice.at("taxes").at(0).at(1).at(0);
        invoice["id"] = invoices.size() + 1;
        invoice["state"] = "draft";
        invoice["number"] = nullptr;
        invoice["create_date"] = datetime(clock_us += 1'000'000);
        invoice["write_date"] = nullptr;
        invoice["untaxed"] = text(row.at("base").at("decimal"));
        invoice["tax"] = text(row.at("amount").at("decimal"));
        invoice["total"] = sdk::to_decimal(
            minor_of(row.at("base"), code) + minor_of(row.at("amount"), code), code);
        invoices.push_back(invoice);
        return json::array{invoice.at("id")};
    }
    json::object& invoice = invoice_of(params.at(0).at(0));
    if (method == "model.account.invoice.read") return list(invoice_record(invoice));
    if (method == "model.account.invoice.write") {
        for (const auto& [key, value] : params.at(1).as_object())
            invoice[key] = value;
        invoice["write_date"] = datetime(clock_us += 1'000'000);
        return nullptr;
    }
    if (method != "model.account.invoice.post") throw std::invalid_argument("no method " + method);
    invoice["state"] = "posted";
    invoice["write_date"] = datetime(clock_us += 1'000'000);
    if (invoice.at("number").is_null())
        invoice["number"] = (text(invoice.at("total")).starts_with('-') ? "CRN-" : "INV-") +
                            std::to_string(invoice.at("id").to_number<int>());
    return nullptr;
}

testkit::Answer StubTryton::answer(const testkit::Request& request) {
    const json::object body = json::parse(request.body).as_object();
    const std::string method = text(body.at("method"));
    ++calls[method];
    std::deque<Fault>& pending = faults[method];
    std::optional<Fault> fault;
    if (!pending.empty()) {
        fault = pending.front();
        pending.pop_front();
        if (!fault->after_effect) return fault->answer;
    }
    if (method == "common.db.login") {
        session = "session-" + std::to_string(++logins_);
        return json_answer({{"id", 1}, {"result", {2, session}}});
    }
    std::string authorization;
    for (const auto& [name, value] : request.headers)
        if (name == "Authorization") authorization = value;
    if (authorization != "Session " + base64("hub:2:" + session))
        return answer_with(401, "text/html", "");
    const json::value result = run(method, body.at("params").as_array());
    return fault ? fault->answer : json_answer({{"id", 1}, {"result", result}});
}

World::World(json::object config) : host(config) {
    host.peer = [this](const testkit::Request& request) { return tryton.answer(request); };
}

}  // namespace orderhub::tryton::test
