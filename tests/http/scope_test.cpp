// Callers who are limited to some storefronts and desks: on every route that the server has.
#include "hub/http/scope.hpp"

#include <algorithm>
#include <array>

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

/// Two storefronts, two desks and one person who bought in both: `shop` and `tickets` are in the
/// callers' scope, `other` and `elsewhere` are not.
class Scopes : public ApiTest {
protected:
    struct Things {
        std::string order, case_, customer, delivery, run, message, replay, connector;
    };

    void SetUp() override {
        ApiTest::SetUp();
        host_.have("other", "storefront");
        host_.have("tickets", "servicedesk");
        host_.have("elsewhere", "servicedesk");
        host_.have("books", "finance");
        seen_ = make("shop", "tickets", "T-1");
        hidden_ = make("other", "elsewhere", "H-2");
        linked_ = add_case("tickets", "of-hidden", hidden_.order);
        waiting_ = add_case("tickets", "of-nothing", "");
        for (const Role role : roles())
            limited_[role] = limited_token(role);
    }

    /// As a provider's or an admin's: to one storefront and one desk.
    std::string limited_token(Role role, std::string_view name = "limited") {
        const auto made = send(
            "POST", "/api/v1/tokens",
            {{"name", name},
             {"role", to_text(role)},
             {"scope", {{"storefronts", json::array{"shop"}}, {"desks", json::array{"tickets"}}}}},
            "admin");
        EXPECT_EQ(made.status, 201) << made.body;
        return made.document().at("token").as_string().c_str();
    }

    std::string add_order(const std::string& storefront, const std::string& number) {
        auto record = order_record();
        record["number"] = number;
        record["source"].as_object()["external_id"] = number;
        std::string id;
        change([&](store::Transaction& unit) -> Result<void> {
            ORDERHUB_TRY(service_->apply_record(unit, {"connector:" + storefront, "t", ++now_},
                                                storefront, "order", json::serialize(record)));
            id = unit.order_by_source(storefront, number)->id;
            return {};
        });
        return id;
    }

    std::string add_case(const std::string& desk, const std::string& external_id,
                         const std::string& order_id) {
        std::string id;
        const json::object record{
            {"source", {{"external_id", external_id}, {"observed_at", "2026-11-22T10:00:00Z"}}},
            {"subject", "Where is it"},
            {"state", "open"},
            {"requester", {{"email", external_id + "@nobody.example"}}},
            {"messages", json::array()}};
        change([&](store::Transaction& unit) -> Result<void> {
            ORDERHUB_TRY(service_->apply_record(unit, {"connector:" + desk, "t", ++now_}, desk,
                                                "case", json::serialize(record)));
            id = unit.case_by_source(desk, external_id)->id;
            if (order_id.empty()) return {};
            ORDERHUB_TRY(service_->link_case(unit, {"agent:test", "t", ++now_}, id, {order_id}));
            return {};
        });
        return id;
    }

    Things make(const std::string& storefront, const std::string& desk, const std::string& number) {
        Things things;
        things.connector = storefront;
        things.order = add_order(storefront, number);
        things.case_ = add_case(desk, "of-" + number, things.order);
        const auto base = "/api/v1/orders/" + things.order;
        const auto version = call("GET", base, "admin").headers["etag"];
        EXPECT_EQ(send("POST", base + "/actions/return:submit",
                       {{"lines", json::array{json::object{{"line_id", "l1"}, {"quantity", 1}}}},
                        {"reason", "torn"}},
                       "admin", {{"Idempotency-Key", number}, {"If-Match", version}})
                      .status,
                  200);
        change([&](store::Transaction& unit) -> Result<void> {
            things.customer = unit.order(things.order)->customer_id;
            routing::DeliveryQuery of_order;
            of_order.order_id = things.order;
            things.delivery = unit.find_deliveries(of_order).front().id;
            things.run = "fr_" + number;
            flows::Run run;
            run.id = things.run;
            run.flow = "refund";
            run.order_id = things.order;
            run.document = "{}";
            unit.add_run(run);
            routing::InboxMessage message;
            message.connector = storefront;
            message.message_id = "m-" + number;
            message.headers = "{}";
            message.state = routing::InboxState::parked;
            things.message = std::to_string(unit.accept(message)->sequence);
            routing::Replay replay;
            things.replay = replay.id = "rp_" + number;
            replay.connector = storefront;
            replay.state = "done";
            unit.save(replay);
            return {};
        });
        return things;
    }

    void change(const store::Store::Work& work) {
        const auto outcome = store_->write(work);
        ASSERT_TRUE(outcome) << outcome.error().message;
    }

