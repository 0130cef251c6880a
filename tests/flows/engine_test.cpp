// Runs after their action, step by step.
#include "stage.hpp"

namespace orderhub::flows {
namespace {

constexpr std::int64_t kDay = 86'400'000;

class FlowEngine : public FlowStage {
protected:
    std::vector<Complaint> by_hand(const std::string& steps) {
        return load({"flow: mine\ntitle: Mine\nstarts: {by_hand: true}\nafter:\n" + steps});
    }
    std::vector<Complaint> after_return(const std::string& steps) {
        return load({"flow: mine\ntitle: Mine\nstarts: {action: return}\nafter:\n" + steps});
    }
    /// Runs a flow of these steps to where it rests.
    json::object ran(const std::string& steps, json::object input = {}) {
        const auto complaints = by_hand(steps);
        EXPECT_TRUE(complaints.empty()) << complaints.front().text();
        const auto run = start("mine", std::move(input));
        EXPECT_TRUE(run);
        go_on();
        return run_of(run->id);
    }
};

TEST_F(FlowEngine, TheBuiltInReturnWaitsUntilItsActionIsDone) {
    ASSERT_TRUE(load({}).empty());
    const auto done = submit(ActionKind::return_, units(1));
    ASSERT_TRUE(done);
    go_on();
    EXPECT_EQ(at(only_run(), "/state"), "waiting");
    EXPECT_EQ(at(only_run(), "/message"), "for action_completed");
    EXPECT_EQ(at(only_run(), "/action_id"), at(*done, "/action_id"));
    all_done();
    go_on();
    EXPECT_EQ(at(only_run(), "/state"), "done");
    EXPECT_EQ(told(only_run()), "completed done");
}

TEST_F(FlowEngine, StepsComeInTheirOrderWithWhatTheyGave) {
    const auto run =
        ran("  - {id: a, compute: input.n + 1}\n"
            "  - {id: b, compute: steps.a * 2}\n"
            "  - {id: c, note: \"{{ steps.b }} of {{ order.number }}\", when: input.n > 5}\n"
            "  - {id: d, note: \"{{ steps.b }} of {{ order.number }}\"}\n",
            {{"n", 3}});
    EXPECT_EQ(at(run, "/state"), "done");
    EXPECT_EQ(told(run), "a done, b done, c skipped, d done");
    EXPECT_EQ(at(run, "/steps/1/output"), "8");
    EXPECT_EQ(at(run, "/steps/3/output"), "8 of ABC123");
    EXPECT_TRUE(happened("flow.note"));
}

TEST_F(FlowEngine, BranchesAndLoops) {
    const auto run =
        ran("  - for_each:\n"
            "      in: \"{10, 20}\"\n"
            "      as: n\n"
            "      do:\n"
            "        - branch:\n"
            "            if: n > 15\n"
            "            then: [{id: big, compute: n}]\n"
            "            else: []\n"
            "        - {id: each, compute: n + 1}\n"
            "  - {id: last, compute: steps.each}\n");
    EXPECT_EQ(at(run, "/state"), "done");
    EXPECT_EQ(told(run),
              "for_each_1 done, branch_1 done, each done, branch_1 done, big done, "
              "each done, last done");
    EXPECT_EQ(at(run, "/steps/6/output"), "21");
    EXPECT_EQ(at(ran("  - for_each: {in: \"{}\", do: [{note: x}]}\n"), "/state"), "done");
}

TEST_F(FlowEngine, AWaitEndsWithItsEventOrItsDeadline) {
    auto run =
        ran("  - wait: {event: order.suspended, within: 2d}\n"
            "    otherwise: [{id: late, note: nothing came}]\n"
            "  - {id: last, note: over}\n");
    EXPECT_EQ(at(run, "/state"), "waiting");
    clock_ += 2 * kDay;
    go_on();
    EXPECT_EQ(told(only_run()), "wait_1 done, late done, last done");
    EXPECT_EQ(at(only_run(), "/steps/0/duration_ms"), std::to_string(2 * kDay));
}

TEST_F(FlowEngine, AWaitWithoutAWayOutFails) {
    auto run = ran("  - wait: {until: order.status == 'never', within: 1h}\n");
    clock_ += kDay;
    go_on();
    EXPECT_EQ(at(only_run(), "/state"), "failed");
    EXPECT_EQ(at(only_run(), "/failure/code"), "too_late");
    EXPECT_TRUE(happened("flow.failed"));
}

TEST_F(FlowEngine, APauseTakesItsTime) {
    auto run = ran("  - pause: 3h\n  - {id: last, note: over}\n");
    EXPECT_EQ(at(run, "/state"), "waiting");
    go_on();
    EXPECT_EQ(at(only_run(), "/state"), "waiting");
    clock_ += 3 * 3'600'000;
    go_on();
    EXPECT_EQ(at(only_run(), "/state"), "done");
}

TEST_F(FlowEngine, WaitsSeeRefundsMemosAndParcels) {
    ASSERT_TRUE(after_return("  - wait: {for: refund_succeeded}\n"
                             "  - wait: {for: memo_posted}\n"
                             "  - wait: {for: commands_done}\n")
                    .empty());
    ASSERT_TRUE(submit(ActionKind::return_, units(1)));
    go_on();
    EXPECT_EQ(at(only_run(), "/message"), "for refund_succeeded");
    all_done();
    go_on();
    EXPECT_EQ(at(only_run(), "/state"), "done");
}

TEST_F(FlowEngine, AFailedStepIsMadeAgain) {
    auto run =
        ran("  - {id: a, check: \"order.lines[1].quantities.returned > 0\", refuse: \"not back\"}\n"
            "  - {id: b, note: over}\n");
    EXPECT_EQ(at(run, "/state"), "failed");
    EXPECT_EQ(at(run, "/message"), "not back");
    const auto id = std::string(run.at("id").as_string());
    ASSERT_TRUE(Desk::act(ActionKind::return_, id_, units(1)));
    const auto again =
        unit([&](store::Transaction& tx) { return engine_->retry({tx, tx}, by(), id); });
    ASSERT_TRUE(again);
    go_on();
    EXPECT_EQ(told(run_of(id)), "a failed, a done, b done");
    EXPECT_FALSE(unit([&](store::Transaction& tx) { return engine_->retry({tx, tx}, by(), id); }));
}

TEST_F(FlowEngine, WhatWasDoneIsCompensatedBackwards) {
    const auto run = ran(
        "  - {id: a, compute: \"1\", compensate: [{id: undo_a, note: a}]}\n"
        "  - {id: b, compute: \"2\", compensate: [{id: undo_b, note: b}, {id: more, note: c}]}\n"
        "  - {id: c, check: \"false\"}\n");
    EXPECT_EQ(at(run, "/state"), "undone");
    EXPECT_EQ(told(run), "a done, b done, c failed, undo_b done, more done, undo_a done");
}

TEST_F(FlowEngine, ARunawayFailsItsStepAlone) {
    const auto run = ran("  - {id: a, compute: while true do end}\n");
    EXPECT_EQ(at(run, "/state"), "failed");
    EXPECT_EQ(at(run, "/failure/code"), "script_too_long");
    EXPECT_TRUE(at(run, "/failure/message").starts_with("mine.yaml:5: "))
        << at(run, "/failure/message");
    EXPECT_EQ(at(ran("  - {id: a, note: fine}\n"), "/state"), "done");
}

TEST_F(FlowEngine, ARunStaysOnItsVersion) {
    ASSERT_TRUE(by_hand("  - pause: 1h\n  - {id: old, note: old}\n").empty());
    const auto first = start("mine")->id;
    go_on();
    ASSERT_TRUE(by_hand("  - {id: new, note: new}\n").empty());
    const auto second = start("mine")->id;
    clock_ += 3'600'000;
    go_on();
    EXPECT_EQ(told(run_of(first)), "pause_1 done, old done");
    EXPECT_EQ(told(run_of(second)), "new done");
    EXPECT_EQ(at(run_of(first), "/flow_version"), "1");
    EXPECT_EQ(at(run_of(second), "/flow_version"), "2");
    Library fresh;  // as after a restart
    const Engine other(settings(), fresh);
    unit([&](store::Transaction& tx) { return fresh.version(tx, "mine", 1); });
}

TEST_F(FlowEngine, ActionsCommandsAndExceptions) {
    const auto run = ran(
        "  - {id: shown, preview: {action: return, input: {lines: [{line_id: l1, quantity: 1}], "
        "reason: \"{{ input.why }}\"}}}\n"
        "  - {id: done, submit: {action: return, input: {lines: [{line_id: l1, quantity: 1}], "
        "reason: \"{{ input.why }}\"}}}\n"
        "  - {id: raised, exception: {code: look, message: \"{{ steps.shown.refunds[1].amount "
        "}}\"}}\n",
        {{"why", "damaged"}});
    EXPECT_EQ(at(run, "/state"), "done") << at(run, "/message");
    EXPECT_EQ(deliveries("refund.create").size(), 1U);
    EXPECT_EQ(at(now(), "/exceptions/0/code"), "look");
    EXPECT_EQ(at(now(), "/exceptions/0/message"), "12.00 EUR");
}

TEST_F(FlowEngine, AFlowRunsAnother) {
    ASSERT_TRUE(
        load({"flow: mine\ntitle: Mine\nstarts: {by_hand: true}\nafter:\n"
              "  - flow: {name: other, input: {n: \"{{ 1 + 1 }}\"}}\n  - {id: last, note: over}\n",
              "flow: other\ntitle: Other\nstarts: {by_hand: true}\nafter:\n"
              "  - pause: 1h\n  - {id: b, compute: input.n}\n"})
            .empty());
    const auto parent = start("mine")->id;
    go_on();
    EXPECT_EQ(at(run_of(parent), "/state"), "waiting");
    clock_ += 3'600'000;
    go_on();
    EXPECT_EQ(told(run_of(parent)), "flow_1 done, last done");
    EXPECT_EQ(at(run_of(runs().at(0)), "/steps/1/output"), "2");
}

TEST_F(FlowEngine, APersonIsAskedInTheMiddle) {
    auto run = ran("  - {id: ask, approval: {role: admin}}\n  - {id: last, note: over}\n");
    EXPECT_EQ(at(run, "/state"), "asking");
    const auto id = std::string(run.at("id").as_string());
    ASSERT_TRUE(decide(id, Decision::approve));
    go_on();
    EXPECT_EQ(told(run_of(id)), "ask done, last done");
    EXPECT_EQ(at(run_of(id), "/steps/0/by"), "agent:chief");
}

TEST_F(FlowEngine, ACancelledRunStandsStill) {
    auto run = ran("  - pause: 1h\n  - {id: last, note: over}\n");
    const auto id = std::string(run.at("id").as_string());
    ASSERT_TRUE(unit(
        [&](store::Transaction& tx) { return engine_->cancel({tx, tx}, by(), id, "no more"); }));
    clock_ += kDay;
    go_on();
    EXPECT_EQ(at(run_of(id), "/state"), "cancelled");
    EXPECT_FALSE(unit(
        [&](store::Transaction& tx) { return engine_->cancel({tx, tx}, by(), id, "no more"); }));
}

TEST_F(FlowEngine, TwoThatStepTheSameRunMakeItOnce) {
    ASSERT_TRUE(by_hand("  - {id: a, note: once}\n").empty());
    const auto id = start("mine")->id;
    const auto both = store_->write([&](store::Transaction& tx) -> Result<void> {
        auto stale = tx.run(id).value();
        EXPECT_TRUE(engine_->step({tx, tx}, clock_, id));
        EXPECT_FALSE(tx.save_run(stale));
        return {};
    });
    EXPECT_TRUE(both);
    go_on();
    EXPECT_EQ(std::ranges::count(event_types(), "flow.note"), 1);
}

}  // namespace
}  // namespace orderhub::flows
