// Actions on an order: preconditions, keys, watching. What each command sends: action_inputs_test.
#include <set>

#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

class Actions : public CliTest {
protected:
    static constexpr const char* kSubmit = "POST /api/v1/orders/os_1/actions/return:submit";
    static constexpr const char* kPreview = "POST /api/v1/orders/os_1/actions/return:preview";

    void SetUp() override {
        CliTest::SetUp();
        with_order();
    }
    Seen posted() const {
        for (const Seen& each : hub_.seen())
            if (each.method == "POST") return each;
        return {};
    }
    /// The order as it is on each look after the submission.
    void then(std::initializer_list<const char*> looks) {
        hub_.on("GET /api/v1/orders?q=ABC999",
                {200, R"({"items":[{"id":"os_9","number":"ABC999"}]})"});
        auto first = json::parse(document("order"));
        first.as_object()["id"] = "os_9";
        hub_.on("GET /api/v1/orders/os_9", {200, json::serialize(first), "\"5\""});
        for (const char* look : looks)
            hub_.on("GET /api/v1/orders/os_9", {200, document(look)});
        hub_.on("POST /api/v1/orders/os_9/actions/return:submit", {200, document("submitted")});
    }
};

TEST_F(Actions, PreviewSendsTheLinesAndShowsTheFigures) {
    on(kPreview, document("preview"));
    const auto outcome = run("order return ABC123 --line l1:2 --reason damaged --preview");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(posted().body, R"({"lines":[{"line_id":"l1","quantity":2}],"reason":"damaged"})");
    EXPECT_EQ(posted().header("Content-Type"), "application/json");
    EXPECT_EQ(posted().header("If-Match"), "");
    EXPECT_EQ(posted().header("Idempotency-Key"), "");
    EXPECT_EQ(outcome.out,
              "Preview: return for order ABC123, version 5; nothing was changed\n"
              "  CHANGE                   LINE  NAME          QTY      NET     TAX  TOTAL EUR\n"
              "  return after fulfilment  l1    Becher 茶碗     2   -20.00   -4.00     -24.00\n"
              "                                 order before       1040.00  208.00    1248.00\n"
              "                                 order after        1020.00  204.00    1224.00\n"
              "  Refund       24.00 EUR to payment p1\n"
              "  Credit memo  24.00 EUR, of it tax 4.00\n"
              "  Afterwards   captured 1272.00, refunded 48.00, excess 0.00, due 0.00\n"
              "  Steps        refund.create, credit_memo.post\n"
              "To do exactly this: --submit --at-version 5\n");
}

TEST_F(Actions, LinesMayBeNamedByASkuWithColons) {
    on(kPreview, document("preview"));
    EXPECT_EQ(run("order return ABC123 --line MUG:blue:2 --line SOFA:1 --reason r --preview").code,
              kOk);
    EXPECT_EQ(posted().body, R"({"lines":[{"line_id":"l1","quantity":2},)"
                             R"({"line_id":"l2","quantity":1}],"reason":"r"})");
}

TEST_F(Actions, LinesThatCannotBeMeantAreNotSent) {
    const auto code = [&](const char* line) {
        return run(std::string("order return ABC123 --reason r --preview --line ") + line).code;
    };
    EXPECT_EQ(code("NOPE:1"), kNotFound);
    EXPECT_EQ(code("GIFT:1"), kConflict);
    EXPECT_EQ(code("l1"), kUsage);
    EXPECT_EQ(code("l1:0"), kUsage);
    EXPECT_EQ(code("l1:2x"), kUsage);
    EXPECT_EQ(code(":2"), kUsage);
    EXPECT_EQ(calls("POST"), 0u);
}