    /// The pattern with an id of those things in its first place.
    static std::string path(std::string_view pattern, const Things& things) {
        const std::array<std::pair<std::string_view, std::string>, 9> places{
            {{"/orders/{id}", things.order},
             {"/cases/{id}", things.case_},
             {"/customers/{id}", things.customer},
             {"/deliveries/{id}", things.delivery},
             {"/flow-runs/{id}", things.run},
             {"/approvals/{id}", things.run},
             {"/inbox/{sequence}", things.message},
             {"/replays/{id}", things.replay},
             {"/connectors/{connector}", things.connector}}};
        std::string filled(pattern);
        for (const auto& [place, id] : places) {
            if (filled.find(place) == filled.npos) continue;
            const auto open = filled.find('{');
            filled.replace(open, filled.find('}') - open + 1, id);
            break;
        }
        for (auto open = filled.find('{'); open != filled.npos; open = filled.find('{'))
            filled.replace(open, filled.find('}') - open + 1, "cancel");
        return filled;
    }

    void expect_nothing_hidden(const std::string& text, const std::string& where) const {
        for (const auto& word :
             {hidden_.order, hidden_.case_, hidden_.delivery, hidden_.run, hidden_.replay, linked_,
              std::string("H-2"), std::string("other\""), std::string("elsewhere")})
            EXPECT_EQ(text.find(word), text.npos) << where << " tells of " << word << ": " << text;
    }

    json::object as_limited(const std::string& path, Role role = Role::admin) {
        const auto reply = call("GET", path, limited_.at(role));
        EXPECT_EQ(reply.status, 200) << path << ": " << reply.body;
        return reply.document();
    }

    Things seen_, hidden_;
    std::string linked_;   ///< a case of a desk in scope about an order that is not
    std::string waiting_;  ///< a case of that desk about no order
    std::map<Role, std::string> limited_;
};

/// Whatever a route's own right: what is out of scope is as if it did not exist.
TEST_F(Scopes, EveryRouteHidesWhatIsOutOfScopeFromEveryRole) {
    Things nothing{"os_none", "cs_none", "cu_none", "dl_none",
                   "fr_none", "999999",  "rp_none", "none"};
    int named = 0, whole = 0;
    for (const auto& route : api_->routes()) {
        if (route.right == Right::none) continue;
        const std::string method(route.method);
        for (const Role role : roles()) {
            const auto where =
                method + " " + std::string(route.pattern) + " as " + std::string(to_text(role));
            const auto ask = [&](const Things& things) {
                return call(method, path(route.pattern, things), limited_[role]);
            };
            if (!may(role, route.right)) {
                EXPECT_EQ(ask(hidden_).status, 403) << where;
            } else if (!keeps_within_scope(route)) {
                ++whole;
                EXPECT_EQ(ask(seen_).status, 403) << where;
                EXPECT_EQ(ask(seen_).code(), "beyond_scope") << where;
            } else if (path(route.pattern, hidden_) != path(route.pattern, nothing)) {
                ++named;
                const auto refused = ask(hidden_);
                // A customer of both storefronts is seen, see below.
                if (route.pattern.find("/customers/") != std::string_view::npos) continue;
                EXPECT_EQ(refused.status, 404) << where << ": " << refused.body;
                EXPECT_EQ(refused.body, ask(nothing).body) << where;
            }
        }
    }
    EXPECT_GE(named, 80);
    EXPECT_GE(whole, 20);
}

TEST_F(Scopes, EveryPageShowsOnlyWhatIsInScope) {
    int pages = 0;
    for (const auto& route : api_->routes()) {
        if (route.method != "GET" || route.right == Right::none || !keeps_within_scope(route))
            continue;
        if (route.pattern.find("/flows/{") != std::string_view::npos) continue;
        ++pages;
        const auto where = path(route.pattern, seen_);
        const auto reply = call("GET", where, limited_[Role::admin]);
        EXPECT_EQ(reply.status, 200) << where << ": " << reply.body;
        expect_nothing_hidden(reply.body, where);
    }
    EXPECT_GE(pages, 18);
}

TEST_F(Scopes, SearchesFindOnlyWhatIsInScope) {
    const auto found = [&](const std::string& path) {
        return as_limited(path).at("items").as_array().size();
    };
    EXPECT_EQ(found("/api/v1/orders?q=ann@example.com"), 1U);
    EXPECT_EQ(found("/api/v1/orders?q=H-2"), 0U);
    EXPECT_EQ(found("/api/v1/orders?q=H-*"), 0U);
    EXPECT_EQ(found("/api/v1/orders?customer=" + seen_.customer), 1U);
    EXPECT_EQ(found("/api/v1/cases"), 2U) << "the linked one and the one that waits";
    EXPECT_EQ(found("/api/v1/cases?order=" + hidden_.order), 0U);
    EXPECT_EQ(found("/api/v1/deliveries?order=" + hidden_.order), 0U);
    EXPECT_EQ(found("/api/v1/flow-runs?order=" + hidden_.order), 0U);
    EXPECT_EQ(found("/api/v1/inbox"), 1U);
    EXPECT_EQ(call("GET", "/api/v1/orders", "admin").document().at("items").as_array().size(), 2U);
}

