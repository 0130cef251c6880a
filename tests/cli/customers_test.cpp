#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

constexpr const char* kOne =
    R"({"items":[{"id":"cu_1","kind":"person","name":"Zoe","created_at":"2026-11-20T10:00:00.000Z"}],)"
    R"("next":null})";
constexpr const char* kTwo =
    R"({"items":[{"id":"cu_1","kind":"person","name":"Zoe","created_at":"2026-11-20T10:00:00Z"},)"
    R"({"id":"cu_2","kind":"person","name":"Bob","created_at":"2026-11-20T10:00:00Z"}],)"
    R"("next":null})";

class Customers : public CliTest {
protected:
    void SetUp() override {
        CliTest::SetUp();
        on("GET /api/v1/customers?q=7", kOne);
        on("GET /api/v1/customers/cu_1", document("customer"));
        on("POST /api/v1/customers/cu_1:join", document("customer"));
        on("POST /api/v1/customers/cu_1:split", document("customer"));
    }
};

TEST_F(Customers, FindListsThem) {
    const auto outcome = run("customers find 7");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(outcome.out,
              "NAME  KIND    SINCE                 ID\n"
              "Zoe   person  2026-11-20 10:00:00Z  cu_1\n");
}

TEST_F(Customers, ShowTellsIdentitiesReasonsAndHistory) {
    const auto outcome = run("customers show 7");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    for (const char* part :
         {"Customer cu_1  person  Zoë Example\n", "  orders     2\n", "shop:7 ", "zoe@example.test",
          "order os_2 showed it with person:shop:7", "Buys for\n", "Acme Ltd", "May be the same\n",
          "order 8 has the phone number of order 7", "agent:kim", "same person"})
        EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
    EXPECT_EQ(outcome.out.find("Buyers"), std::string::npos);
    EXPECT_EQ(run("customers show cu_1 --json").out, document("customer") + "\n");
}

TEST_F(Customers, ExportPrintsAllPagesAsOneDocument) {
    on("GET /api/v1/orders?customer=cu_1&limit=200", R"({"items":[{"id":"os_2"}],"next":"os_2"})");
    on("GET /api/v1/orders?customer=cu_1&limit=200&before=os_2",
       R"({"items":[{"id":"os_1"}],"next":null})");
    on("GET /api/v1/cases?customer=cu_1&limit=200", R"({"items":[{"id":"cs_1"}],"next":null})");
    for (const std::string id : {"os_1", "os_2"}) {
        on("GET /api/v1/orders/" + id, R"({"id":")" + id + R"("})");
        on("GET /api/v1/orders/" + id + "/events?after=0",
           R"({"items":[{"sequence":4},{"sequence":7}],"next":7})");
        on("GET /api/v1/orders/" + id + "/events?after=7", R"({"items":[],"next":7})");
    }
    on("GET /api/v1/cases/cs_1", R"({"id":"cs_1","subject":"Where is it"})");
    const auto outcome = run("customers export 7");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    const auto document = boost::json::parse(outcome.out).as_object();
    EXPECT_EQ(document.at("customer").at("id").as_string(), "cu_1");
    EXPECT_EQ(document.at("orders").as_array().size(), 2U);
    EXPECT_EQ(document.at("orders").at(1).at("order").at("id").as_string(), "os_1");
    EXPECT_EQ(document.at("orders").at(0).at("events").as_array().size(), 2U);
    EXPECT_EQ(document.at("cases").at(0).at("subject").as_string(), "Where is it");
}

TEST_F(Customers, EraseFollowsItToTheEnd) {
    const std::string begun =
        R"({"id":"er_1","customer_id":"cu_1","state":"running","dry_run":false,)"
        R"("erased":{},"kept":{},"left":{}})";
    on("POST /api/v1/customers/cu_1:erase", begun);
    on("GET /api/v1/erasures/er_1",
       R"({"id":"er_1","customer_id":"cu_1","state":"waiting","dry_run":false,)"
       R"("erased":{"flow_runs":2},"kept":{"credit_memos":3},"left":{"deliveries":1}})");
    const auto outcome = run("customers erase cu_1 --reason asked --yes");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(hub_.seen().front().body, R"({"reason":"asked","dry_run":false})");
    for (const char* words : {"flow runs          2", "credit memos       3",
                              "deliveries         1", "orderhub deliveries list"})
        EXPECT_NE(outcome.out.find(words), std::string::npos) << outcome.out;
}

TEST_F(Customers, EraseIsNotDoneByOversight) {
    const auto outcome = run("customers erase cu_1 --reason asked");
    EXPECT_EQ(outcome.code, kUsage);
    EXPECT_NE(outcome.err.find("--dry-run"), std::string::npos) << outcome.err;
    EXPECT_EQ(run("customers erase cu_1 --yes").code, kUsage) << "a reason is needed";
    EXPECT_EQ(calls("POST"), 0u);
}

TEST_F(Customers, JoinSendsTheOtherAndTheReason) {
    const auto outcome = run("customers join 7 cu_2 --reason same+person");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(last().method, "POST");
    EXPECT_EQ(last().body, R"({"other":"cu_2","reason":"same person"})");
    EXPECT_EQ(run("customers join 7 cu_2").code, kUsage) << "a reason is needed";
}

TEST_F(Customers, SplitTakesEmailsAndNumbers) {
    const auto outcome = run("customers split cu_1 zoe@example.test shop:a:7 --reason mailbox");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(last().body, R"({"identities":[{"email":"zoe@example.test"},)"
                           R"({"connector":"shop","external_id":"a:7"}],"reason":"mailbox"})");
    const auto calls_before = calls("POST");
    EXPECT_EQ(run("customers split cu_1 zoe --reason mailbox").code, kUsage);
    EXPECT_EQ(calls("POST"), calls_before);
}

TEST_F(Customers, ANumberOfSeveralCustomersIsAConflict) {
    on("GET /api/v1/customers?q=9", kTwo);
    on("GET /api/v1/customers?q=10", R"({"items":[],"next":null})");
    const auto several = run("customers show 9");
    EXPECT_EQ(several.code, kConflict);
    EXPECT_NE(several.err.find("cu_1, cu_2"), std::string::npos) << several.err;
    EXPECT_EQ(run("customers show 10").code, kNotFound);
}

TEST_F(Customers, OrdersAndCasesAreFoundByCustomer) {
    on("GET /api/v1/orders?customer=cu_1", document("orders"));
    on("GET /api/v1/cases?customer=cu_1", document("cases"));
    EXPECT_EQ(run("orders find --customer cu_1").code, kOk);
    EXPECT_EQ(run("cases find --customer cu_1").code, kOk);
}

}  // namespace
}  // namespace orderhub::cli
