// How each thing that can happen to an exchange is classed.
#include <atomic>

#include "host_fixture.hpp"

namespace orderhub::connectors::test {
namespace {

using HttpTest = HostFixture;

/// Answers every request of a connection with `response`.
RawPeer::Script answering(std::string response) {
    return [response](PeerConnection& connection, int) {
        while (!connection.read_request().empty())
            connection.send(response);
    };
}

TEST_F(HttpTest, a_complete_answer_is_handed_over_whatever_its_status) {
    serve(answering(http_response("sorry", "X-Reason: full\r\nX-Reason: twice\r\n", 503)));
    start();
    EXPECT_EQ(report(get()), "ANSWERED 503 sorry x-reason=full x-reason=twice\n");
}

TEST_F(HttpTest, sends_what_was_asked_for) {
    std::promise<std::string> seen;
    serve([&](PeerConnection& connection, int) {
        seen.set_value(connection.read_request());
        connection.send(http_response("ok"));
    });
    start();
    EXPECT_EQ(report(get("/a%20b?c=d",
                         {{"method", "PUT"}, {"body", "text"}, {"headers", {{"X-Trace", "7"}}}})),
              "ANSWERED 200 ok\n");
    EXPECT_EQ(seen.get_future().get(), "PUT /a%20b?c=d HTTP/1.1\r\nHost: " + url.substr(7) +
                                           "\r\nX-Trace: 7\r\nContent-Length: 4\r\n\r\ntext");
}

TEST_F(HttpTest, redirects_are_answers) {
    serve(answering(http_response("", "Location: http://other.example/\r\n", 302)));
    start();
    EXPECT_EQ(report(get()), "ANSWERED 302 \n");
}

TEST_F(HttpTest, reads_chunks_interim_responses_and_bodies_that_end_with_the_connection) {
    serve([](PeerConnection& connection, int index) {
        connection.read_request();
        if (index == 0)
            connection.send(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                "Connection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        else
            connection.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
    });
    start();
    EXPECT_EQ(report({get(), get()}), "ANSWERED 200 abcde\nANSWERED 200 until the end\n");
}

TEST_F(HttpTest, head_has_no_body) {
    serve(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
    start();
    const json::object head = get("/", {{"method", "HEAD"}});
    EXPECT_EQ(report({head, head}), "ANSWERED 200 \nANSWERED 200 \n");
    EXPECT_EQ(peer->connections(), 1);
}

TEST_F(HttpTest, nobody_listening_is_not_sent) {
    start();
    EXPECT_TRUE(begins(report(post("x")), "NOT_SENT cannot connect to 127.0.0.1:"));
}

TEST_F(HttpTest, a_command_that_another_hub_may_have_taken_over_only_reads) {
    serve(answering(http_response("ok")));
    std::vector<std::int64_t> asked;
    HostSettings settings;
    settings.surely_owns = [&](std::int64_t owner) {
        asked.push_back(owner);
        return asked.size() == 1;
    };
    start(settings);
    EXPECT_EQ(report({post("x"), get(), post("x"), get("/", {{"method", "DELETE"}}), get()}),
              "ANSWERED 200 ok\nANSWERED 200 ok\nNOT_SENT another hub may be about to do this\n"
              "NOT_SENT another hub may be about to do this\nANSWERED 200 ok\n");
    EXPECT_EQ(asked, std::vector<std::int64_t>(3, kOwner));
    EXPECT_EQ(peer->connections(), 1);
}

TEST_F(HttpTest, only_commands_are_asked_whether_they_may_write) {
    serve(answering(http_response("ok")));
    HostSettings settings;
    settings.surely_owns = [](std::int64_t) { return false; };
    start(settings);
    std::promise<CallResult> promise;
    probe().poll(json::serialize(json::object{{"steps", {post("x")}}}),
                 [&](CallResult result) { promise.set_value(std::move(result)); });
    EXPECT_EQ(promise.get_future().get().message, "ANSWERED 200 ok\n");
}

TEST_F(HttpTest, an_unknown_name_is_not_sent) {
    url = "http://no-such-host.invalid";
    start();
    EXPECT_TRUE(begins(report(get()), "NOT_SENT the name no-such-host.invalid cannot be found"));
}

TEST_F(HttpTest, a_reset_after_the_request_is_no_answer) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.reset();
    });
    start();
    EXPECT_TRUE(begins(report(post("x")), "NO_ANSWER no complete answer came"));
    EXPECT_TRUE(begins(report(get()), "NO_ANSWER no complete answer came"));
}

TEST_F(HttpTest, a_close_without_a_byte_is_no_answer) {
    serve([](PeerConnection& connection, int) { connection.read_request(); });
    start();
    EXPECT_TRUE(begins(report(post("x")), "NO_ANSWER"));
}

TEST_F(HttpTest, a_truncated_body_is_no_answer) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    });
    start();
    EXPECT_TRUE(begins(report(get()), "NO_ANSWER"));
}

TEST_F(HttpTest, a_truncated_head_is_no_answer) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Le");
    });
    start();
    EXPECT_TRUE(begins(report(get()), "NO_ANSWER"));
}

TEST_F(HttpTest, what_is_not_http_is_no_answer) {
    serve(answering("SSH-2.0-OpenSSH\r\n\r\n"));
    start();
    EXPECT_TRUE(begins(report(get()), "NO_ANSWER"));
}

