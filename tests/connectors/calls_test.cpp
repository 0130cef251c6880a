// Calls: what they leave behind, how many wait at once, how they end.
#include <condition_variable>

#include "host_fixture.hpp"
#include "log_capture.hpp"

namespace orderhub::connectors::test {
namespace {

using CallsTest = HostFixture;

constexpr std::string_view kCase =
    R"({"source": {"external_id": "42", "observed_at": "2026-01-02T03:04:05Z"},
    "subject": "Where is it?", "state": "open", "created_at": "2026-01-02T03:04:05Z"})";

json::object emit(std::string_view text, std::string_view kind = "case") {
    return {{"do", "emit"}, {"kind", kind}, {"json", text}};
}

/// Blocks until a number of events has happened; gives up after five minutes.
class Countdown {
public:
    explicit Countdown(int count) : count_(count) {}
    void arrive() {
        const std::lock_guard lock(mutex_);
        --count_;
        changed_.notify_all();
    }
    bool wait() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::minutes(5), [this] { return count_ <= 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int count_;
};

TEST_F(CallsTest, a_done_call_gives_records_state_cursor_and_result) {
    start();
    std::promise<CallResult> promise;
    const json::object payload{{"steps",
                                {emit(kCase),
                                 {{"do", "state"}, {"key", "k"}, {"value", "v"}},
                                 {{"do", "cursor"}, {"value", "c2"}}}},
                               {"outcome", 0}};
    probe().poll(json::serialize(payload),
                 [&](CallResult result) { promise.set_value(std::move(result)); });
    const CallResult result = promise.get_future().get();
    EXPECT_EQ(result.outcome, Outcome::done);
    ASSERT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.records[0].kind, "case");
    EXPECT_EQ(result.records[0].external_id, "42");
    EXPECT_EQ(result.records[0].json, kCase);
    EXPECT_EQ(result.cursor, "c2");
    EXPECT_EQ(result.state, (std::vector<std::pair<std::string, std::string>>{{"k", "v"}}));
}

TEST_F(CallsTest, a_failed_call_leaves_only_its_words) {
    start();
    const CallResult result =
        execute({{"steps", {emit(kCase), {{"do", "state"}, {"key", "k"}, {"value", "v"}}}},
                 {"retry_after_ms", 1500}});
    EXPECT_EQ(result.outcome, Outcome::rejected);
    EXPECT_EQ(result.message, "emit 0\nk=v\n");
    EXPECT_EQ(result.retry_after, std::chrono::milliseconds(1500));
    EXPECT_TRUE(result.records.empty());
    EXPECT_TRUE(result.state.empty());
    EXPECT_FALSE(result.cursor);
}

TEST_F(CallsTest, outcomes_without_words_get_some) {
    start();
    EXPECT_EQ(execute({{"steps", json::array{}}, {"outcome", 1}}).outcome, Outcome::retry);
    EXPECT_EQ(execute({{"steps", json::array{}}, {"outcome", 2}}).code, "no_reason");
    EXPECT_EQ(execute({{"steps", json::array{}}, {"outcome", 77}}).outcome, Outcome::unknown);
}

TEST_F(CallsTest, records_are_checked) {
    LogCapture log;
    start();
    EXPECT_EQ(report({emit("{"), emit("{}"), emit(kCase, "order"), emit(kCase, "../manifest")}),
              "emit 2\nemit 2\nemit 2\nemit 2\n");
    EXPECT_TRUE(log.text().contains("record refused: /source is missing")) << log.text();
    EXPECT_TRUE(log.text().contains("does not list the record kind order")) << log.text();
}

TEST_F(CallsTest, state_shows_what_is_stored_and_the_call_s_own_writes_first) {
    state["k"] = "stored";
    start();
    EXPECT_EQ(report({{{"do", "state"}, {"key", "k"}},
                      {{"do", "state"}, {"key", "k"}, {"value", "new"}},
                      {{"do", "state"}, {"key", "none"}},
                      {{"do", "state"}, {"key", "big"}, {"value", std::string(65 * 1024, 'x')}}}),
              "k=stored\nk=new\nnone=\nbig=\n");
}

TEST_F(CallsTest, without_its_state_a_call_reaches_nobody_and_is_tried_again) {
    serve([](PeerConnection& connection, int) { connection.wait_for_end(); });
    state_is_out = true;
    start();
    const CallResult result =
        execute({{"steps", {{{"do", "state"}, {"key", "k"}}, get()}}, {"outcome", 0}});
    EXPECT_EQ(result.outcome, Outcome::retry);
    EXPECT_EQ(result.code, "state_unavailable");
    EXPECT_EQ(peer->connections(), 0);
}

TEST_F(CallsTest, a_result_is_checked) {
    start();
    const CallResult result = execute(
        {{"steps", {{{"do", "result"}, {"json", R"({"external_id": 5})"}}}}, {"outcome", 0}});
    EXPECT_EQ(result.outcome, Outcome::unknown);
    EXPECT_EQ(result.code, "invalid_result");
    EXPECT_TRUE(result.message.contains("/external_id must be text")) << result.message;
}

