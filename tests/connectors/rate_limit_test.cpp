// The rate limit between a connector and its system.
#include "host_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

using namespace std::chrono_literals;

class RateTest : public HostFixture {
protected:
    void start_limited(RateSettings rate, HostSettings settings = {}) {
        url = "http://127.0.0.1:" + std::to_string(peer->port());
        settings.process.program = CONNECTOR_PROGRAM;
        host = make_host(std::move(settings), [](const auto&, const auto&) { return ""; });
        auto instance = instance_settings();
        instance.rate = rate;
        const auto added = host->add(std::move(instance));
        ASSERT_TRUE(added) << added.error().message;
    }
};

RawPeer::Script answering(std::vector<std::string> responses) {
    return [responses = std::move(responses)](PeerConnection& connection, int) {
        for (std::size_t i = 0; !connection.read_request().empty(); ++i)
            connection.send(responses[std::min(i, responses.size() - 1)]);
    };
}

HostSettings within(std::chrono::milliseconds deadline) {
    HostSettings settings;
    settings.call_deadline = deadline;
    return settings;
}

TEST_F(RateTest, requests_beyond_the_bucket_wait_for_their_token) {
    serve(answering({http_response("ok")}));
    // An exchange on a busy machine takes its time too; then its token is there already.
    start_limited({1s, 2});
    const auto begin = std::chrono::steady_clock::now();
    report({get(), get(), get(), get()});
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 2s);
    const RateFacts facts = probe().rate();
    EXPECT_EQ(facts.waits, 2U);
    EXPECT_GE(facts.waited, 1s);
    EXPECT_EQ(facts.settings->burst, 2U);
}

TEST_F(RateTest, all_calls_of_an_instance_share_the_bucket) {
    serve(answering({http_response("ok")}));
    start_limited({20ms, 1});
    const auto begin = std::chrono::steady_clock::now();
    auto one = this->begin({{"steps", {get(), get()}}});
    auto other = this->begin({{"steps", {get(), get()}}});
    one.get();
    other.get();
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 60ms);
}

TEST_F(RateTest, after_too_many_requests_the_next_one_waits_as_it_was_asked) {
    serve(answering({http_response("slow down", "Retry-After: 1\r\n", 429), http_response("ok")}));
    start();
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(report({get(), get()}), "ANSWERED 429 slow down\nANSWERED 200 ok\n");
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_EQ(probe().rate().refusals, 1U);
    EXPECT_EQ(probe().rate().waits, 1U);
}

TEST_F(RateTest, what_has_no_time_to_wait_is_not_sent) {
    serve(answering({http_response("ok")}));
    start_limited({1h, 1}, within(5s));
    EXPECT_EQ(report({get(), get()}),
              "ANSWERED 200 ok\nNOT_SENT the rate limit leaves this call no time for it\n");
}

TEST_F(RateTest, a_stop_ends_the_wait) {
    serve(answering({http_response("ok")}));
    start_limited({1h, 1}, within(2h));
    report(get());
    auto waiting = begin({{"steps", {get()}}});
    host->stop();
    EXPECT_TRUE(waiting.get().outcome != Outcome::done);
}

}  // namespace
}  // namespace orderhub::connectors::test
