// Customers through the API: found, shown, joined and split.
#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

class CustomersApi : public ApiTest {
protected:
    void SetUp() override {
        ApiTest::SetUp();
        import_order();
        order_by("78", {{"external_id", "9"}, {"name", "Bob"}, {"email", "bob@example.com"}});
    }

    void order_by(const char* number, json::object customer) {
        json::object record = order_record();
        record["source"].as_object()["external_id"] = number;
        record["number"] = number;
        record["customer"] = std::move(customer);
        const auto done = store_->write([&](store::Transaction& transaction) {
            return service_->apply_record(transaction, {"connector:shop", "t", 1'795'000'100'000},
                                          "shop", "order", json::serialize(record));
        });
        ASSERT_TRUE(done) << done.error().message << done.error().field;
    }
    std::string id_of(const std::string& text) {
        const auto page = call("GET", "/api/v1/customers?q=" + text).document();
        const auto& items = page.at("items").as_array();
        return items.size() == 1 ? std::string(items[0].at("id").as_string()) : "";
    }
    std::vector<std::string> orders_of(const std::string& customer) {
        std::vector<std::string> numbers;
        const auto page = call("GET", "/api/v1/orders?customer=" + customer).document();
        for (const auto& each : page.at("items").as_array())
            numbers.emplace_back(each.at("number").as_string());
        return numbers;
    }
    static std::string path(const std::string& id, const char* verb = "") {
        return "/api/v1/customers/" + id + verb;
    }
};

using Numbers = std::vector<std::string>;

TEST_F(CustomersApi, AreFoundByEmailNumberAndId) {
    const auto bob = id_of("bob@example.com");
    ASSERT_FALSE(bob.empty());
    EXPECT_EQ(id_of("9"), bob);
    EXPECT_EQ(id_of(bob), bob);
    EXPECT_EQ(id_of("BOB%40Example.com"), bob);
    EXPECT_EQ(id_of("bob"), "");
    EXPECT_EQ(call("GET", path("cu_none")).status, 404);
    EXPECT_EQ(call("GET", path(bob), "").status, 401);
}

TEST_F(CustomersApi, ShowTheirOrdersAndCases) {
    import_case();
    const auto bob = id_of("9");
    EXPECT_EQ(orders_of(bob), Numbers{"78"});
    EXPECT_EQ(orders_of("cu_none"), Numbers{});
    const auto someone = id_of("someone@example.com");
    const auto cases = call("GET", "/api/v1/cases?customer=" + someone).document();
    EXPECT_EQ(cases.at("items").as_array().size(), 1U);
    EXPECT_TRUE(
        call("GET", "/api/v1/cases?customer=" + bob).document().at("items").as_array().empty());
    const auto shown = call("GET", path(bob)).document();
    EXPECT_EQ(shown.at("name"), "Bob");
    EXPECT_EQ(shown.at("orders"), 1);
    EXPECT_EQ(shown.at("identities").at(0).at("rule"), "first_seen");
}

TEST_F(CustomersApi, AreJoinedAndSplitByAnAgentWithAReason) {
    const auto ann = id_of("ann@example.com");
    const auto bob = id_of("9");
    const auto joined =
        send("POST", path(bob, ":join"), {{"other", ann}, {"reason", "one person"}});
    ASSERT_EQ(joined.status, 200) << joined.body;
    EXPECT_EQ(std::string(joined.document().at("id").as_string()), ann) << "the older stays";
    EXPECT_EQ(orders_of(ann).size(), 2U);
    EXPECT_EQ(joined.document().at("history").at(0).at("actor"), "agent:test agent");
    EXPECT_EQ(joined.document().at("history").at(0).at("why"), "one person");
    const json::object bob_again{
        {"identities", json::array{json::object{{"connector", "shop"}, {"external_id", "9"}},
                                   json::object{{"email", "Bob@Example.com"}}}},
        {"reason", "two persons after all"}};
    const auto split = send("POST", path(ann, ":split"), bob_again);
    ASSERT_EQ(split.status, 200) << split.body;
    const std::string made(split.document().at("id").as_string());
    EXPECT_NE(made, ann);
    EXPECT_EQ(orders_of(made), Numbers{"78"});
    EXPECT_EQ(orders_of(ann), Numbers{"T-1"});
}

TEST_F(CustomersApi, WhatMakesNoSenseIsRefusedAtItsField) {
    const auto bob = id_of("9");
    const auto refusal = [](const Reply& reply) {
        return std::to_string(reply.status) + " " + reply.code();
    };
    const auto join = [&](const json::object& body) {
        return refusal(send("POST", path(bob, ":join"), body));
    };
    EXPECT_EQ(join({{"other", bob}, {"reason", "same"}}), "409 already_joined");
    EXPECT_EQ(join({{"other", "cu_none"}, {"reason", "same"}}), "422 no_such_customer");
    EXPECT_EQ(join({{"other", bob}}), "400 bad_body");
    const auto split = [&](const json::value& identity) {
        return send("POST", path(bob, ":split"),
                    {{"identities", json::array{identity}}, {"reason", "other"}});
    };
    const auto strange = split({{"email", "ann@example.com"}});
    EXPECT_EQ(refusal(strange), "422 not_its_identity");
    EXPECT_EQ(strange.document().at("errors").at(0).at("pointer"), "/identities/0");
    EXPECT_EQ(refusal(split({{"phone", "+49"}})), "400 bad_body");
    EXPECT_EQ(refusal(split({{"connector", "shop"}})), "400 bad_body");
}

}  // namespace
}  // namespace orderhub::http
