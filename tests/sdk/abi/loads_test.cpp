// A connector that was built with the header of ABI 1.0 lives its whole life in today's host.
#include <gtest/gtest.h>

#include <future>
#include <map>
#include <string>

#include "hub/connectors/host.hpp"
#include "raw_peer.hpp"

namespace orderhub::connectors::test {
namespace {

class OldConnector : public ::testing::Test {
protected:
    void SetUp() override {
        const std::string place = "127.0.0.1:" + std::to_string(peer_.port());
        const auto added =
            host_->add({"old",
                        CONNECTOR_1_0,
                        R"({"url":"http://)" + place + R"(/notes"})",
                        {{"token", "s3cret-token"}, {"signing", "whsec_c2lnbmluZw=="}},
                        {place}});
        ASSERT_TRUE(added) << added.error().message;
    }

    template <class Begin>
    CallResult result_of(Begin&& begin) {
        std::promise<CallResult> promise;
        begin(*host_->find("old"),
              [&](CallResult result) { promise.set_value(std::move(result)); });
        return promise.get_future().get();
    }

    std::string seen_;  ///< the last request
    RawPeer peer_{[this](PeerConnection& connection, int) {
        for (;;) {
            const std::string request = connection.read_request();
            if (request.empty()) return;
            seen_ = request;
            connection.send(http_response("{}"));
        }
    }};
    std::unique_ptr<Host> host_ =
        make_host({}, [](const std::string&, const std::string&) { return std::string("41"); });
};

TEST_F(OldConnector, checks) {
    const auto result = result_of([](Instance& old, auto done) { old.check(done); });
    EXPECT_EQ(result.outcome, Outcome::done) << result.message;
    EXPECT_TRUE(seen_.contains("Bearer s3cret-token")) << seen_;
}

TEST_F(OldConnector, polls) {
    const auto result = result_of([](Instance& old, auto done) { old.poll("", done); });
    EXPECT_EQ(result.outcome, Outcome::done) << result.message;
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].external_id, "polled");
    EXPECT_EQ(result.cursor, "first");
    EXPECT_EQ(result.state, (std::vector<std::pair<std::string, std::string>>{{"polls", "42"}}));
}

TEST_F(OldConnector, receives) {
    const auto result = result_of(
        [](Instance& old, auto done) { old.receive({"m1", {}, "text/plain", "news", 1}, done); });
    EXPECT_EQ(result.outcome, Outcome::done) << result.message;
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].external_id, "received");
}

TEST_F(OldConnector, executes) {
    const auto result = result_of([](Instance& old, auto done) {
        old.execute({"case.note", "key-1", R"({"a":1})", 1}, done);
    });
    EXPECT_EQ(result.outcome, Outcome::done) << result.message;
    EXPECT_EQ(result.result, R"({"external_id": "note-1"})");
    EXPECT_TRUE(seen_.contains(R"({"a":1})")) << seen_;
}

}  // namespace
}  // namespace orderhub::connectors::test
