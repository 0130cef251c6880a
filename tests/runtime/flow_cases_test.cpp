// The cases of the built-in flows and of those that the READMEs show; and that a case can fail.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "hub/flows/definition.hpp"
#include "hub/runtime/flow_tester.hpp"

namespace orderhub::runtime {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> case_files() {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(FLOW_CASES))
        if (entry.path().string().ends_with("_cases.yaml")) files.push_back(entry.path().string());
    return files;
}

TEST(FlowCases, GoAsExpected) {
    std::size_t count = 0;
    for (const std::string& file : case_files())
        for (const FlowCase& each : run_flow_cases(file)) {
            ++count;
            for (const auto& complaint : each.complaints)
                ADD_FAILURE() << each.name << ": " << complaint.text();
        }
    EXPECT_GT(count, 12U);
}

TEST(FlowCases, EveryBuiltInFlowOfAnActionHasSome) {
    for (const flows::BuiltInFlow& each : flows::built_in_flows()) {
        const auto flow = flows::parse_flow(std::string(each.name), std::string(each.text));
        ASSERT_TRUE(flow);
        if ((*flow)->action)
            EXPECT_TRUE(fs::exists(fs::path(FLOW_CASES) / (std::string(each.name) + "_cases.yaml")))
                << each.name;
    }
}

class FlowCaseFile : public testing::Test {
protected:
    void SetUp() override {
        file_ =
            fs::temp_directory_path() / ("orderhub-case-" + std::to_string(::getpid()) + ".yaml");
    }
    void TearDown() override { fs::remove(file_); }

    std::string complaint(const std::string& text) {
        std::ofstream(file_) << text;
        const auto cases = run_flow_cases(file_.string());
        if (cases.empty() || cases.front().complaints.empty()) return "good";
        const auto& first = cases.front().complaints.front();
        return std::to_string(first.line) + ": " + first.message;
    }
    std::string with_steps(const std::string& steps) {
        return "flow: return_refund\norder: " + (fs::path(FLOW_CASES) / "order.yaml").string() +
               "\ncases:\n  - case: one\n    steps:\n" + steps;
    }

    fs::path file_;
};

TEST_F(FlowCaseFile, SaysWhatCameOtherwise) {
    const std::string act =
        "      - preview: {action: return, input: {lines: [{line_id: l1, quantity: 1}], reason: "
        "r}}\n";
    EXPECT_EQ(complaint(with_steps(act + "      - expect: {refund: \"12.00\"}\n")), "good");
    EXPECT_EQ(complaint(with_steps(act + "      - expect: {refund: \"11.00\"}\n")),
              "7: refund is 12.00, expected 11.00");
    EXPECT_EQ(complaint(with_steps(act + "      - expect: {refunds: \"11.00\"}\n")),
              "7: nothing is known of refunds");
    EXPECT_EQ(complaint(with_steps("      - approve: admin\n")), "6: no run asks anybody");
    EXPECT_NE(complaint("flow: none_such\norder: {}\ncases: []\n"), "good");
}

}  // namespace
}  // namespace orderhub::runtime
