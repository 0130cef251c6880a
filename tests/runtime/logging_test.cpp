// Secrets never reach the log.
#include "hub/runtime/logging.hpp"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <boost/json/parse.hpp>

namespace orderhub::runtime {
namespace {

TEST(Mask, ReplacesEverySecretEverywhere) {
    EXPECT_EQ(mask("a hunter22 b hunter22hunter22", {"hunter22"}), "a *** b ******");
    EXPECT_EQ(mask("one and two", {"one", "tw", "and "}), "one ***two");
    EXPECT_EQ(mask("nothing here", {"secret"}), "nothing here");
}

std::string logged(const LogConfig& config, const std::string& message) {
    testing::internal::CaptureStderr();
    const auto log = start_log(config, {"hunter22"});
    log->warn(message);
    log->debug("not shown");
    return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesOneMaskedLineAsText) {
    const auto line = logged({"info", "text"}, "first hunter22\nsecond");
    EXPECT_NE(line.find("first *** second\n"), line.npos) << line;
    EXPECT_EQ(line.find("hunter22"), line.npos);
    EXPECT_EQ(std::ranges::count(line, '\n'), 1);
}

TEST(Log, WritesJson) {
    const auto line = boost::json::parse(logged({"info", "json"}, "say \"hunter22\""));
    EXPECT_EQ(line.at("message").as_string(), "say \"***\"");
    EXPECT_EQ(line.at("level").as_string(), "warning");
    EXPECT_TRUE(line.at("at").is_string());
}

TEST(Log, HonoursItsLevel) {
    EXPECT_EQ(logged({"error", "text"}, "only a warning"), "");
}

}  // namespace
}  // namespace orderhub::runtime
