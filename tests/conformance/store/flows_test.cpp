// Flows in a store: texts with versions, runs guarded by theirs, steps.
#include "store_under_test.hpp"

namespace orderhub::conformance {
namespace {

using flows::Run;
using flows::RunState;
using flows::RunStep;

Run make_run(const std::string& id, RunState state = RunState::ready,
             const std::string& order = "os_1") {
    Run run;
    run.id = id;
    run.version = 1;
    run.flow = "return_refund";
    run.flow_version = 3;
    run.state = state;
    run.order_id = order;
    run.case_id = "cs_1";
    run.action_id = "ac_1";
    run.parent_id = "fr_0";
    run.ask_role = "admin";
    run.due_at = 500;
    run.started_by = "agent:ada";
    run.started_at = 100;
    run.updated_at = 200;
    run.message = "for a parcel";
    run.document = R"({"position":"/after/0"})";
    return run;
}

std::vector<std::string> ids_of(const std::vector<Run>& runs) {
    std::vector<std::string> ids;
    for (const Run& run : runs)
        ids.push_back(run.id);
    return ids;
}

using Ids = std::vector<std::string>;

TEST_P(StoreConformance, ATextKeepsItsVersionAndAnotherOneGetsTheNext) {
    change([](auto& unit) {
        EXPECT_EQ(unit.keep_flow("a", "one", 5), 1);
        EXPECT_EQ(unit.keep_flow("a", "two", 6), 2);
        EXPECT_EQ(unit.keep_flow("b", "one", 7), 1);
        EXPECT_EQ(unit.keep_flow("a", "one", 8), 1);
    });
    look([](auto& unit) {
        const auto text = unit.flow_text("a", 2);
        ASSERT_TRUE(text);
        EXPECT_EQ(text->text, "two");
        EXPECT_EQ(text->loaded_at, 6);
        EXPECT_FALSE(unit.flow_text("a", 3));
        const auto versions = unit.flow_versions("a", 10);
        ASSERT_EQ(versions.size(), 2U);
        EXPECT_EQ(versions.front().version, 2);
    });
}

TEST_P(StoreConformance, ARunComesBackAsItWasStored) {
    change([](auto& unit) { unit.add_run(make_run("fr_1")); });
    look([](auto& unit) {
        const auto run = unit.run("fr_1");
        ASSERT_TRUE(run);
        const flows::Run expected = make_run("fr_1");
        EXPECT_EQ(run->version, 1);
        EXPECT_EQ(run->flow, expected.flow);
        EXPECT_EQ(run->flow_version, 3);
        EXPECT_EQ(run->state, RunState::ready);
        EXPECT_EQ(run->order_id, "os_1");
        EXPECT_EQ(run->case_id, "cs_1");
        EXPECT_EQ(run->action_id, "ac_1");
        EXPECT_EQ(run->parent_id, "fr_0");
        EXPECT_EQ(run->ask_role, "admin");
        EXPECT_EQ(run->due_at, 500);
        EXPECT_EQ(run->started_by, "agent:ada");
        EXPECT_EQ(run->message, "for a parcel");
        EXPECT_EQ(run->document, expected.document);
        EXPECT_FALSE(unit.run("fr_2"));
    });
}

TEST_P(StoreConformance, OfTwoThatMoveARunOnlyOneIsKept) {
    change([](auto& unit) { unit.add_run(make_run("fr_1")); });
    flows::Run first = make_run("fr_1"), second = make_run("fr_1");
    first.state = RunState::waiting;
    second.state = RunState::failed;
    change([&](auto& unit) {
        EXPECT_TRUE(unit.save_run(first));
        EXPECT_EQ(first.version, 2);
        EXPECT_FALSE(unit.save_run(second));
        EXPECT_TRUE(unit.save_run(first));
    });
    look([](auto& unit) {
        EXPECT_EQ(unit.run("fr_1")->state, RunState::waiting);
        EXPECT_EQ(unit.run("fr_1")->version, 3);
    });
}

TEST_P(StoreConformance, RunsAreFoundByWhatIsAskedFor) {
    change([](auto& unit) {
        unit.add_run(make_run("fr_1"));
        unit.add_run(make_run("fr_2", RunState::asking, "os_2"));
        unit.add_run(make_run("fr_3", RunState::done));
    });
    look([](auto& unit) {
        EXPECT_EQ(ids_of(unit.find_runs({})), (Ids{"fr_3", "fr_2", "fr_1"}));
        EXPECT_EQ(ids_of(unit.find_runs({.state = "asking"})), Ids{"fr_2"});
        EXPECT_EQ(ids_of(unit.find_runs({.state = "no such state"})), Ids{});
        EXPECT_EQ(ids_of(unit.find_runs({.order_id = "os_1"})), (Ids{"fr_3", "fr_1"}));
        EXPECT_EQ(ids_of(unit.find_runs({.flow = "other"})), Ids{});
        EXPECT_EQ(ids_of(unit.find_runs({.case_id = "cs_1", .limit = 2})), (Ids{"fr_3", "fr_2"}));
        EXPECT_EQ(ids_of(unit.find_runs({.before_id = "fr_2"})), Ids{"fr_1"});
    });
}

TEST_P(StoreConformance, DueRunsComeByTheirTime) {
    flows::Run late = make_run("fr_1"), soon = make_run("fr_2"), never = make_run("fr_3");
    late.due_at = 900;
    soon.due_at = 300;
    never.due_at = 0;
    change([&](auto& unit) {
        for (const flows::Run& run : {late, soon, never})
            unit.add_run(run);
    });
    look([](auto& unit) {
        EXPECT_EQ(unit.due_runs(900, 10), (Ids{"fr_2", "fr_1"}));
        EXPECT_EQ(unit.due_runs(899, 10), Ids{"fr_2"});
        EXPECT_EQ(unit.due_runs(900, 1), Ids{"fr_2"});
        EXPECT_EQ(unit.next_run_due(), 300);
    });
}

TEST_P(StoreConformance, NewsOfAnOrderTouchItsWaitingRuns) {
    change([](auto& unit) {
        unit.add_run(make_run("fr_1", RunState::waiting));
        unit.add_run(make_run("fr_2", RunState::asking));
        unit.add_run(make_run("fr_3", RunState::waiting, "os_2"));
    });
    change([](auto& unit) {
        for (const char* order : {"os_1", "os_1", ""}) {
            servicing::Event event;
            event.id = "ev_" + std::to_string(unit.next_number("event"));
            event.type = "order.changed";
            event.order_id = order;
            event.data = "{}";
            unit.append(event);
        }
    });
    look([](auto& unit) {
        const auto end = unit.journal_end();
        EXPECT_EQ(unit.touched_runs(0, end), Ids{"fr_1"});
        EXPECT_EQ(unit.touched_runs(end, end + 10), Ids{});
    });
}

TEST_P(StoreConformance, StepsAreReplacedByNumber) {
    change([](auto& unit) {
        unit.save_step({"fr_1", 1, "refunded", "wait", "waiting", 10, 0, "{}"});
        unit.save_step({"fr_1", 2, "told", "note", "done", 20, 21, R"({"output":"x"})"});
        unit.save_step({"fr_1", 1, "refunded", "wait", "done", 10, 15, R"({"output":1})"});
        unit.save_step({"fr_2", 1, "other", "wait", "done", 10, 15, "{}"});
    });
    look([](auto& unit) {
        const auto steps = unit.run_steps("fr_1");
        ASSERT_EQ(steps.size(), 2U);
        EXPECT_EQ(steps[0].state, "done");
        EXPECT_EQ(steps[0].ended_at, 15);
        EXPECT_EQ(steps[0].document, R"({"output":1})");
        EXPECT_EQ(steps[1].step, "told");
    });
}

}  // namespace
}  // namespace orderhub::conformance
