// Which text is used, which is refused and why.
#include "stage.hpp"

namespace orderhub::flows {
namespace {

std::string flow(const std::string& steps, const std::string& name = "mine",
                 const std::string& starts = "{by_hand: true}") {
    return "flow: " + name + "\ntitle: Mine\nstarts: " + starts + "\n" + steps;
}

std::string complaint(const std::string& text) {
    const auto parsed = parse_flow("mine.yaml", text);
    return parsed ? "good" : parsed.error().front().text();
}

TEST(FlowText, SaysWhatIsWrongAndWhere) {
    EXPECT_EQ(complaint(flow("after:\n  - note: hello\n")), "good");
    EXPECT_EQ(complaint(flow("after:\n  - note: a\n    pause: 1d\n")),
              "mine.yaml:5: /after/0: a step does exactly one thing; this one names 2");
    EXPECT_EQ(complaint(flow("after:\n  - fee: {label: x, fixed: \"1.00\"}\n")).substr(0, 12),
              "mine.yaml:5:");
    EXPECT_EQ(complaint(flow("after:\n  - check: 1 +\n")).substr(0, 12), "mine.yaml:5:");
    EXPECT_EQ(complaint(flow("after:\n  - note: \"{{ 1 + }}\"\n")).substr(0, 12), "mine.yaml:5:");
    EXPECT_NE(complaint(flow("after:\n  - wait: {for: refund_succeeded, event: a.b}\n")), "good");
    EXPECT_NE(complaint(flow("after:\n  - wait: {for: something}\n")), "good");
    EXPECT_NE(complaint(flow("after:\n  - pause: 3 weeks\n")), "good");
    EXPECT_NE(complaint(flow("after:\n  - {id: a, note: x}\n  - {id: a, note: y}\n")), "good");
    EXPECT_NE(complaint("flow: mine\n  title: [\n"), "good");
    EXPECT_NE(complaint(flow("before:\n  - fee: {label: x, fixed: \"1.00\"}\n", "mine",
                             "{action: discount}")),
              "good");
}

TEST(FlowText, BuiltInFlowsAreGood) {
    for (const BuiltInFlow& built_in : built_in_flows()) {
        const auto parsed =
            parse_flow(std::string(built_in.name) + ".yaml", std::string(built_in.text));
        ASSERT_TRUE(parsed) << parsed.error().front().text();
        EXPECT_EQ((*parsed)->name, built_in.name);
    }
}

class FlowLibrary : public FlowStage {};

TEST_F(FlowLibrary, ABrokenTextIsRefusedAndTheOldOneStays) {
    EXPECT_TRUE(load({flow("after:\n  - note: one\n")}).empty());
    const auto first = library_.find("mine");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->version, 1);
    const auto complaints = load({flow("after:\n  - nota: two\n")});
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints.front().line, 5);
    EXPECT_EQ(library_.complaints().size(), 1U);
    ASSERT_TRUE(library_.find("mine"));
    EXPECT_EQ(library_.find("mine")->version, 1);
    EXPECT_TRUE(load({flow("after:\n  - note: two\n")}).empty());
    EXPECT_EQ(library_.find("mine")->version, 2);
    EXPECT_TRUE(library_.complaints().empty());
}

TEST_F(FlowLibrary, AnOwnFlowTakesTheBuiltInOnesPlace) {
    EXPECT_TRUE(load({}).empty());
    EXPECT_EQ(library_.for_action(ActionKind::return_)->name, "return_refund");
    EXPECT_TRUE(load({flow("after: []\n", "mine", "{action: return}")}).empty());
    EXPECT_EQ(library_.for_action(ActionKind::return_)->name, "mine");
    EXPECT_FALSE(library_.find("return_refund"));
}

}  // namespace
}  // namespace orderhub::flows
