// Addresses, routes and instants.
#include "hub/http/target.hpp"

#include <gtest/gtest.h>

#include "hub/http/call.hpp"
#include "hub/http/instant.hpp"

namespace orderhub::http {
namespace {

TEST(Target, IsDecoded) {
    const auto target = parse_target("/api/v1/orders?q=a%40b.c&status=&x=1+2");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->segments, (std::vector<std::string>{"api", "v1", "orders"}));
    EXPECT_EQ(target->parameter("q"), "a@b.c");
    EXPECT_EQ(target->parameter("status"), "");
    EXPECT_EQ(target->parameter("x"), "1 2");
    EXPECT_FALSE(target->parameter("y"));
}

TEST(Target, IsRefusedIfItIsNoPath) {
    for (const auto* bad : {"", "orders", "*", "/%", "/%4", "/%g0", "/a%2fb", "/a%00b", "/?q=%z1",
                            "/%8a", "/a\x8a", "/?q=%c0%af", "/?q\x8a=1"})
        EXPECT_FALSE(parse_target(bad)) << bad;
}

class Routing : public testing::Test {
protected:
    std::string match(std::string_view method, std::string_view path) {
        const auto target = parse_target(path);
        const auto found = find_route(routes_, method, *target, parameters_);
        return found ? std::string((*found)->pattern) : std::to_string(found.error().status);
    }
    std::vector<Route> routes_{{"GET", "/d/{id}", Right::read_service, {}},
                               {"POST", "/d/{id}:retry", Right::act_on_operations, {}},
                               {"GET", "/d/{id}/import", Right::act_on_operations, {}},
                               {"POST", "/d/{id}/a/{action}:submit", Right::read_service, {}}};
    std::vector<std::pair<std::string_view, std::string>> parameters_;
};

TEST_F(Routing, MatchesSegmentsAndVerbs) {
    EXPECT_EQ(match("GET", "/d/7"), "/d/{id}");
    EXPECT_EQ(match("POST", "/d/7:retry"), "/d/{id}:retry");
    EXPECT_EQ(parameters_.at(0).second, "7");
    EXPECT_EQ(match("POST", "/d/7/a/return:submit"), "/d/{id}/a/{action}:submit");
    EXPECT_EQ(parameters_.at(1).second, "return");
    EXPECT_EQ(match("HEAD", "/d/7"), "/d/{id}");
}

TEST_F(Routing, KeepsVerbsAndIdsApart) {
    EXPECT_EQ(match("POST", "/d/:retry"), "404");
    EXPECT_EQ(match("GET", "/d/7:park"), "404");
    EXPECT_EQ(match("POST", "/d/7"), "405");
    EXPECT_EQ(match("GET", "/d"), "404");
    EXPECT_EQ(match("GET", "/d/7/8/9"), "404");
}

TEST(Instants, AreWrittenAndRead) {
    EXPECT_EQ(rfc3339(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(rfc3339(1'795'000'000'123), "2026-11-18T11:06:40.123Z");
    EXPECT_EQ(parse_instant("2026-11-18T11:06:40.123Z"), 1'795'000'000'123);
    EXPECT_EQ(parse_instant("2026-11-18T11:06:40Z"), 1'795'000'000'000);
    EXPECT_EQ(parse_instant("1970-01-02"), 86'400'000);
    EXPECT_EQ(parse_instant("2024-02-29"), 1'709'164'800'000);
    for (const auto* bad :
         {"", "2026", "2026-02-29", "2026-13-01", "2026-11-18T24:00:00Z", "2026-11-18T11:06:40",
          "2026-11-18 06:26:40Z", "2026-11-18T11:06:40.1234Z"})
        EXPECT_FALSE(parse_instant(bad)) << bad;
}

}  // namespace
}  // namespace orderhub::http
