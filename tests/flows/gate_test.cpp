// What stands before an action: the same in preview and in submission.
#include "stage.hpp"

namespace orderhub::flows {
namespace {

class FlowGate : public FlowStage {
protected:
    std::vector<Complaint> before(const std::string& steps, const std::string& after = "") {
        return load(
            {"flow: mine\ntitle: Mine\nstarts: {action: return}\nbefore:\n" + steps + after});
    }
    /// What is previewed must be what is done.
    json::object same(const json::object& input) {
        const auto shown = preview(ActionKind::return_, input);
        const auto done = submit(ActionKind::return_, input);
        EXPECT_TRUE(shown && done) << (done ? "" : done.error().message);
        EXPECT_EQ(json::serialize(shown->at("plan")), json::serialize(done->at("plan")));
        EXPECT_EQ(json::serialize(shown->at("flow")), json::serialize(done->at("flow")));
        return *done;
    }
};

TEST_F(FlowGate, WithoutAFlowNothingChanges) {
    const auto plain = Desk::preview(ActionKind::return_, id_, units(1));
    ASSERT_TRUE(load({}).empty());
    const auto shown = preview(ActionKind::return_, units(1));
    ASSERT_TRUE(plain && shown);
    EXPECT_EQ(json::serialize(plain->at("plan")), json::serialize(shown->at("plan")));
    EXPECT_EQ(at(*shown, "/flow/name"), "return_refund");
    EXPECT_EQ(at(*shown, "/flow/fees"), "[]");
}

TEST_F(FlowGate, AFeeIsInThePreviewAndInTheSubmission) {
    ASSERT_TRUE(before("  - fee: {label: Return shipping, fixed: \"2.40\"}\n").empty());
    const auto done = same(units(1));
    EXPECT_EQ(at(done, "/plan/refunds/0/amount"), "9.60");
    EXPECT_EQ(at(done, "/plan/invoice/totals/inc"), "2.40");
    EXPECT_EQ(at(done, "/flow/fees/0/label"), "Return shipping");
}

TEST_F(FlowGate, FeesOfEveryBasis) {
    ASSERT_TRUE(before("  - fee: {label: A, fixed: \"1.00\", tax: added}\n"
                       "  - fee: {label: B, percent_net: \"10\"}\n"
                       "  - fee: {label: C, percent_gross: \"10\"}\n"
                       "  - fee: {label: D, computed: \"money('0.60')\"}\n"
                       "  - fee: {label: E, computed: \"nil\"}\n")
                    .empty());
    const auto done = same(units(1));
    EXPECT_EQ(at(done, "/plan/invoice/totals/inc"), "4.20");  // 1.20 + 1.20 + 1.20 + 0.60
    EXPECT_EQ(at(done, "/plan/refunds/0/amount"), "7.80");
}

TEST_F(FlowGate, ConditionsDecideOnFees) {
    ASSERT_TRUE(before("  - fee: {label: Return shipping, fixed: \"2.40\"}\n"
                       "    when: input.reason ~= 'damaged'\n")
                    .empty());
    EXPECT_EQ(at(*preview(ActionKind::return_, units(1)), "/plan/refunds/0/amount"), "12.00");
    auto regret = units(1);
    regret["reason"] = "regret";
    EXPECT_EQ(at(*preview(ActionKind::return_, regret), "/plan/refunds/0/amount"), "9.60");
}

TEST_F(FlowGate, ACheckRefusesWithItsWords) {
    ASSERT_TRUE(before("  - check: plan.totals.after.inc > money('30.00')\n"
                       "    refuse: \"only {{ plan.totals.after.inc }} would be left\"\n")
                    .empty());
    const auto refused = preview(ActionKind::return_, units(1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "refused_by_flow");
    EXPECT_EQ(refused.error().message, "only 24.00 EUR would be left");
    EXPECT_FALSE(submit(ActionKind::return_, units(1)));
    EXPECT_TRUE(deliveries().empty());
}

TEST_F(FlowGate, ChecksSeeTheOrderAndBranchesChoose) {
    ASSERT_TRUE(before("  - branch:\n"
                       "      if: \"order.customer.name == 'Ada' and #order.lines == 1\"\n"
                       "      then:\n"
                       "        - fee: {label: A, fixed: \"1.20\"}\n"
                       "      else:\n"
                       "        - fee: {label: B, fixed: \"6.00\"}\n")
                    .empty());
    EXPECT_EQ(at(same(units(1)), "/plan/refunds/0/amount"), "10.80");
}

TEST_F(FlowGate, AFailingScriptRefusesAndSaysWhere) {
    ASSERT_TRUE(before("  - check: order.nothing.here\n").empty());
    const auto refused = preview(ActionKind::return_, units(1));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().message.starts_with("mine.yaml:5: ")) << refused.error().message;
}

TEST_F(FlowGate, WhatTheActionRefusesIsSaidAsEver) {
    ASSERT_TRUE(before("  - check: plan.totals.after.inc > money('0.00')\n").empty());
    const auto refused = preview(ActionKind::return_, units(9));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(refused.error().field, "/lines/0/quantity");
}

/// What the README says to write under `before:`.
std::string five_lines() {
    const std::string readme = servicing::read_file(PROJECT_README);
    const auto said = readme.find("these five lines:");
    const auto begin = readme.find("```yaml\n", said) + 8;
    return readme.substr(begin, readme.find("```", begin) - begin);
}

TEST_F(FlowGate, TheReadmesFiveLinesChargeForReturnShipping) {
    const std::string lines = five_lines();
    EXPECT_EQ(std::ranges::count(lines, '\n'), 5);
    std::string text;
    for (const BuiltInFlow& each : built_in_flows())
        if (each.name == "return_refund") text = each.text;
    const std::string nothing = "before: []\n";
    text.replace(text.find(nothing), nothing.size(), lines);
    const auto complaints = load({text});
    ASSERT_TRUE(complaints.empty()) << complaints.front().text();
    auto regret = units(1);
    EXPECT_EQ(at(*preview(ActionKind::return_, regret), "/plan/refunds/0/amount"), "12.00");
    regret["reason"] = "regret";
    const auto done = same(regret);
    EXPECT_EQ(at(done, "/plan/refunds/0/amount"), "7.20");
    EXPECT_EQ(at(done, "/plan/invoice/totals/inc"), "4.80");
}

class FlowApproval : public FlowGate {
protected:
    void SetUp() override {
        FlowGate::SetUp();
        ASSERT_TRUE(
            before(
                "  - approval: {role: admin, refunds_above: \"15.00\", reason: \"Much money\"}\n",
                "after:\n  - note: it is done\n")
                .empty());
    }
    std::string parked() {
        const auto asked = submit(ActionKind::return_, units(2));
        EXPECT_TRUE(asked) << asked.error().message;
        EXPECT_EQ(at(*asked, "/waits_for/role"), "admin");
        EXPECT_TRUE(deliveries().empty());
        return std::string(asked->at("flow_run").as_string());
    }
};

/// A unit of the order is worth 12.00.
class FlowRefundLimit : public FlowGate {
protected:
    void SetUp() override {
        refund_limits_ = {{"agent", {{"EUR", "12.00"}}}, {"supervisor", {{"EUR", "24.00"}}}};
        FlowGate::SetUp();
        ASSERT_TRUE(load({}).empty());
    }
    /// Who is asked to agree, and why; empty if nobody is.
    std::string asked_for(int quantity, const std::string& role) {
        const auto shown = unit([&](store::Transaction& tx) {
            return engine_->preview({tx, tx}, by("agent:test", role),
                                    {ActionKind::return_, id_, 0, units(quantity)});
        });
        EXPECT_TRUE(shown) << shown.error().message;
        return at(*shown, "/flow/approvals");
    }
};

TEST_F(FlowRefundLimit, WhoMayGiveSoMuchIsNotAsked) {
    EXPECT_EQ(asked_for(1, "agent"), "[]");
    EXPECT_EQ(asked_for(2, "supervisor"), "[]");
    EXPECT_EQ(asked_for(2, "admin"), "[]");
}

TEST_F(FlowRefundLimit, AboveItTheNextWhoMayIsAsked) {
    EXPECT_EQ(
        asked_for(2, "agent"),
        R"([{"role":"supervisor","reason":"The role agent may give back 12.00 EUR in one action."}])");
    refund_limits_.at("supervisor")["EUR"] = "23.99";
    engine_ = std::make_unique<Engine>(settings(), library_);
    EXPECT_NE(asked_for(2, "agent").find(R"("role":"finance")"), std::string::npos);
    EXPECT_NE(asked_for(2, "supervisor").find(R"("role":"finance")"), std::string::npos);
}

TEST_F(FlowRefundLimit, NothingIsDoneBeforeSomebodyAgrees) {
    const auto waits = submit(ActionKind::return_, units(2));
    ASSERT_TRUE(waits) << waits.error().message;
    EXPECT_TRUE(deliveries().empty());
    const std::string run(waits->at("flow_run").as_string());
    EXPECT_FALSE(decide(run, Decision::approve, "agent:other", "agent"));
    ASSERT_TRUE(decide(run, Decision::approve, "agent:chief", "supervisor"));
    EXPECT_EQ(deliveries("refund.create").size(), 1U);
}

TEST_F(FlowRefundLimit, AnotherCurrencyHasNoLimit) {
    refund_limits_ = {{"agent", {{"USD", "1.00"}}}};
    engine_ = std::make_unique<Engine>(settings(), library_);
    EXPECT_EQ(asked_for(2, "agent"), "[]");
}

TEST_F(FlowRefundLimit, AnActionWithoutAFlowIsRefused) {
    ASSERT_FALSE(library_.for_action(ActionKind::refund));
    const json::object input{{"kind", "goodwill"}, {"amount", "12.01"}, {"reason", "sorry"}};
    const auto refused = submit(ActionKind::refund, input);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "over_refund_limit") << refused.error().message;
    EXPECT_EQ(preview(ActionKind::refund, input).error().code, "over_refund_limit");
    EXPECT_TRUE(deliveries().empty());
}

TEST_F(FlowApproval, BelowTheLimitNobodyIsAsked) {
    const auto done = submit(ActionKind::return_, units(1));
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->contains("action_id"));
    EXPECT_EQ(at(*done, "/flow/approvals"), "[]");
}

