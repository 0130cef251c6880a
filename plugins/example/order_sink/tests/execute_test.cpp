// What is posted, and what the receiver's answers mean.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <orderhub/fake_host.hpp>

namespace orderhub::order_sink::test {
namespace {

using sdk::Json;

Json command() {
    std::ifstream file(ORDER_SINK_TESTS "/command.json");
    return Json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

struct World {
    testkit::FakeHost host{Json::object({{"url", "http://127.0.0.1:9900/in"}})};

    testkit::Outcome forward(testkit::Answer answer, std::uint32_t attempt = 1) {
        host.peer = [answer](const testkit::Request&) { return answer; };
        return host.execute("order.forward", "fw_1", command(), attempt);
    }
};

TEST(Execute, PostsTheReceiversJson) {
    World world;
    ASSERT_EQ(world.forward({}).outcome, OH_DONE);
    ASSERT_EQ(world.host.requests.size(), 1U);
    const testkit::Request& sent = world.host.requests.front();
    EXPECT_EQ(sent.method, "POST");
    EXPECT_EQ(sent.url, "http://127.0.0.1:9900/in");
    EXPECT_EQ(Json::parse(sent.body), Json::parse(R"({
        "externalId": "shop-17", "customerEmail": "ada@example.test", "total": "40.30",
        "lines": [{"sku": "MUG-1", "qty": 3, "amount": "30.30"},
                  {"sku": "CUP-2", "qty": 1, "amount": "10.00"}]})"));
}

TEST(Execute, CarriesItsKeyAndFillsNoSecretIntoTheBody) {
    World world;
    world.forward({});
    const testkit::Request& sent = world.host.requests.front();
    const std::pair<std::string, std::string> key{"idempotency-key", "fw_1"};
    EXPECT_EQ(std::ranges::count(sent.headers, key), 1);
    EXPECT_EQ(sent.flags, 0U);
}

TEST(Execute, PostsAgainAtALaterAttempt) {
    World world;
    EXPECT_EQ(world.forward({}, 2).outcome, OH_DONE);
    EXPECT_EQ(world.host.requests.size(), 1U);
}

TEST(Execute, TriesAgainWhatDidNotArrive) {
    World world;
    EXPECT_EQ(world.forward({503, "", {{"retry-after", "2"}}, OH_HTTP_ANSWERED}).outcome, OH_RETRY);
    EXPECT_EQ(world.forward({503, "", {{"retry-after", "2"}}, OH_HTTP_ANSWERED}).retry_after_ms,
              2'000U);
    EXPECT_EQ(world.forward({429, "", {}, OH_HTTP_ANSWERED}).outcome, OH_RETRY);
    EXPECT_EQ(world.forward(testkit::not_sent()).outcome, OH_RETRY);
}

TEST(Execute, DoesNotKnowWhatAFailureLeftBehind) {
    World world;
    EXPECT_EQ(world.forward({500, "", {}, OH_HTTP_ANSWERED}).outcome, OH_UNKNOWN);
    EXPECT_EQ(world.forward(testkit::no_answer()).outcome, OH_UNKNOWN);
}

TEST(Execute, LeavesARefusalToAPerson) {
    World world;
    const testkit::Outcome outcome = world.forward({422, "no", {}, OH_HTTP_ANSWERED});
    EXPECT_EQ(outcome.outcome, OH_REJECTED);
    EXPECT_EQ(outcome.code, "http_422");
}

TEST(Check, NeedsAnAnswerOfAnyKind) {
    World world;
    world.host.peer = [](const testkit::Request&) { return testkit::Answer{404, "", {}, {}}; };
    EXPECT_EQ(world.host.check().outcome, OH_DONE);
    world.host.peer = [](const testkit::Request&) { return testkit::not_sent(); };
    EXPECT_EQ(world.host.check().outcome, OH_RETRY);
}

}  // namespace
}  // namespace orderhub::order_sink::test
