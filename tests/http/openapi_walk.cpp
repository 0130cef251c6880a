// Every route asked, so that its answers can be held against the document.
#include "openapi_fixture.hpp"

namespace orderhub::http {

namespace {

/// Of actions that the order allows, or not: both answers are documented.
const std::vector<std::pair<std::string, std::string>> kInputs{
    {"discount", R"({"basis": "percentage", "value": "10", "reason": "late"})"},
    {"appease", R"({"basis": "amount_with_tax", "value": "1.00", "reason": "late"})"},
    {"reship", R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "lost"})"},
    {"refund", R"({"kind": "goodwill", "amount": "1.00", "reason": "sorry"})"},
    {"open-return", R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "torn"})"},
    {"exchange", R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "size",
                     "items": [{"sku": "MUG-L", "name": "Large mug", "quantity": 1}]})"},
    {"suspend", R"({"reason": "fraud"})"},
    {"capture", "{}"},
    {"retry-refund", R"({"refund": "rf_none", "reason": "again"})"},
    {"close-return", R"({"return_order": "ro_none"})"},
    {"update-fulfilment", R"({"fulfilment": "ff_none", "state": "shipped"})"},
    {"resolve-exception", R"({"exception": "ex_none", "reason": "seen"})"}};

TEST_F(OpenApi, EveryActionHasItsInput) {
    const auto& schemas = document_.at("components").at("schemas").as_object();
    const auto& any = schemas.at("ActionInput").at("anyOf").as_array();
    std::set<std::string> named;
    for (const auto& each : any)
        named.insert(each.at("$ref").as_string().c_str());
    const auto& actions = schemas.at("Action").at("enum").as_array();
    EXPECT_EQ(actions.size(), any.size());
    for (const auto& word : actions) {
        const auto kind = domain::action_kind(word.as_string());
        ASSERT_TRUE(kind) << word;
        EXPECT_TRUE(named.contains("#/components/schemas/" + input_schema(*kind))) << word;
        EXPECT_NE(action_words().find(word.as_string()), std::string::npos) << word;
    }
    const auto last = static_cast<std::size_t>(domain::ActionKind::resolve_exception);
    EXPECT_EQ(actions.size(), last + 1);
}

}  // namespace

/// One action after the other, so that the order has something of everything.
void OpenApi::submit_all() {
    const auto base = "/api/v1/orders/" + order_;
    for (const auto& [name, input] : kInputs) {
        const auto etag = call("GET", base).headers["etag"];
        conforming("POST", "/api/v1/orders/{id}/actions/{action}:submit",
                   base + "/actions/" + name + ":submit", input,
                   {{"Idempotency-Key", name}, {"If-Match", etag}});
    }
}

void OpenApi::use_orders() {
    order_ = import_order();
    const auto base = "/api/v1/orders/" + order_;
    const std::string pattern = "/api/v1/orders/{id}";
    const std::string action = pattern + "/actions/{action}";
    const std::string body = R"({"lines": [{"line_id": "l1", "quantity": 1}], "reason": "torn"})";
    conforming("GET", "/api/v1/orders", "/api/v1/orders");
    conforming("GET", "/api/v1/orders", "/api/v1/orders?limit=0");
    const auto etag = conforming("GET", pattern, base).headers["etag"];
    conforming("GET", pattern, "/api/v1/orders/os_none");
    conforming("POST", action + ":preview", base + "/actions/return:preview", body);
    conforming("POST", action + ":preview", base + "/actions/cancel:preview", body);
    conforming("POST", action + ":preview", base + "/actions/cancel:preview", "{}");
    conforming("POST", action + ":preview", base + "/actions/return:preview", body,
               {{"If-Match", "\"99\""}});
    conforming("POST", action + ":submit", base + "/actions/return:submit", body);
    conforming("POST", action + ":submit", base + "/actions/return:submit", body,
               {{"Idempotency-Key", "k"}});
    conforming("POST", action + ":submit", base + "/actions/return:submit", body,
               {{"Idempotency-Key", "k"}, {"If-Match", etag}});
    conforming("POST", action + ":submit", base + "/actions/return:submit", body,
               {{"Idempotency-Key", "k2"}, {"If-Match", etag}});
    conforming("GET", pattern + "/actions", base + "/actions");
    conforming("GET", pattern + "/actions", "/api/v1/orders/os_none/actions");
    for (const auto& [name, input] : kInputs)
        conforming("POST", action + ":preview", base + "/actions/" + name + ":preview", input);
    submit_all();
    conforming("GET", pattern, base);
    conforming("GET", pattern + "/events", base + "/events");
    conforming("GET", "/api/v1/returns", "/api/v1/returns");
    conforming("GET", "/api/v1/returns", "/api/v1/returns?q=T-1");
    conforming("GET", "/api/v1/returns", "/api/v1/returns?limit=1");
    conforming("GET", pattern + "/events", "/api/v1/orders/os_none/events");
}