TEST_F(Scopes, ACustomersPageShowsOnlyTheirOrders) {
    ASSERT_EQ(seen_.customer, hidden_.customer) << "one person bought in both";
    const auto whole = call("GET", "/api/v1/customers/" + seen_.customer, "admin").document();
    EXPECT_EQ(whole.at("orders"), 2);
    const auto page = as_limited("/api/v1/customers/" + seen_.customer);
    EXPECT_EQ(page.at("orders"), 1);
    expect_nothing_hidden(json::serialize(page), "customer");
    EXPECT_FALSE(page.at("identities").as_array().empty());
    const auto alone = add_order("other", "H-9");
    change([&](store::Transaction& unit) -> Result<void> {
        auto row = *unit.order(alone);
        unit.save_customer({"cu_alone", "person", "Alone", "2026-01-01", "2026-01-01"});
        row.customer_id = "cu_alone";
        ++row.version;
        unit.save_order(row);
        return {};
    });
    EXPECT_EQ(call("GET", "/api/v1/customers/cu_alone", "admin").status, 200);
    EXPECT_EQ(call("GET", "/api/v1/customers/cu_alone", limited_[Role::agent]).status, 404);
}

TEST_F(Scopes, ABodyNamesNothingThatIsOutOfScope) {
    const auto as = [&](Role role, const std::string& method, const std::string& path,
                        const json::object& body) {
        const auto reply = send(method, path, body, limited_[role]);
        return std::to_string(reply.status) + " " + reply.code();
    };
    const auto base = "/api/v1/cases/" + waiting_;
    EXPECT_EQ(as(Role::agent, "PUT", base + "/link", json::object{{"order_id", hidden_.order}}),
              "404 no_such_order");
    EXPECT_EQ(
        as(Role::agent, "PUT", base + "/link",
           {{"order_id", seen_.order}, {"further_order_ids", json::array{hidden_.order, "x"}}}),
        "404 no_such_order");
    EXPECT_EQ(as(Role::agent, "POST", base + ":reject", json::object{{"order_id", hidden_.order}}),
              "404 no_such_order");
    EXPECT_EQ(
        as(Role::agent, "POST", "/api/v1/flow-runs", {{"flow", "refund"}, {"case_id", linked_}}),
        "404 no_such_case");
    EXPECT_EQ(as(Role::agent, "POST", "/api/v1/customers/" + seen_.customer + ":join",
                 {{"other", "cu_none"}, {"reason", "same"}}),
              "404 no_such_customer");
    EXPECT_EQ(as(Role::operations, "POST", "/api/v1/replays",
                 {{"connector", "other"}, {"from", "2026-11-01"}, {"to", "2026-11-02"}}),
              "404 no_such_connector");
}

TEST_F(Scopes, WhatIsDoneInScopeIsDoneAndAnswersWithinIt) {
    const auto linked = send("PUT", "/api/v1/cases/" + waiting_ + "/link",
                             json::object{{"order_id", seen_.order}}, limited_[Role::agent]);
    EXPECT_EQ(linked.status, 200) << linked.body;
    expect_nothing_hidden(linked.body, "linked case");
    const auto dropped =
        call("POST", "/api/v1/deliveries/" + seen_.delivery + ":drop", limited_[Role::operations]);
    EXPECT_EQ(dropped.status, 200) << dropped.body;
    // The hub itself goes on seeing everything: a hidden desk's case of the order is told, too.
    const auto elsewhere = add_case("elsewhere", "of-seen", seen_.order);
    EXPECT_EQ(call("GET", "/api/v1/cases/" + elsewhere, limited_[Role::agent]).status, 404);
    const auto base = "/api/v1/orders/" + seen_.order;
    const auto version = call("GET", base, limited_[Role::agent]).headers["etag"];
    ASSERT_EQ(send("POST", base + "/actions/return:submit",
                   {{"lines", json::array{json::object{{"line_id", "l1"}, {"quantity", 1}}}},
                    {"reason", "torn"}},
                   limited_[Role::agent], {{"Idempotency-Key", "k"}, {"If-Match", version}})
                  .status,
              200);
    const auto told = call("GET", "/api/v1/deliveries?order=" + seen_.order, "admin").body;
    EXPECT_NE(told.find(elsewhere), told.npos) << told;
    EXPECT_EQ(call("GET", "/api/v1/deliveries?order=" + seen_.order, limited_[Role::agent])
                  .body.find(elsewhere),
              std::string::npos);
}

