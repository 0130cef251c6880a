// Searching by the beginning of a number, an address or a name; returns across orders; the
// journal's end.
#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

class SearchTest : public ApiTest {
protected:
    void SetUp() override {
        ApiTest::SetUp();
        auto record = order_record();
        record["number"] = "W-10482";
        record["customer"] = {{"name", "Hanna Okonkwo"},
                              {"email", "hanna@example.com"},
                              {"phone", "+49 40 5550 0142"}};
        order_ = import_order(record);
    }

    std::size_t found(const std::string& path) {
        const auto reply = call("GET", path);
        EXPECT_EQ(reply.status, 200) << reply.body;
        return reply.document().at("items").as_array().size();
    }

    std::string order_;
};

TEST_F(SearchTest, FindsOrdersByTheBeginningOfWhatTheyAreFoundBy) {
    for (const auto* text : {"W-1*", "w-104*", "HANNA@ex*", "%2B49 40 55*", "0049405*", "W-10482*"})
        EXPECT_EQ(found("/api/v1/orders?q=" + std::string(text)), 1u) << text;
    for (const auto* text : {"W-2*", "bob*", "%2B44 20*", "W-104", "hanna", "*", "W*"})
        EXPECT_EQ(found("/api/v1/orders?q=" + std::string(text)), 0u) << text;
}

TEST_F(SearchTest, FindsCustomersByTheBeginningOfAWordOfTheirName) {
    for (const auto* text : {"okon*", "Hanna*", "hanna okon*", "hanna@*"})
        EXPECT_EQ(found("/api/v1/customers?q=" + std::string(text)), 1u) << text;
    for (const auto* text : {"nkwo*", "okonkwa*", "okon"})
        EXPECT_EQ(found("/api/v1/customers?q=" + std::string(text)), 0u) << text;
}

TEST_F(SearchTest, FindsCasesByTheBeginningOfTheirNumberOrRequester) {
    import_case();
    const auto all = call("GET", "/api/v1/cases").document().at("items").as_array();
    ASSERT_EQ(all.size(), 1u);
    const std::string email(all[0].at("requester_email").as_string());
    EXPECT_EQ(found("/api/v1/cases?q=" + email.substr(0, 4) + "*"), 1u) << email;
    EXPECT_EQ(found("/api/v1/cases?q=zzz*"), 0u);
}

TEST_F(SearchTest, FindsAnExpectedReturnByItsNumber) {
    EXPECT_EQ(found("/api/v1/returns"), 0u);
    const auto etag = call("GET", "/api/v1/orders/" + order_).headers["etag"];
    const json::object body{
        {"lines", json::array{json::object{{"line_id", "l1"}, {"quantity", 2}}}},
        {"reason", "torn"}};
    const auto done = send("POST", "/api/v1/orders/" + order_ + "/actions/open-return:submit", body,
                           "agent", {{"If-Match", etag}, {"Idempotency-Key", "k"}});
    ASSERT_EQ(done.status, 200) << done.body;
    const auto page = call("GET", "/api/v1/returns").document();
    ASSERT_EQ(page.at("items").as_array().size(), 1u);
    const auto& item = page.at("items").at(0);
    EXPECT_EQ(item.at("order_number"), "W-10482");
    EXPECT_EQ(item.at("lines").at(0).at("name"), "Mug");
    const std::string number(item.at("return_order").at("number").as_string());
    EXPECT_EQ(found("/api/v1/returns?q=" + number), 1u);
    EXPECT_EQ(found("/api/v1/returns?q=W-10482"), 1u);
    EXPECT_EQ(found("/api/v1/orders?q=" + number), 1u);
    EXPECT_EQ(found("/api/v1/returns?q=RMA-999999"), 0u);
}

TEST_F(SearchTest, BeginsSoManyEventsBeforeTheJournalsEnd) {
    const auto all = call("GET", "/api/v1/events").document().at("items").as_array();
    ASSERT_GE(all.size(), 1u);
    const auto last = call("GET", "/api/v1/events?newest=1").document().at("items").as_array();
    ASSERT_EQ(last.size(), 1u);
    EXPECT_EQ(last[0].at("sequence"), all.back().at("sequence"));
    EXPECT_EQ(found("/api/v1/events?newest=0"), 0u);
    EXPECT_EQ(found("/api/v1/events?newest=500"), all.size());
    EXPECT_EQ(call("GET", "/api/v1/events?newest=501").status, 400);
}

TEST_F(SearchTest, ShowsWhatATotalIsMadeOf) {
    submit_return(order_, "k", 1);
    const auto order = call("GET", "/api/v1/orders/" + order_).document();
    const auto& totals = order.at("totals");
    ASSERT_EQ(totals.at("placed").as_array().size(), 1u);
    EXPECT_EQ(totals.at("placed").at(0).at("part"), "items");
    EXPECT_EQ(totals.at("placed").at(0).at("amount").at("inc"), "36.00");
    ASSERT_EQ(totals.at("since").as_array().size(), 1u);
    EXPECT_EQ(totals.at("since").at(0).at("part"), "return");
    EXPECT_EQ(totals.at("since").at(0).at("amount").at("inc"), "-12.00");
    const auto& money = order.at("money");
    EXPECT_EQ(money.at("kept"), "24.00");
    EXPECT_EQ(money.at("refunds_under_way"), "12.00");
    EXPECT_EQ(money.at("refunds_unknown"), "0.00");
}

}  // namespace
}  // namespace orderhub::http