void OpenApi::use_cases() {
    const auto base = "/api/v1/cases/" + import_case();
    const std::string pattern = "/api/v1/cases/{id}";
    conforming("GET", "/api/v1/cases", "/api/v1/cases");
    conforming("GET", "/api/v1/cases", "/api/v1/cases?decision=perhaps");
    conforming("GET", pattern, base);
    conforming("GET", pattern, "/api/v1/cases/cs_none");
    conforming("PUT", pattern + "/link", base + "/link", "{}");
    conforming("PUT", pattern + "/link", base + "/link", R"({"order_id": "os_none"})");
    conforming("PUT", pattern + "/link", base + "/link",
               json::serialize(json::object{{"order_id", order_}}));
    conforming("GET", "/api/v1/orders/{id}", "/api/v1/orders/" + order_);
    conforming("PUT", pattern + "/link", base + "/link",
               json::serialize(
                   json::object{{"order_id", order_}, {"further_order_ids", json::array{order_}}}));
    conforming("GET", pattern, base);
    conforming("POST", pattern + ":reject", base + ":reject", "{}");
    conforming("POST", pattern + ":reject", base + ":reject", R"({"order_id": "os_none"})");
    conforming("POST", pattern + ":reject", base + ":reject",
               json::serialize(json::object{{"order_id", order_}}));
    conforming("DELETE", pattern + "/link", base + "/link");
}

void OpenApi::use_customers() {
    const auto page = conforming("GET", "/api/v1/customers", "/api/v1/customers").document();
    ASSERT_FALSE(page.at("items").as_array().empty());
    const auto ann = std::string(page.at("items").at(0).at("id").as_string());
    auto record = order_record();
    record["source"].as_object()["external_id"] = "78";
    record["number"] = "T-2";
    record["customer"] = {{"external_id", "9"}, {"email", "bob@example.com"}};
    ASSERT_TRUE(store_->write([&](store::Transaction& transaction) {
        return service_->apply_record(transaction, {"connector:shop", "t", 1'795'000'000'000},
                                      "shop", "order", json::serialize(record));
    }));
    const auto base = "/api/v1/customers/" + ann;
    const std::string pattern = "/api/v1/customers/{id}";
    const auto found = conforming("GET", "/api/v1/customers", "/api/v1/customers?q=9").document();
    const auto bob = std::string(found.at("items").at(0).at("id").as_string());
    conforming("GET", "/api/v1/customers", "/api/v1/customers?limit=0");
    conforming("GET", pattern, base);
    conforming("GET", pattern, "/api/v1/customers/cu_none");
    conforming("POST", pattern + ":join", base + ":join", "{}");
    const auto join = json::serialize(json::object{{"other", bob}, {"reason", "one household"}});
    conforming("POST", pattern + ":join", base + ":join", join);
    conforming("POST", pattern + ":join", base + ":join", join);
    const std::string split = R"({"identities": [{"email": "bob@example.com"}], "reason": "no"})";
    conforming("POST", pattern + ":split", base + ":split", split);
    conforming("POST", pattern + ":split", base + ":split", split);
    use_erasures(pattern + ":erase", bob);
}

void OpenApi::use_erasures(const std::string& pattern, const std::string& customer) {
    const auto path = "/api/v1/customers/" + customer + ":erase";
    conforming("POST", pattern, path, "{}");
    conforming("POST", pattern, "/api/v1/customers/cu_none:erase", R"({"reason": "asked"})");
    const auto begun =
        conforming("POST", pattern, path, R"({"reason": "asked", "dry_run": true})").document();
    const auto id = std::string(begun.at("id").as_string());
    conforming("GET", "/api/v1/erasures", "/api/v1/erasures");
    conforming("GET", "/api/v1/erasures/{id}", "/api/v1/erasures/" + id);
    conforming("GET", "/api/v1/erasures/{id}", "/api/v1/erasures/er_none");
}

void OpenApi::use_deliveries() {
    const auto page = conforming("GET", "/api/v1/deliveries", "/api/v1/deliveries").document();
    ASSERT_FALSE(page.at("items").as_array().empty());
    const auto base =
        "/api/v1/deliveries/" + std::string(page.at("items").at(0).at("id").as_string());
    const std::string pattern = "/api/v1/deliveries/{id}";
    conforming("GET", pattern, base);
    conforming("GET", pattern, "/api/v1/deliveries/dl_none");
    conforming("POST", pattern + ":park", base + ":park");
    const auto parked = json::parse(call("GET", base).body).at("payload");
    conforming("POST", pattern + ":edit", base + ":edit",
               json::serialize(json::object{{"payload", parked}}));
    conforming("POST", pattern + ":edit", base + ":edit", R"({"payload": {}})");
    conforming("POST", pattern + ":edit", "/api/v1/deliveries/dl_none:edit", R"({"payload": {}})");
    conforming("POST", "/api/v1/deliveries:retry", "/api/v1/deliveries:retry",
               R"({"dry_run": true})");
    conforming("POST", "/api/v1/deliveries:retry", "/api/v1/deliveries:retry", R"({"limit": 0})");
    conforming("POST", pattern + ":retry", base + ":retry");
    conforming("POST", pattern + ":retry", "/api/v1/deliveries/dl_none:retry");
    conforming("POST", pattern + ":drop", base + ":drop", "{}");
    conforming("POST", pattern + ":drop", base + ":drop", R"({"reason": "done by hand"})");
}

