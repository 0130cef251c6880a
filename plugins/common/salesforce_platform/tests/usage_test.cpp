#include "salesforce_platform/usage.hpp"

#include <gtest/gtest.h>

namespace orderhub::salesforce {
namespace {

sdk::HttpResponse with(std::string header) {
    return {200, {{"sforce-limit-info", std::move(header)}}, "{}"};
}

TEST(UsedPercent, ReadsTheLargestShare) {
    EXPECT_EQ(used_percent("api-usage=18/5000"), 0);
    EXPECT_EQ(used_percent("api-usage=4000/5000; api-bursts=1/750"), 80);
    EXPECT_EQ(used_percent("api-usage=25/5000; per-app-api-usage=240/250(appName=hub)"), 96);
    EXPECT_EQ(used_percent("api-usage=99999999999999/1"), std::nullopt);
    for (const char* text : {"", "api-usage=", "api-usage=18", "api-usage=18/0", "api-usage=-1/5"})
        EXPECT_EQ(used_percent(text), std::nullopt) << text;
}

TEST(Usage, HoldsBackUntilTheNewsAreOld) {
    Usage usage;
    usage.must_leave_room(80, 1000);
    usage.note(with("api-usage=80/100"), 1000);
    usage.note({200, {}, "{}"}, 2000);
    try {
        usage.must_leave_room(80, 61'000);
        FAIL() << "it went on";
    } catch (const sdk::Stop& stop) {
        EXPECT_EQ(stop.outcome, OH_RETRY);
        EXPECT_EQ(stop.retry_after_ms, 540'000U);
    }
    usage.must_leave_room(81, 61'000);
    usage.must_leave_room(80, 601'000);
}

}  // namespace
}  // namespace orderhub::salesforce