TEST_F(Actions, SubmitSendsTheVersionItReadAndAFreshKeyEachTime) {
    on(kSubmit, document("submitted"));
    std::set<std::string> keys;
    for (int turn = 0; turn < 2; ++turn) {
        const auto outcome = run("order return ABC123 --line l1:2 --reason two+broken --submit");
        ASSERT_EQ(outcome.code, kOk) << outcome.err;
        EXPECT_NE(outcome.out.find("action ac_1, version 6"), std::string::npos);
        EXPECT_EQ(last().header("If-Match"), "\"5\"");
        EXPECT_NE(last().body.find("\"two broken\""), std::string::npos);
        keys.insert(last().header("Idempotency-Key"));
    }
    EXPECT_EQ(keys.size(), 2u);
    EXPECT_GE(keys.begin()->size(), 20u);
}

TEST_F(Actions, WithoutAnETagTheVersionOfTheDocumentIsSent) {
    hub_.on("GET /api/v1/orders/os_2", {200, document("order")});
    on("POST /api/v1/orders/os_1/actions/cancel:submit", document("submitted"));
    EXPECT_EQ(run("order cancel os_2 --line l3:1 --reason r --submit").code, kOk);
    EXPECT_EQ(posted().header("If-Match"), "\"5\"");
}

TEST_F(Actions, WhoComesTooLateIsToldWhatChanged) {
    auto body = json::parse(problem(409, "order_changed", "the order has changed")).as_object();
    body["order_version"] = 6;
    body["changes"] =
        json::array{json::object{{"at", "2026-11-22T10:00:00.000Z"},
                                 {"actor", "agent:bob"},
                                 {"type", "action.submitted"},
                                 {"data", {{"action", "discount"}, {"reason", "late"}}}}};
    hub_.on(kSubmit, {409, json::serialize(body)});
    const auto outcome = run("order return ABC123 --line l1:2 --reason r --submit --at-version 4");
    EXPECT_EQ(posted().header("If-Match"), "\"4\"");
    EXPECT_EQ(outcome.code, kConflict);
    EXPECT_EQ(outcome.err,
              "orderhub: The order has changed. It is at version 6 now; look at a preview again. "
              "Since then:\n"
              "  AT                    BY         WHAT              ACTION    REASON\n"
              "  2026-11-22 10:00:00Z  agent:bob  action.submitted  discount  late\n");
}

TEST_F(Actions, ALimitOfARoleIsNotAnsweredWithAdviceAboutTokens) {
    on(kPreview, problem(403, "over_limit", "gifts may be 10.00 EUR at most"), 403);
    const auto outcome = run("order return ABC123 --line l1:1 --reason r --preview");
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_EQ(outcome.err, "orderhub: Gifts may be 10.00 EUR at most.\n");
}

TEST_F(Actions, SubmitSaysWhatWasMade) {
    on(kSubmit, document("submitted"));
    const auto outcome = run("order return ABC123 --line l1:2 --reason r --submit");
    EXPECT_NE(outcome.out.find("  Created      change order co_1, refund rf_1, credit memo cm_1\n"),
              std::string::npos)
        << outcome.out;
}

TEST_F(Actions, WhatCanBeDoneIsShownWithReasons) {
    on("GET /api/v1/orders/os_1/actions", document("eligibility"));
    const auto outcome = run("order actions ABC123");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    EXPECT_EQ(outcome.out,
              "Order ABC123, version 5\n"
              "  ACTION   POSSIBLE  LINE            UNITS  WHY NOT\n"
              "  cancel   no                               every unit was shipped\n"
              "           no        l1 Becher 茶碗      3  was shipped already\n"
              "  return   yes\n"
              "           yes       l1 Becher 茶碗      2\n"
              "           no        l1 Becher 茶碗      1  is on its way back\n"
              "  suspend  yes\n");
    EXPECT_EQ(run("order actions ABC123 --json").out, document("eligibility") + "\n");
}

