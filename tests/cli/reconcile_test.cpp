// reconcile: the table, CSV, JSON, and what the exit code says.
#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

const std::string kRunning =
    R"({"id":"rc_1","state":"running","asked":[],"counts":null,"items":[],"error":null})";

class Reconcile : public CliTest {
protected:
    void SetUp() override {
        CliTest::SetUp();
        on("POST /api/v1/reconciliations", kRunning, 202);
        on("GET /api/v1/reconciliations/rc_1", document("reconciliation"));
    }
};

TEST_F(Reconcile, FollowsTheRunAndShowsATable) {
    const auto outcome = run("reconcile --from 2026-11-01 --to 2026-11-30");
    EXPECT_EQ(outcome.code, kDifferences) << outcome.err;
    EXPECT_EQ(hub_.seen().front().body, R"({"from":"2026-11-01","to":"2026-11-30"})");
    for (const char* part :
         {"KIND       SIDE        ORDER   SUBJECT     OURS  THEIRS  CUR  CODE          REASON\n",
          "missing    books       ABC123  CM-000001  12.00          EUR  memo_refused  It was "
          "refused by the books (\"closed\", they say).\n",
          "1 missing, 0 doubled, 0 different, 1 explained. Asked: shop (12 records), books (3 "
          "records).\n"})
        EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
}

TEST_F(Reconcile, CsvQuotesWhatNeedsIt) {
    const auto outcome = run("reconcile --from 2026-11-01 --to 2026-11-30 --csv");
    EXPECT_EQ(outcome.code, kDifferences);
    EXPECT_EQ(outcome.out,
              "kind,side,order_number,subject,ours,theirs,currency,code,reason\r\n"
              "missing,books,ABC123,CM-000001,12.00,,EUR,memo_refused,\"It was refused by the "
              "books (\"\"closed\"\", they say).\"\r\n"
              "explained,storefront,ABC123,24,24.00,36.00,EUR,changed_here,Changes made in the "
              "hub that the storefront does not show: -12.00 EUR.\r\n");
}

TEST_F(Reconcile, JsonIsTheApisDocument) {
    const auto outcome = run("reconcile --from 2026-11-01 --to 2026-11-30 --json");
    EXPECT_EQ(outcome.code, kDifferences);
    EXPECT_EQ(outcome.out, document("reconciliation") + "\n");
}

TEST_F(Reconcile, WhatIsExplainedIsNoDifference) {
    auto none = json::parse(document("reconciliation")).as_object();
    none["counts"].as_object()["missing"] = 0;
    none["items"].as_array().erase(none["items"].as_array().begin());
    on("POST /api/v1/reconciliations", json::serialize(none), 202);
    run("reconcile --from 2026-11-01 --to 2026-11-30");
    EXPECT_EQ(run("reconcile --from 2026-11-01 --to 2026-11-30").code, kOk);
}

TEST_F(Reconcile, OneConnectorOnly) {
    run("reconcile --from 2026-11-01 --to 2026-11-30 --connector books");
    EXPECT_EQ(hub_.seen().front().body,
              R"({"from":"2026-11-01","to":"2026-11-30","connector":"books"})");
}

TEST_F(Reconcile, AConnectorThatCannotBeReadFailsTheRun) {
    const std::string bad =
        R"({"id":"rc_1","state":"failed","asked":[],"counts":null,"items":[],)"
        R"("error":{"code":"connector_failed","message":"books could not be read: busy"}})";
    on("POST /api/v1/reconciliations", bad, 202);
    run("reconcile --from 2026-11-01 --to 2026-11-30");
    const auto outcome = run("reconcile --from 2026-11-01 --to 2026-11-30 --json");
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(outcome.out, bad + "\n");
    EXPECT_EQ(outcome.err,
              "orderhub: The reconciliation has failed: books could not be read: busy\n");
}

TEST_F(Reconcile, RefusalsAndUsage) {
    EXPECT_EQ(run("reconcile --from 2026-11-01").code, kUsage);
    on("POST /api/v1/reconciliations", problem(422, "cannot_be_asked", "the connector x cannot"),
       422);
    run("reconcile --from 2026-11-01 --to 2026-11-30");
    EXPECT_EQ(run("reconcile --from 2026-11-01 --to 2026-11-30").code, kConflict);
}

}  // namespace
}  // namespace orderhub::cli
