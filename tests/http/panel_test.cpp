// The panel: its address is the key, and nothing else; it shows one case and its order; frames only
// where the operator said.
#include "hub/http/panel.hpp"

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

constexpr const char* kSecret = "a secret of more than 32 characters";

class PanelTest : public ApiTest {
protected:
    void SetUp() override {
        panel_ = {.secret = kSecret,
                  .frame_ancestors = {"https://desk.test", "https://*.help.test"},
                  .minutes = 10,
                  .public_url = "https://hub.test"};
        ApiTest::SetUp();
        order_ = import_order();
        case_ = import_case();
    }
    std::int64_t in_seconds(std::int64_t seconds) { return now_ / 1000 + seconds; }
    /// What the page itself asks for.
    Reply show(const std::string& connector, const std::string& id, std::int64_t expires,
               const std::string& signature) {
        return call("GET",
                    "/api/v1/embed/case/" + connector + "/" + id +
                        "?expires=" + std::to_string(expires) + "&signature=" + signature,
                    "");
    }
    Reply show(std::int64_t expires) {
        const auto row = stored();
        return show(row.connector, row.external_id, expires,
                    panel_signature(kSecret, {row.connector, row.external_id, expires}));
    }
    servicing::CaseRow stored() {
        servicing::CaseRow row;
        EXPECT_TRUE(store_->read([&](store::Transaction& transaction) -> Result<void> {
            row = transaction.case_by_id(case_).value();
            return {};
        }));
        return row;
    }
    void link() {
        const auto reply =
            send("PUT", "/api/v1/cases/" + case_ + "/link", json::object{{"order_id", order_}});
        ASSERT_EQ(reply.status, 200) << reply.body;
    }

    std::string order_;
    std::string case_;
};

TEST_F(PanelTest, TheSignatureIsWhatADeskWorksOut) {
    // printf 'desk\n4711\n1800000000' | openssl dgst -sha256 -hmac "$secret"
    EXPECT_EQ(panel_signature(kSecret, {"desk", "4711", 1'800'000'000}),
              "7d2b6e8a41d930da6c29e650bbb7db76182caeff0212116d03b31016da2649ed");
}

TEST_F(PanelTest, ShowsTheCaseAndItsOrderWithoutASignIn) {
    link();
    const auto reply = show(in_seconds(60));
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto panel = reply.document();
    EXPECT_EQ(panel.at("case").at("id").as_string(), case_);
    EXPECT_EQ(panel.at("order").at("id").as_string(), order_);
    EXPECT_EQ(panel.at("hub"), "https://hub.test");
}

TEST_F(PanelTest, AnAddressForOneCaseOpensNoOther) {
    const auto row = stored();
    const auto expires = in_seconds(60);
    const auto signature = panel_signature(kSecret, {row.connector, row.external_id, expires});
    EXPECT_EQ(show(row.connector, row.external_id + "1", expires, signature).status, 401);
    EXPECT_EQ(show(row.connector + "1", row.external_id, expires, signature).status, 401);
    EXPECT_EQ(show(row.connector, row.external_id, expires + 1, signature).status, 401);
    EXPECT_EQ(show(row.connector, row.external_id, expires, "").code(), "bad_signature");
}

TEST_F(PanelTest, ItIsOverWhenItsTimeIsAndNeverLastsMoreThanADay) {
    const auto expires = in_seconds(60);
    EXPECT_EQ(show(expires).status, 200);
    now_ += 60'000;
    EXPECT_EQ(show(expires).code(), "panel_expired");
    EXPECT_EQ(show(in_seconds(kLongestPanelSeconds + 1)).code(), "panel_expired");
}

TEST_F(PanelTest, WhoMayReadMakesAnAddressThatWorks) {
    const auto made = call("POST", "/api/v1/cases/" + case_ + ":panel-address");
    ASSERT_EQ(made.status, 200) << made.body;
    const std::string url(made.document().at("url").as_string());
    ASSERT_TRUE(url.starts_with("https://hub.test/embed/case/"));
    EXPECT_EQ(
        call("GET", "/api/v1" + url.substr(std::string("https://hub.test").size()), "").status,
        200);
    EXPECT_EQ(call("POST", "/api/v1/cases/cs_none:panel-address").status, 404);
    EXPECT_EQ(call("POST", "/api/v1/cases/" + case_ + ":panel-address", "").status, 401);
}

TEST_F(PanelTest, ACaseWithoutAnOrderShowsNone) {
    ASSERT_EQ(call("DELETE", "/api/v1/cases/" + case_ + "/link").status, 200);
    const auto reply = show(in_seconds(60));
    EXPECT_FALSE(reply.document().contains("order"));
}

}  // namespace
}  // namespace orderhub::http
