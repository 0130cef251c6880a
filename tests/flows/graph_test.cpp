// Flows as pictures, and side by side.
#include "hub/flows/graph.hpp"

#include <gtest/gtest.h>

namespace orderhub::flows {
namespace {

FlowPtr flow(const std::string& steps) {
    const auto parsed =
        parse_flow("mine.yaml", "flow: mine\ntitle: Mine\nstarts: {action: return}\n" + steps);
    EXPECT_TRUE(parsed) << parsed.error().front().text();
    return *parsed;
}

TEST(FlowGraph, HasEveryStepAndEveryWay) {
    const auto drawn = mermaid(
        *flow("before:\n  - {id: cost, fee: {label: Shipping, fixed: \"4.80\"}}\n"
              "after:\n"
              "  - {id: came, wait: {for: parcel_received, within: 1d}, otherwise: [{id: late, "
              "note: x}]}\n"
              "  - {id: big, branch: {if: \"true\", then: [{id: yes, note: y}], else: []}}\n"));
    for (const char* line : {"start --> cost", "cost --> action", "action --> came", "came --> big",
                             "came -->|too late| late", "late --> big", "big -->|yes| yes",
                             "big -->|no| done", "yes --> done"})
        EXPECT_NE(drawn.find(line), std::string::npos) << line << "\n" << drawn;
}

TEST(FlowDifferences, AreToldByStep) {
    const auto before = flow(
        "before:\n  - {id: cost, fee: {label: Shipping, fixed: \"4.80\"}}\n"
        "after:\n  - {id: a, note: x}\n");
    const auto after = flow(
        "before:\n  - {id: cost, fee: {label: Shipping, fixed: \"5.80\"}}\n"
        "after:\n  - {id: b, note: y}\n");
    EXPECT_EQ(differences(*before, *before), std::vector<std::string>{});
    EXPECT_EQ(differences(*before, *after),
              (std::vector<std::string>{"- a at /after/0: note: x",
                                        R"(~ cost: /fee/fixed "4.80" -> "5.80")",
                                        "+ b at /after/0: note: y"}));
}

}  // namespace
}  // namespace orderhub::flows
