// A sender hears something in time, whatever the store waits for.
#include "hub/http/patience.hpp"

#include <gtest/gtest.h>

#include <future>

namespace orderhub::test {

namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kFailure{120};

http::Response late() {
    return {503, "later", "text/plain", {}};
}

}  // namespace

TEST(Patience, AnswersForAStoreThatDoesNot) {
    http::Patience patience(milliseconds(1), late());
    std::promise<int> status;
    auto answer = status.get_future();
    const auto respond =
        patience.limit([&](http::Response response) { status.set_value(response.status); });
    ASSERT_EQ(answer.wait_for(kFailure), std::future_status::ready);
    EXPECT_EQ(answer.get(), 503);
}

TEST(Patience, PassesAnAnswerOnAndForgetsIt) {
    http::Patience patience(milliseconds(1), late());
    std::vector<int> first;
    auto respond =
        patience.limit([&](http::Response response) { first.push_back(response.status); });
    respond({202, "", "", {}});
    respond = {};
    // Of two that wait, the second is looked at after the first.
    std::promise<void> looked;
    const auto other = patience.limit([&](const http::Response&) { looked.set_value(); });
    ASSERT_EQ(looked.get_future().wait_for(kFailure), std::future_status::ready);
    EXPECT_EQ(first, std::vector<int>{202});
}

}  // namespace orderhub::test