TEST_F(Actions, ARefusalNamesTheField) {
    json::array errors;
    errors.push_back({{"pointer", "/lines/0/quantity"}, {"detail", "only 3 can be returned"}});
    const std::string document = problem(422, "over_return", "only 3 can be returned", errors);
    on(kPreview, document, 422);
    const auto outcome = run("order return ABC123 --line l1:9 --reason r --preview --json");
    EXPECT_EQ(outcome.code, kConflict);
    EXPECT_EQ(outcome.err, "orderhub: Only 3 can be returned (/lines/0/quantity).\n");
    EXPECT_EQ(outcome.out, document + "\n");
}

TEST_F(Actions, OneOfPreviewAndSubmitMustBeChosen) {
    EXPECT_EQ(run("order return ABC123 --line l1:1 --reason r").code, kUsage);
    EXPECT_EQ(run("order return ABC123 --line l1:1 --reason r --preview --submit").code, kUsage);
    EXPECT_EQ(run("order return ABC123 --line l1:1 --reason r --preview --watch").code, kUsage);
    EXPECT_EQ(run("order return ABC123 --line l1:1 --preview").code, kUsage);
    EXPECT_TRUE(hub_.seen().empty());
}

TEST_F(Actions, AnAnswerThatDoesNotComeSaysHowToRepeatIt) {
    hub_.on(kSubmit, {.status = 200, .body = "", .silent = true});
    const auto outcome = run("--timeout 1 order return ABC123 --line l1:2 --reason r --submit");
    EXPECT_EQ(outcome.code, kUnreachable);
    const std::string key = posted().header("Idempotency-Key");
    EXPECT_NE(outcome.err.find("did not answer in time"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("--idempotency-key " + key), std::string::npos) << outcome.err;
    EXPECT_EQ(calls("POST"), 1u);
}

TEST_F(Actions, ARepeatSendsTheKeyItWasGiven) {
    on(kSubmit, document("submitted"));
    EXPECT_EQ(run("order return ABC123 --line l1:2 --reason r --submit --idempotency-key k-1").code,
              kOk);
    EXPECT_EQ(posted().header("Idempotency-Key"), "k-1");
}

TEST_F(Actions, WatchShowsEachChangeUntilAllIsDone) {
    then({"steps_working", "steps_working", "steps_half_done", "steps_done"});
    const auto outcome = run("order return ABC999 --line l1:2 --reason r --submit --watch");
    EXPECT_EQ(outcome.code, kOk) << outcome.err;
    const auto at = outcome.out.find("  refund.create (shop): in_flight");
    ASSERT_NE(at, std::string::npos) << outcome.out;
    EXPECT_EQ(outcome.out.substr(at),
              "  refund.create (shop): in_flight\n"
              "  credit_memo.post (books): waiting: connection refused\n"
              "  refund.create (shop): done\n"
              "  credit_memo.post (books): unknown: reset by peer\n"
              "  credit_memo.post (books): done\n");
}

TEST_F(Actions, WatchEndsWithAFailureWhenAStepIsParked) {
    then({"steps_parked"});
    const auto outcome = run("order return ABC999 --line l1:2 --reason r --submit --watch");
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_NE(outcome.out.find("refund.create (shop): parked: REFUND_AMOUNT_ERROR: too much"),
              std::string::npos);
    EXPECT_NE(outcome.err.find("Of 2 steps, 1 cannot go on"), std::string::npos) << outcome.err;
}

TEST_F(Actions, WatchDoesNotGoOnForever) {
    then({"steps_working"});
    const auto outcome =
        run("order return ABC999 --line l1:2 --reason r --submit --watch --watch-for 1");
    EXPECT_EQ(outcome.code, kFailed);
    EXPECT_NE(outcome.err.find("after 1 s (still open: 2)"), std::string::npos);
}

TEST_F(Actions, WatchAsJsonIsTheSubmissionAndThenTheOrder) {
    then({"steps_working", "steps_done"});
    const auto outcome = run("order return ABC999 --line l1:2 --reason r --submit --watch --json");
    EXPECT_EQ(outcome.code, kOk);
    EXPECT_EQ(outcome.out, document("submitted") + "\n" + document("steps_done") + "\n");
}

}  // namespace
}  // namespace orderhub::cli
