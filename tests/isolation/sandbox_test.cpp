// What a sandboxed connector cannot do, and what it still can.
#include "isolation_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

class Forbidden : public IsolationTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(Forbidden, InTheSandboxEndsTheProcess) {
    const auto made = add("unruly", Isolation::sandboxed);
    ASSERT_TRUE(made) << made.error().message;
    const auto result = execute("unruly", GetParam());
    EXPECT_EQ(result.outcome, Outcome::unknown);
    EXPECT_NE(result.message.find("sandbox does not permit"), std::string::npos) << result.message;
    EXPECT_TRUE(neighbour_answers());
}

/// The same is possible without the sandbox, so that the test above sees the sandbox at work.
TEST_P(Forbidden, IsPossibleInAProcess) {
    ASSERT_TRUE(add("unruly", Isolation::process));
    const std::string mode = GetParam();
    // These two would be the end of it, or of this test.
    if (mode != "exec" && mode != "kill") {
        EXPECT_EQ(execute("unruly", mode).code, "survived");
    }
    EXPECT_TRUE(neighbour_answers());
}

INSTANTIATE_TEST_SUITE_P(All, Forbidden,
                         ::testing::Values("fork", "socket", "open", "exec", "kill"),
                         [](const auto& mode) { return std::string(mode.param); });

TEST_F(IsolationTest, ASandboxedConnectorWorks) {
    const auto made = add("unruly", Isolation::sandboxed);
    ASSERT_TRUE(made) << made.error().message;
    for (const char* mode : {"ok", "nap", "thread", "flood_log"})
        EXPECT_EQ(execute("unruly", mode).code, "survived") << mode;
    EXPECT_EQ(execute("unruly", "leak").message, "std::bad_alloc");
    const auto facts = host->find("unruly")->process();
    EXPECT_EQ(facts->ends, 0) << facts->last_end;
}

TEST_F(IsolationTest, CodeThatRunsAtLoadIsInTheSandboxToo) {
    settings.process.most_ends = 2;
    restart_with(settings);
    ASSERT_TRUE(add("unruly", Isolation::sandboxed, "", UNRULY_SOCKET_AT_LOAD));
    EXPECT_NE(wait_for("unruly", ProcessState::parked).last_end.find("sandbox"), std::string::npos);
}

}  // namespace
}  // namespace orderhub::connectors::test