TEST_F(CallsTest, an_escaped_exception_is_final_unless_something_was_sent) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.send(http_response("ok"));
    });
    start();
    const CallResult before = execute({{"steps", {{{"do", "throw"}}}}});
    EXPECT_EQ(before.outcome, Outcome::rejected);
    EXPECT_EQ(before.code, "connector_error");
    const CallResult after = execute({{"steps", {post("x"), {{"do", "throw"}}}}});
    EXPECT_EQ(after.outcome, Outcome::unknown);
    EXPECT_EQ(execute({{"steps", json::array{}}, {"outcome", 0}}).outcome, Outcome::done);
}

TEST_F(CallsTest, commands_outside_the_manifest_are_rejected) {
    start();
    std::promise<CallResult> promise;
    probe().execute({"refund.create", "k", "{}", 1},
                    [&](CallResult result) { promise.set_value(std::move(result)); });
    EXPECT_EQ(promise.get_future().get().code, "not_supported");
}

TEST_F(CallsTest, check_and_receive_reach_the_connector) {
    start();
    std::promise<CallResult> checked;
    probe().check([&](CallResult result) { checked.set_value(std::move(result)); });
    EXPECT_EQ(checked.get_future().get().outcome, Outcome::done);
    std::promise<CallResult> received;
    InboundMessage message{
        "m", {}, "application/json", R"({"steps": [{"do": "log", "message": "x"}]})", 1};
    probe().receive(message, [&](CallResult result) { received.set_value(std::move(result)); });
    EXPECT_EQ(received.get_future().get().message, "log\n");
}

TEST_F(CallsTest, a_thousand_calls_wait_at_once_and_one_more_is_turned_away) {
    constexpr int kCalls = 1000;
    Countdown arrived(kCalls);
    std::promise<void> release;
    const std::shared_future<void> released = release.get_future().share();
    serve([&, released](PeerConnection& connection, int) {
        connection.read_request();
        arrived.arrive();
        released.wait();
        connection.send(http_response("ok", "Connection: close\r\n"));
    });
    HostSettings patient;  // a thousand threads on the other side take their time under a sanitizer
    patient.http_deadline = patient.call_deadline = std::chrono::minutes(10);
    start(patient);
    std::vector<std::future<CallResult>> calls;
    for (int i = 0; i < kCalls; ++i)
        calls.push_back(begin({{"steps", {get()}}, {"most_inside", true}}));
    const bool all_wait = arrived.wait();
    EXPECT_TRUE(all_wait);
    if (all_wait) {
        const CallResult busy = execute({{"steps", json::array{}}, {"outcome", 0}});
        EXPECT_EQ(busy.outcome, Outcome::retry);
        EXPECT_EQ(busy.code, "busy");
    }
    release.set_value();
    for (auto& call : calls)
        ASSERT_EQ(call.get().message, "ANSWERED 200 ok\n1000\n");
    EXPECT_EQ(execute({{"steps", json::array{}}, {"outcome", 0}}).outcome, Outcome::done);
}

TEST_F(CallsTest, stopping_ends_what_waits) {
    Countdown arrived(3);
    serve([&](PeerConnection& connection, int) {
        const bool is_answered = connection.read_request().starts_with("GET /asleep");
        arrived.arrive();
        if (is_answered) connection.send(http_response("ok"));
        connection.wait_for_end();
    });
    start();
    auto sent = begin({{"steps", {post("x"), get()}}});
    auto asked = begin({{"steps", {get()}}});
    auto asleep =
        begin({{"steps", {get("/asleep"), {{"do", "sleep"}, {"ms", 3'600'000}}, post("x")}}});
    ASSERT_TRUE(arrived.wait());
    const auto before = std::chrono::steady_clock::now();
    host->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::minutes(2));
    EXPECT_EQ(
        sent.get().message,
        "NO_ANSWER the connector is being stopped\nSTOPPING the connector is being stopped\n");
    EXPECT_EQ(asked.get().message, "NO_ANSWER the connector is being stopped\n");
    EXPECT_TRUE(asleep.get().message.ends_with("STOPPING the connector is being stopped\n"));
    EXPECT_EQ(execute({{"steps", json::array{}}, {"outcome", 0}}).code, "stopping");
    host->stop();
}

TEST_F(CallsTest, stopping_ends_a_connection_that_is_being_made) {
    // TLS towards a peer that never answers the handshake.
    Countdown arrived(1);
    serve([&](PeerConnection& connection, int) {
        arrived.arrive();
        connection.wait_for_end();
    });
    url = "https://127.0.0.1:" + std::to_string(peer->port());
    start();
    auto call = begin({{"steps", {get()}}});
    ASSERT_TRUE(arrived.wait());
    host->stop();
    EXPECT_EQ(call.get().message, "STOPPING the connector is being stopped\n");
}

}  // namespace
}  // namespace orderhub::connectors::test