TEST_F(Scopes, EventsPassByWhatIsOutOfScope) {
    const auto page = as_limited("/api/v1/events?after=0&limit=500", Role::agent);
    expect_nothing_hidden(json::serialize(page), "events");
    EXPECT_FALSE(page.at("items").as_array().empty());
    const auto whole = call("GET", "/api/v1/events?after=0&limit=500", "agent").document();
    EXPECT_EQ(page.at("next"), whole.at("next")) << "what was passed by is not looked at again";
    add_case("tickets", "later", seen_.order);
    const auto next = page.at("next").to_number<std::int64_t>();
    const auto news = as_limited("/api/v1/events?after=" + std::to_string(next), Role::agent);
    EXPECT_FALSE(news.at("items").as_array().empty());
}

TEST_F(Scopes, APanelsAddressOpensNoMoreThanItsMakerSees) {
    const auto made =
        call("POST", "/api/v1/cases/" + seen_.case_ + ":panel-address", limited_[Role::agent]);
    ASSERT_EQ(made.status, 200) << made.body;
    const std::string url(made.document().at("url").as_string());
    const auto place = "/api/v1" + url.substr(url.find("/embed"));
    const auto panel = call("GET", place, "");
    ASSERT_EQ(panel.status, 200) << panel.body;
    expect_nothing_hidden(panel.body, "panel");
    EXPECT_EQ(panel.document().at("order").at("id").as_string(), seen_.order);
    EXPECT_EQ(call("GET", place.substr(0, place.find("&scope=")), "").status, 401);
    const auto whole = call("POST", "/api/v1/cases/" + seen_.case_ + ":panel-address", "agent");
    const std::string open(whole.document().at("url").as_string());
    EXPECT_EQ(call("GET", "/api/v1" + open.substr(open.find("/embed")), "")
                  .document()
                  .at("other_orders")
                  .as_array()
                  .size(),
              1U);
}

TEST_F(Scopes, OneSideMayBeUnlimited) {
    const auto made = send("POST", "/api/v1/tokens",
                           {{"name", "shop"},
                            {"role", "agent"},
                            {"scope", json::object{{"storefronts", json::array{"shop"}}}}},
                           "admin");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.document().at("scope"),
              (json::object{{"storefronts", json::array{"shop"}}, {"desks", nullptr}}));
    const std::string token(made.document().at("token").as_string());
    EXPECT_EQ(call("GET", "/api/v1/cases/" + hidden_.case_, token).status, 404)
        << "linked to an order of the other storefront";
    const auto free = add_case("elsewhere", "free", "");
    EXPECT_EQ(call("GET", "/api/v1/cases/" + free, token).status, 200);
    EXPECT_EQ(call("GET", "/api/v1/orders/" + hidden_.order, token).status, 404);
}

TEST_F(Scopes, AreSetShownAndChanged) {
    const json::object input{{"name", "ann"},
                             {"role", "admin"},
                             {"password", "four words and 7"},
                             {"scope", json::object{{"desks", json::array{"tickets"}}}}};
    const auto made = send("POST", "/api/v1/users", input, "admin");
    ASSERT_EQ(made.status, 201) << made.body;
    const json::object desk{{"storefronts", nullptr}, {"desks", json::array{"tickets"}}};
    EXPECT_EQ(made.document().at("scope"), desk);
    const auto base = "/api/v1/users/" + std::string(made.document().at("id").as_string());
    const auto change = [&](const json::object& scope) {
        return send("PATCH", base, json::object{{"scope", scope}}, "admin");
    };
    EXPECT_EQ(change({{"storefronts", json::array()}}).document().at("scope"),
              (json::object{{"storefronts", json::array()}, {"desks", json::array{"tickets"}}}));
    const auto strange = change({{"storefronts", json::array{"shop", "tickets"}}});
    EXPECT_EQ(strange.status, 422);
    EXPECT_EQ(strange.code(), "bad_scope");
    EXPECT_EQ(strange.document().at("errors").at(0).at("pointer"), "/scope/storefronts/1");
    EXPECT_EQ(change({}).status, 400);
    EXPECT_EQ(change({{"storefronts", nullptr}, {"desks", nullptr}}).document().at("scope"),
              (json::object{{"storefronts", nullptr}, {"desks", nullptr}}));
    const auto session = as_limited("/api/v1/session");
    EXPECT_EQ(session.at("scope"), (json::object{{"storefronts", json::array{"shop"}},
                                                 {"desks", json::array{"tickets"}}}));
    const auto rights = json::serialize(session.at("rights"));
    EXPECT_EQ(rights.find("access.manage"), rights.npos);
    EXPECT_NE(rights.find("orders.act"), rights.npos);
    const auto log = call("GET", "/api/v1/audit?type=user.changed", "admin").body;
    EXPECT_NE(log.find(R"("before")"), log.npos);
    EXPECT_NE(log.find(R"("scope":{"storefronts":[],"desks":["tickets"]})"), log.npos);
}

}  // namespace
}  // namespace orderhub::http