void OpenApi::use_subscriptions() {
    const std::string all = "/api/v1/subscriptions";
    const std::string one = all + "/{id}";
    const std::string input =
        R"({"name": "desk", "url": "https://desk.test/h", "types": ["order."]})";
    const auto made = conforming("POST", all, all, input).document();
    const auto base = all + "/" + made.at("subscription").at("id").as_string().c_str();
    const auto none = all + "/sub_none";
    conforming("POST", all, all, "{}");
    conforming("POST", all, all, R"({"name": "desk", "url": "http://10.0.0.1/"})");
    conforming("GET", all, all);
    conforming("GET", one, base);
    conforming("GET", one, none);
    conforming("PATCH", one, base, R"({"state": "disabled", "name": "other"})");
    conforming("PATCH", one, base, R"({"url": "http://10.0.0.1/"})");
    conforming("PATCH", one, base, "{}");
    conforming("POST", one + ":rotate-secret", base + ":rotate-secret", "{}");
    conforming("POST", one + ":rotate-secret", none + ":rotate-secret", "{}");
    conforming("POST", one + ":replay", base + ":replay", R"({"after": 0})");
    conforming("POST", one + ":replay", base + ":replay", "{}");
    conforming("POST", one + ":test", base + ":test");
    conforming("POST", one + ":test", none + ":test");
    conforming("DELETE", one, base);
    conforming("DELETE", one, base);
}

void OpenApi::use_panel() {
    const std::string made = "/api/v1/cases/{id}:panel-address";
    conforming("POST", made, "/api/v1/cases/" + import_case() + ":panel-address");
    conforming("POST", made, "/api/v1/cases/cs_none:panel-address");
    const std::string panel = "/api/v1/embed/case/{connector}/{id}";
    const auto at = [](std::int64_t expires, const std::string& signature) {
        return "/api/v1/embed/case/shop/9?expires=" + std::to_string(expires) +
               "&signature=" + signature;
    };
    const std::int64_t soon = now_ / 1000 + 60;
    conforming("GET", panel, at(soon, "none"));
    conforming("GET", panel, at(soon, panel_signature(panel_.secret, {"shop", "9", soon})));
    conforming("GET", panel, at(-1, "none"));
}

void OpenApi::use_audit() {
    const std::string log = "/api/v1/audit";
    conforming("GET", log, log);
    conforming("GET", log, log + "?after=0&limit=5&type=user.");
    conforming("GET", log, log + "?after=0&before=9");
    conforming("GET", log, log + "?from=yesterday");
    conforming("GET", log + "/seals", log + "/seals");
    conforming("GET", log + "/seals", log + "/seals?after=x");
}

void OpenApi::use_access() {
    const std::string tokens = "/api/v1/tokens";
    const auto token = conforming("POST", tokens, tokens, R"({"name": "n", "role": "agent"})");
    conforming("GET", tokens, tokens);
    conforming("POST", "/api/v1/secrets:rotate", "/api/v1/secrets:rotate");
    const auto path_of = [](const std::string& base, const Reply& made) {
        return base + "/" + made.document().at("id").as_string().c_str();
    };
    conforming("DELETE", tokens + "/{id}", path_of(tokens, token));
    conforming("DELETE", tokens + "/{id}", path_of(tokens, token));
    const std::string users = "/api/v1/users";
    const std::string wanted = R"({"name": "n", "role": "agent", "password": "four words and 7"})";
    const auto user = conforming("POST", users, users, wanted);
    conforming("POST", users, users, wanted);
    conforming("GET", users, users);
    conforming("PATCH", users + "/{id}", path_of(users, user), R"({"full_name": "N"})");
    conforming("PATCH", users + "/{id}", users + "/us_none", R"({"full_name": "N"})");
    const std::string session = "/api/v1/session";
    const auto enter = [&](const char* password) {
        return conforming("POST", session, session,
                          json::serialize(json::object{{"name", "n"}, {"password", password}}));
    };
    enter("wrong");
    const auto held = [](const Reply& entered) {
        const auto cookie = entered.headers.at("set-cookie");
        return Headers{{"Cookie", cookie.substr(0, cookie.find(';'))},
                       {"X-OrderHub-CSRF", entered.document().at("csrf").as_string().c_str()}};
    };
    conforming("GET", "/api/v1/sign-in", "/api/v1/sign-in");
    conforming("GET", session + "/oidc", session + "/oidc");
    logged_.clear();  // the provider is not there
    conforming("GET", session + "/oidc/callback", session + "/oidc/callback?code=c");
    const auto first = held(enter("four words and 7"));
    as_ = "";
    conforming("GET", session, session, "", first);
    conforming("POST", session + ":change-password", session + ":change-password",
               R"({"old_password": "four words and 7", "password": "four words and 8"})", first);
    conforming("DELETE", session, session, "", first);
    conforming("GET", session, session, "", first);
    conforming("POST", session + ":sign-out-everywhere", session + ":sign-out-everywhere", "",
               held(enter("four words and 8")));
    as_ = "admin";
    conforming("POST", users + "/{id}:sign-out", path_of(users, user) + ":sign-out");
}

void OpenApi::use_the_rest() {
    park_a_message();
    const auto message = "/api/v1/inbox/" + std::to_string(sequence_);
    conforming("GET", "/api/v1/inbox", "/api/v1/inbox?state=parked");
    conforming("GET", "/api/v1/inbox/{sequence}", message);
    const std::string one_message = "/api/v1/inbox/{sequence}";
    conforming("POST", one_message + ":edit", message + ":edit", R"({"body": "[]"})");
    conforming("GET", one_message, message);
    conforming("POST", "/api/v1/inbox:retry", "/api/v1/inbox:retry", R"({"dry_run": true})");
    conforming("POST", one_message + ":retry", message + ":retry");
    conforming("POST", one_message + ":retry", message + ":retry");
    conforming("POST", one_message + ":edit", message + ":edit", R"({"body": "late"})");
    park_a_message("m2");
    const auto second = "/api/v1/inbox/" + std::to_string(sequence_);
    conforming("POST", one_message + ":drop", second + ":drop", R"({"reason": "a test"})");
    conforming("POST", one_message + ":drop", message + ":drop", R"({"reason": "a test"})");
    const std::string connector = "/api/v1/connectors/{connector}";
    conforming("GET", "/api/v1/connectors", "/api/v1/connectors");
    conforming("POST", connector + ":check", "/api/v1/connectors/shop:check");
    conforming("POST", connector + ":check", "/api/v1/connectors/none:check");
    for (const std::string what : {":reload", ":resume"})
        for (const std::string name : {"shop", "none"})
            conforming("POST", connector + what, "/api/v1/connectors/" + name + what);
    conforming("POST", connector + ":import", "/api/v1/connectors/shop:import",
               R"({"from": "2026-01-01"})");
    conforming("GET", connector + "/import", "/api/v1/connectors/shop/import");
    conforming("POST", connector + "/import:cancel", "/api/v1/connectors/shop/import:cancel");
    conforming("POST", connector + "/import:cancel", "/api/v1/connectors/none/import:cancel");
    conforming("GET", "/api/v1/events", "/api/v1/events");
    conforming("GET", "/api/v1/events", "/api/v1/events?newest=2");
    conforming("GET", "/api/v1/configuration", "/api/v1/configuration");
    conforming("POST", "/intake/{connector}", "/intake/shop", "b", {{"X-Test-Signature", "good"}});
    conforming("POST", "/intake/{connector}", "/intake/shop", "b");
    const std::string replays = "/api/v1/replays";
    const std::string november =
        R"({"connector": "shop", "from": "2026-11-01", "to": "2026-11-30", "dry_run": true})";
    conforming("POST", replays, replays, november);
    conforming("POST", replays, replays, november);
    conforming("POST", replays, replays,
               R"({"connector": "shop", "from": "2026-11-30", "to": "2026-11-01"})");
    conforming("GET", replays, replays);
    conforming("GET", replays + "/{id}", replays + "/rp_1");
    conforming("GET", replays + "/{id}", replays + "/rp_none");
    conforming("POST", replays + "/{id}:cancel", replays + "/rp_1:cancel");
    conforming("POST", replays + "/{id}:cancel", replays + "/rp_none:cancel");
    const std::string run = "/api/v1/reconciliations";
    conforming("POST", run, run, R"({"from": "2026-11-01", "to": "2026-11-02"})");
    conforming("POST", run, run, "{}");
    conforming("GET", run + "/{id}", run + "/rc_1");
    conforming("GET", run + "/{id}", run + "/rc_none");
    for (const auto* path : {"/healthz", "/readyz", "/metrics", "/api/v1/openapi.json"})
        conforming("GET", path, path);
}

}  // namespace orderhub::http