TEST_F(FlowApproval, AboveItTheSubmissionWaits) {
    const auto shown = preview(ActionKind::return_, units(2));
    EXPECT_EQ(at(*shown, "/flow/approvals/0/role"), "admin");
    const auto run = parked();
    EXPECT_EQ(at(run_of(run), "/state"), "asking");
    EXPECT_EQ(at(run_of(run), "/plan/refunds/0/amount"), "24.00");
    const auto approved = decide(run, Decision::approve);
    ASSERT_TRUE(approved) << approved.error().message;
    EXPECT_EQ(deliveries("refund.create").size(), 1U);
    go_on();
    const auto view = run_of(run);
    EXPECT_EQ(at(view, "/state"), "done");
    EXPECT_EQ(at(view, "/steps/0/by"), "agent:chief");
    EXPECT_EQ(at(view, "/steps/0/comment"), "because");
    EXPECT_EQ(at(now(), "/actions/0/actor"), "agent:test");
    EXPECT_TRUE(happened("flow.asked") && happened("flow.approved"));
}

TEST_F(FlowApproval, NobodyApprovesTheirOwn) {
    const auto run = parked();
    const auto own = decide(run, Decision::approve, "agent:test", "admin");
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().code, "own_request");
    const auto other = decide(run, Decision::approve, "agent:other", "agent");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, "role_needed");
    EXPECT_TRUE(deliveries().empty());
}

TEST_F(FlowApproval, DeclinedOrReturnedNothingIsDone) {
    const auto one = parked();
    ASSERT_TRUE(decide(one, Decision::decline));
    EXPECT_EQ(at(run_of(one), "/state"), "declined");
    const auto two = parked();
    ASSERT_TRUE(decide(two, Decision::return_));
    EXPECT_EQ(at(run_of(two), "/state"), "returned");
    EXPECT_EQ(decide(two, Decision::approve).error().code, "not_asking");
    EXPECT_TRUE(deliveries().empty());
}

TEST_F(FlowApproval, AnOrderThatChangedMeanwhileIsPreviewedAnew) {
    const auto run = parked();
    ASSERT_TRUE(submit(ActionKind::return_, units(1)));
    const auto sent = deliveries().size();
    const auto late = decide(run, Decision::approve);
    ASSERT_TRUE(late);
    EXPECT_EQ(late->state, RunState::returned);
    EXPECT_EQ(late->message, "the order has changed meanwhile: preview it anew");
    EXPECT_EQ(deliveries().size(), sent);
}

}  // namespace
}  // namespace orderhub::flows