TEST_F(HttpTest, silence_ends_with_the_time_allowed) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.wait_for_end();
    });
    start();
    EXPECT_EQ(report(post("x", {{"timeout_ms", 1000}})),
              "NO_ANSWER no complete answer within the time allowed\n");
}

TEST_F(HttpTest, a_drip_ends_with_the_time_allowed) {
    std::promise<void> hung_up;
    serve([&](PeerConnection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nx");
        connection.wait_for_end();
        hung_up.set_value();
    });
    start();
    EXPECT_EQ(report(get("/", {{"timeout_ms", 1000}})),
              "NO_ANSWER no complete answer within the time allowed\n");
    EXPECT_EQ(hung_up.get_future().wait_for(std::chrono::minutes(2)), std::future_status::ready);
}

TEST_F(HttpTest, the_call_s_own_deadline_bounds_its_exchanges) {
    serve([](PeerConnection& connection, int) { connection.wait_for_end(); });
    HostSettings settings;
    settings.call_deadline = std::chrono::milliseconds(1'000);
    start(settings);
    EXPECT_EQ(report({get(), get()}),
              "NO_ANSWER no complete answer within the time allowed\nNOT_SENT the time for this "
              "call is over\n");
    EXPECT_TRUE(begins(report(json::object{{"do", "sleep"}, {"ms", 3'600'000}}), "slept "));
}

TEST_F(HttpTest, an_answer_that_is_too_large_is_no_answer) {
    serve(answering(http_response(std::string(1000, 'x'))));
    start();
    EXPECT_TRUE(begins(report(get("/", {{"max_bytes", 999}})), "NO_ANSWER"));
    EXPECT_TRUE(begins(report(get("/", {{"max_bytes", 1000}})), "ANSWERED 200 xxx"));
}

TEST_F(HttpTest, an_endless_answer_is_no_answer) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.send("HTTP/1.1 200 OK\r\n\r\n");
        for (int i = 0; i < 100; ++i)
            connection.send(std::string(1024, 'x'));
    });
    start();
    EXPECT_TRUE(begins(report(get("/", {{"max_bytes", 50'000}})), "NO_ANSWER"));
}

TEST_F(HttpTest, an_early_refusal_of_a_large_body_is_an_answer) {
    serve([](PeerConnection& connection, int) {
        connection.send(http_response("too large", "Connection: close\r\n", 413));
        connection.wait_for_end();
    });
    start();
    EXPECT_EQ(report(post(std::string(100'000, 'x'))), "ANSWERED 413 too large\n");
}

TEST_F(HttpTest, a_connection_is_used_again) {
    serve(answering(http_response("ok")));
    start();
    EXPECT_EQ(report({get(), post("x"), get()}),
              "ANSWERED 200 ok\nANSWERED 200 ok\nANSWERED 200 ok\n");
    EXPECT_EQ(report(get()), "ANSWERED 200 ok\n");
    EXPECT_EQ(peer->connections(), 1);
}

TEST_F(HttpTest, a_peer_that_closes_after_each_answer_works) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.send(http_response("ok", "Connection: close\r\n"));
    });
    start();
    EXPECT_EQ(report({post("a"), post("b")}), "ANSWERED 200 ok\nANSWERED 200 ok\n");
    EXPECT_EQ(peer->connections(), 2);
}

TEST_F(HttpTest, an_idle_connection_that_was_closed_is_not_used) {
    std::promise<void> closed;
    serve([&](PeerConnection& connection, int index) {
        connection.read_request();
        connection.send(http_response("ok"));
        connection.close();
        if (index == 0) closed.set_value();
    });
    start();
    EXPECT_EQ(report(get()), "ANSWERED 200 ok\n");
    closed.get_future().get();
    EXPECT_EQ(report(post("x")), "ANSWERED 200 ok\n");
}

TEST_F(HttpTest, a_reused_connection_that_dies_is_tried_again_for_reads_only) {
    std::atomic<int> posts = 0;
    serve([&](PeerConnection& connection, int) {
        connection.read_request();
        connection.send(http_response("first"));
        if (connection.read_request().starts_with("POST")) ++posts;
        connection.reset();
    });
    start();
    EXPECT_EQ(report({get(), get()}), "ANSWERED 200 first\nANSWERED 200 first\n");
    EXPECT_EQ(peer->connections(), 2);
    EXPECT_TRUE(begins(report(post("x")), "NO_ANSWER"));
    EXPECT_EQ(posts, 1);
    EXPECT_EQ(peer->connections(), 2);
}

TEST_F(HttpTest, a_read_is_not_tried_again_once_answer_bytes_came) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.send(http_response("first"));
        connection.read_request();
        connection.send("HTTP/1.1 2");
        connection.reset();
    });
    start();
    const std::string lines = report({get(), get()});
    EXPECT_TRUE(begins(lines, "ANSWERED 200 first\nNO_ANSWER"));
    EXPECT_EQ(peer->connections(), 1);
}

TEST_F(HttpTest, bytes_after_an_answer_spoil_the_connection) {
    serve([](PeerConnection& connection, int) {
        connection.read_request();
        connection.send(http_response("ok") + http_response("smuggled"));
        connection.wait_for_end();
    });
    start();
    EXPECT_EQ(report({get(), get()}), "ANSWERED 200 ok\nANSWERED 200 ok\n");
    EXPECT_EQ(peer->connections(), 2);
}

}  // namespace
}  // namespace orderhub::connectors::test
