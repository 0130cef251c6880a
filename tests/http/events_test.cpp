// The journal as a feed.
#include <future>

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

using namespace std::chrono_literals;
using Events = ApiTest;

TEST_F(Events, ComeInPagesOldestFirst) {
    import_order();
    import_case();
    const auto first = call("GET", "/api/v1/events?limit=1").document();
    ASSERT_EQ(first.at("items").as_array().size(), 1u);
    const auto next = first.at("next").as_int64();
    const auto rest = call("GET", "/api/v1/events?after=" + std::to_string(next)).document();
    ASSERT_FALSE(rest.at("items").as_array().empty());
    EXPECT_GT(rest.at("items").at(0).at("sequence").as_int64(), next);
}

TEST_F(Events, WithoutAWaitThereMayBeNone) {
    const auto page = call("GET", "/api/v1/events?after=5").document();
    EXPECT_TRUE(page.at("items").as_array().empty());
    EXPECT_EQ(page.at("next").as_int64(), 5);
}

TEST_F(Events, WakeWhoWaitsForThem) {
    EventFeed feed(*store_, *service_);
    std::promise<EventFeed::Page> answer;
    auto waiting = answer.get_future();
    feed.ask({0, 10, 300s, [&](EventFeed::Page page) { answer.set_value(std::move(page)); }});
    EXPECT_EQ(waiting.wait_for(50ms), std::future_status::timeout);
    import_order();
    feed.committed();
    ASSERT_EQ(waiting.wait_for(120s), std::future_status::ready);
    EXPECT_FALSE(waiting.get()->at("items").as_array().empty());
}

TEST_F(Events, AWaitEndsWithNothingAfterItsTime) {
    const auto start = std::chrono::steady_clock::now();
    const auto reply = call("GET", "/api/v1/events?wait_s=1");
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(reply.document().at("items").as_array().empty());
    EXPECT_GE(std::chrono::steady_clock::now() - start, 1s);
}

TEST_F(Events, ThoseWhoWaitAreAnsweredAtTheEnd) {
    std::promise<EventFeed::Page> answer;
    auto waiting = answer.get_future();
    {
        EventFeed feed(*store_, *service_);
        feed.ask({0, 10, 30s, [&](EventFeed::Page page) { answer.set_value(std::move(page)); }});
    }
    ASSERT_EQ(waiting.wait_for(0s), std::future_status::ready);
    EXPECT_TRUE(waiting.get());
}

}  // namespace
}  // namespace orderhub::http
