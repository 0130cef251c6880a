// deliveries, inbox, connectors
#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

class Lists : public CliTest {};

TEST_F(Lists, DeliveriesOfAnOrderInAState) {
    with_order();
    on("GET /api/v1/deliveries?connector=books&state=parked&order=os_1&limit=2",
       document("deliveries"));
    const auto outcome =
        run("deliveries list --connector books --state parked --order ABC123 --limit 2");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(outcome.out,
              "ID    CONNECTOR  KIND              STATE   ATTEMPTS  UPDATED               ORDER  "
              "SAYS\n"
              "dl_1  books      credit_memo.post  parked         3  2026-11-22 09:30:00Z  os_1   "
              "the period is closed\n"
              "dl_2  shop       refund.create     done           1  2026-11-22 09:30:00Z  os_1\n");
    EXPECT_EQ(run("deliveries list --state lost").code, kUsage);
    EXPECT_EQ(run("deliveries list --limit 999").code, kUsage);
}

TEST_F(Lists, ADeliveryWithItsAttempts) {
    on("GET /api/v1/deliveries/dl_1", document("delivery"));
    const auto outcome = run("deliveries show dl_1");
    EXPECT_EQ(outcome.code, kOk);
    for (const char* part : {"Delivery dl_1  parked", R"({"memo":{"number":"CM-000001"}})",
                             "2026-11-22 09:10:00Z  retry    unreachable  connection refused"})
        EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
    EXPECT_EQ(run("deliveries show dl_1 --json").out, document("delivery") + "\n");
}

TEST_F(Lists, DecisionsAboutADelivery) {
    for (const std::string decision : {"retry", "park", "drop"}) {
        on("POST /api/v1/deliveries/dl_1:" + decision, document("delivery"));
        const auto outcome = run("deliveries " + decision + " dl_1");
        EXPECT_EQ(outcome.code, kOk) << outcome.err;
        EXPECT_EQ(last().target, "/api/v1/deliveries/dl_1:" + decision);
        EXPECT_EQ(outcome.out, "Delivery dl_1 is parked now.\n");
    }
}

TEST_F(Lists, ADecisionThatItsStateForbidsIsAConflict) {
    on("POST /api/v1/deliveries/dl_1:retry", problem(409, "not_now", "it is done already"), 409);
    const auto outcome = run("deliveries retry dl_1");
    EXPECT_EQ(outcome.code, kConflict);
    EXPECT_EQ(outcome.err, "orderhub: It is done already.\n");
}

TEST_F(Lists, AnIdIsOneSegmentOfThePath) {
    EXPECT_EQ(run("deliveries show ../tokens").code, kNotFound);
    EXPECT_EQ(last().target, "/api/v1/deliveries/..%2Ftokens");
}

TEST_F(Lists, TheInbox) {
    on("GET /api/v1/inbox?state=parked", document("inbox"));
    on("GET /api/v1/inbox/41", document("message"));
    on("POST /api/v1/inbox/41:retry", document("message"));
    EXPECT_NE(run("inbox list").out.find("41  shop       2026-11-22 09:00:00Z"), std::string::npos)
        << run("inbox list").out;
    EXPECT_NE(run("inbox show 41").out.find(R"({"a":1})"), std::string::npos);
    EXPECT_EQ(run("inbox retry 41").out, "Message 41 is parked now.\n");
    EXPECT_EQ(run("inbox retry x").code, kUsage);
}

TEST_F(Lists, ConnectorsWithWhatWaitsForThem) {
    on("GET /api/v1/connectors", document("connectors"));
    const auto outcome = run("connectors list");
    EXPECT_EQ(outcome.code, kOk);
    EXPECT_NE(outcome.out.find("4       3  paused   connection refused"), std::string::npos)
        << outcome.out;
    EXPECT_EQ(run("connectors list --json").out, document("connectors") + "\n");
}

TEST_F(Lists, CheckAsksEachAndFailsIfOneCannotBeUsed) {
    const std::string good =
        R"({"connector":"shop","ok":true,"outcome":"done","code":"","message":"Vendure 3.4"})";
    const std::string bad =
        R"({"connector":"books","ok":false,"outcome":"rejected","code":"x","message":"no right"})";
    on("GET /api/v1/connectors", document("connectors"));
    on("POST /api/v1/connectors/shop:check", good);
    on("POST /api/v1/connectors/books:check", bad);
    const auto all = run("connectors check");
    EXPECT_EQ(all.code, kFailed);
    EXPECT_EQ(all.out,
              "NAME   OK   OUTCOME   SAYS\n"
              "shop   yes  done      Vendure 3.4\n"
              "books  NO   rejected  no right\n");
    EXPECT_EQ(run("connectors check --json").out, R"({"items":[)" + good + "," + bad + "]}\n");
    const auto one = run("connectors check shop --json");
    EXPECT_EQ(one.code, kOk);
    EXPECT_EQ(one.out, good + "\n");
    EXPECT_EQ(run("connectors check nope").code, kNotFound);
}

}  // namespace
}  // namespace orderhub::cli
