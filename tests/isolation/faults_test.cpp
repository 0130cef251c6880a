// What a connector does to its own process is its own trouble.
#include <signal.h>

#include <array>
#include <string_view>

#include "isolation_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

struct Fault {
    const char* mode;
    std::string_view reason;  ///< a part of what the log and the operator are told
};

void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.mode;
}

constexpr std::string_view kSilent = "did not answer";
constexpr std::array kFatal{Fault{"segfault", "SIGSEGV"},
                            Fault{"abort", "SIGABRT"},
                            Fault{"exit", "ended with code 0"},
                            Fault{"loop", kSilent},
                            Fault{"sleep", kSilent},
                            Fault{"garbage", "no frame of the protocol"}};

class FatalFault : public IsolationTest, public ::testing::WithParamInterface<Fault> {};

TEST_P(FatalFault, EndsItsOwnProcessOnly) {
    if (GetParam().reason == kSilent) settings.process.missed_beats = 30;
    restart_with(settings);
    ASSERT_TRUE(add("unruly", Isolation::process));
    auto waiting = begin("unruly", "wait");
    auto message = receive("unruly", "wait");
    const auto guilty = execute("unruly", GetParam().mode);
    EXPECT_EQ(guilty.outcome, Outcome::unknown);
    EXPECT_EQ(guilty.code, "connector_died");
    EXPECT_NE(guilty.message.find(GetParam().reason), std::string::npos) << guilty.message;
    const auto beside = waiting.get();
    EXPECT_EQ(beside.outcome, Outcome::unknown) << "a command beside it may have acted";
    const bool is_exact = GetParam().mode != std::string_view("garbage");
    EXPECT_TRUE(!is_exact || beside.code == "connector_down") << "it is not to blame";
    EXPECT_EQ(message.get().outcome, Outcome::retry) << "a message beside it can be read again";
    EXPECT_TRUE(neighbour_answers());
    const auto again = execute_when_up("unruly", "ok");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->code, "survived") << again->message;
    EXPECT_EQ(host->find("unruly")->process()->ends, 1);
}

INSTANTIATE_TEST_SUITE_P(All, FatalFault, ::testing::ValuesIn(kFatal),
                         [](const auto& fault) { return fault.param.mode; });

TEST_F(IsolationTest, WhoeverEndsItFromOutsideBlamesNoCall) {
    ASSERT_TRUE(add("unruly", Isolation::process));
    auto waiting = begin("unruly", "wait");
    auto message = receive("unruly", "wait");
    EXPECT_EQ(execute("unruly", "ok").code, "survived");
    ASSERT_EQ(::kill(host->find("unruly")->process()->pid, SIGKILL), 0);
    EXPECT_EQ(waiting.get().code, "connector_down");
    EXPECT_EQ(message.get().code, "connector_down");
}

class Flood : public IsolationTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(Flood, OfLinesIsThinnedOutAndMasked) {
    ASSERT_TRUE(add("unruly", Isolation::process));
    const auto begun = std::chrono::steady_clock::now();
    auto flooding = begin("unruly", GetParam());
    EXPECT_TRUE(neighbour_answers());
    EXPECT_EQ(flooding.get().code, "survived");
    host->stop();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    const auto text = log.text();
    EXPECT_NE(text.find("lines of its process were left out"), std::string::npos);
    EXPECT_LT(static_cast<double>(text.size()), 400'000 + took.count() * 20'000);
    EXPECT_EQ(text.find("s3cret-value"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(All, Flood, ::testing::Values("flood_log", "flood_errors"),
                         [](const auto& mode) { return std::string(mode.param); });

TEST_F(IsolationTest, ACallThatGoesOnAfterItsDeadlineEndsItsProcess) {
    settings.call_deadline = std::chrono::seconds(3);
    restart_with(settings);
    ASSERT_TRUE(add("unruly", Isolation::process));
    const auto result = execute("unruly", "endless_sleeps");
    EXPECT_EQ(result.outcome, Outcome::unknown);
    EXPECT_NE(result.message.find("did not end at its deadline"), std::string::npos)
        << result.message;
    EXPECT_TRUE(neighbour_answers());
}

TEST_F(IsolationTest, ALeakEndsAtTheLimitOfItsOwnProcess) {
    ASSERT_TRUE(add("unruly", Isolation::process));
    const auto result = execute("unruly", "leak");
    // What it cannot have, the connector is told as by any other lack of memory.
    EXPECT_EQ(result.message, "std::bad_alloc") << result.code;
    EXPECT_TRUE(neighbour_answers());
}

TEST_F(IsolationTest, ManyCallsRunBesideEachOther) {
    ASSERT_TRUE(add("unruly", Isolation::process));
    std::vector<std::future<CallResult>> calls;
    for (int i = 0; i < 200; ++i)
        calls.push_back(begin("unruly", i % 2 == 0 ? "ok" : "nap"));
    for (auto& call : calls)
        EXPECT_EQ(call.get().code, "survived");
    EXPECT_EQ(host->find("unruly")->process()->ends, 0);
}

TEST_F(IsolationTest, StoppingEndsCallsThatWait) {
    ASSERT_TRUE(add("unruly", Isolation::process));
    const auto pid = host->find("unruly")->process()->pid;
    auto waiting = begin("unruly", "wait");
    EXPECT_EQ(execute("unruly", "ok").code, "survived");
    host->stop();
    EXPECT_EQ(waiting.get().code, "survived") << "its sleep ended early";
    EXPECT_NE(::kill(pid, 0), 0) << "its process is gone";
}

TEST_F(IsolationTest, StoppingEndsAConnectorThatDoesNotStop) {
    settings.process.stop_deadline = std::chrono::milliseconds(200);
    settings.process.missed_beats = 1'000;
    restart_with(settings);
    ASSERT_TRUE(add("unruly", Isolation::process));
    auto looping = begin("unruly", "loop");
    host->stop();
    EXPECT_EQ(looping.get().outcome, Outcome::unknown);
}

}  // namespace
}  // namespace orderhub::connectors::test
