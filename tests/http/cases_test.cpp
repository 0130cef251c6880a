// Agents decide which orders a case is about.
#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

class CaseLinks : public ApiTest {
protected:
    void SetUp() override {
        ApiTest::SetUp();
        first_ = import_order();
        auto record = order_record();
        record["source"].as_object()["external_id"] = "78";
        record["number"] = "T-2";
        import_order(record);
        const auto page = call("GET", "/api/v1/orders?q=T-2").document();
        second_ = page.at("items").at(0).at("id").as_string();
        path_ = "/api/v1/cases/" + import_case();
    }
    Reply link(json::array orders, const std::string& token = "agent") {
        json::object body{{"order_id", orders.at(0)}};
        orders.erase(orders.begin());
        if (!orders.empty()) body["further_order_ids"] = orders;
        return send("PUT", path_ + "/link", body, token);
    }
    Reply reject(const std::string& order, const std::string& token = "agent") {
        return send("POST", path_ + ":reject", {{"order_id", order}}, token);
    }

    std::string first_, second_, path_;
};

TEST_F(CaseLinks, LinkedToSeveralRejectedRelinkedAndUnlinked) {
    auto reply = link({first_, second_});
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.document().at("order_ids"), (json::array{first_, second_}));
    EXPECT_TRUE(reply.document().at("decided_by").as_string().starts_with("agent:"));

    reply = reject(first_);
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.document().at("order_ids"), json::array{second_});
    EXPECT_EQ(reply.document().at("rejected_orders"), json::array{first_});

    EXPECT_EQ(link({first_}).document().at("rejected_orders"), json::array{second_});
    const auto none = call("DELETE", path_ + "/link").document();
    EXPECT_EQ(none.at("decision").as_string(), "none");
    EXPECT_TRUE(none.at("order_ids").as_array().empty());
    EXPECT_EQ(none.at("rejected_orders").as_array().size(), 2U);
}

TEST_F(CaseLinks, AreShownWithEachOrder) {
    link({first_, second_});
    for (const std::string& order : {first_, second_}) {
        const auto shown = call("GET", "/api/v1/orders/" + order).document();
        EXPECT_EQ(shown.at("cases").as_array().size(), 1U);
        const auto found = call("GET", "/api/v1/cases?order=" + order).document();
        EXPECT_EQ(found.at("items").as_array().size(), 1U);
    }
}

TEST_F(CaseLinks, NeedTheirRight) {
    const std::string reader = make_token("read-only");
    EXPECT_EQ(link({first_}, reader).status, 403);
    EXPECT_EQ(reject(first_, reader).status, 403);
    EXPECT_EQ(call("DELETE", path_ + "/link", reader).status, 403);
    EXPECT_EQ(reject(first_, "").status, 401);
}

}  // namespace
}  // namespace orderhub::http
