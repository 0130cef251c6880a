// How the process of a connector is begun, given up and begun again.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "isolation_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

TEST_F(IsolationTest, AConfigurationThatTheConnectorRefusesIsAnError) {
    const auto added = add("unruly", Isolation::process, "refuse");
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, "bad_config");
    EXPECT_NE(added.error().message.find("this word is not accepted"), std::string::npos);
}

TEST_F(IsolationTest, WithoutItsProgramNothingStarts) {
    settings.process.program = "/no/such/program";
    restart_with(settings);
    const auto added = add("unruly", Isolation::process);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, "no_process");
    EXPECT_TRUE(neighbour_answers());
}

TEST_F(IsolationTest, ALibraryWithoutAManifestSectionNeedsTheHubsProcess) {
    const auto added = add("probe", Isolation::process, "", PROBE);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, "bad_manifest") << added.error().message;
}

TEST_F(IsolationTest, OneThatEndsAsItIsMadeIsParkedAndCanBeResumed) {
    settings.process.most_ends = 3;
    restart_with(settings);
    ASSERT_TRUE(add("unruly", Isolation::process, "segfault")) << "the hub starts without it";
    const auto facts = wait_for("unruly", ProcessState::parked);
    EXPECT_EQ(facts.ends, 3);
    EXPECT_EQ(facts.starts, 3);
    EXPECT_NE(facts.last_end.find("SIGSEGV"), std::string::npos) << facts.last_end;
    const auto refused = execute("unruly", "ok");
    EXPECT_EQ(refused.outcome, Outcome::retry);
    EXPECT_EQ(refused.code, "connector_parked");
    EXPECT_TRUE(refused.retry_after);
    EXPECT_TRUE(neighbour_answers());
    host->find("unruly")->resume();
    EXPECT_EQ(wait_for("unruly", ProcessState::parked, 6).starts, 6);
}

TEST_F(IsolationTest, OneThatIsNotReadyInTimeIsEnded) {
    settings.process.start_deadline = std::chrono::milliseconds(300);
    settings.process.most_ends = 2;
    restart_with(settings);
    ASSERT_TRUE(add("unruly", Isolation::process, "sleep"));
    const auto facts = wait_for("unruly", ProcessState::parked);
    EXPECT_NE(facts.last_end.find("not ready in time"), std::string::npos) << facts.last_end;
}

TEST_F(IsolationTest, CodeThatRunsAtLoadIsInItsOwnProcessToo) {
    settings.process.most_ends = 2;
    restart_with(settings);
    ASSERT_TRUE(add("unruly", Isolation::process, "", UNRULY_SEGFAULT_AT_LOAD));
    EXPECT_NE(wait_for("unruly", ProcessState::parked).last_end.find("SIGSEGV"), std::string::npos);
    EXPECT_TRUE(neighbour_answers());
}

TEST_F(IsolationTest, ItKnowsNothingOfTheHub) {
    ASSERT_EQ(::setenv("ORDERHUB_TEST_SECRET", "of the hub", 1), 0);
    ASSERT_TRUE(add("unruly", Isolation::process));
    const auto pid = host->find("unruly")->process()->pid;
    const auto place = "/proc/" + std::to_string(pid);
    std::ifstream environment(place + "/environ");
    std::stringstream text;
    text << environment.rdbuf();
    EXPECT_EQ(text.str(), "");
    for (const auto& entry : std::filesystem::directory_iterator(place + "/fd"))
        EXPECT_LE(std::stoi(entry.path().filename()), 4) << std::filesystem::read_symlink(entry);
}

}  // namespace
}  // namespace orderhub::connectors::test
