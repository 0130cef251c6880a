// The server's limits: size, time, number of connections; and how it stops.
#include <httplib.h>

#include <future>

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

using namespace std::chrono_literals;

class ServerTest : public ApiTest {
protected:
    ServerTest() { settings_.header_deadline = 400ms; }
};

const std::string kGet = "GET /healthz HTTP/1.1\r\nHost: h\r\n";

TEST_F(ServerTest, ServesSeveralRequestsOnOneConnection) {
    const auto answer = raw(kGet + "\r\n" + kGet + "\r\n" + kGet + "Connection: close\r\n\r\n");
    std::size_t count = 0;
    for (auto at = answer.find("200 OK"); at != answer.npos; at = answer.find("200 OK", at + 1))
        ++count;
    EXPECT_EQ(count, 3u);
}

TEST_F(ServerTest, RefusesWhatIsNoHttp) {
    const auto answer = raw("what is this?\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400")) << answer;
    EXPECT_NE(answer.find("application/problem+json"), answer.npos);
    EXPECT_EQ(refused_, 1);
}

TEST_F(ServerTest, RefusesALongHeader) {
    const auto answer = raw(kGet + "X-Long: " + std::string(20'000, 'x') + "\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 431")) << answer;
}

TEST_F(ServerTest, RefusesALongBodyByItsAnnouncedLength) {
    const auto answer =
        raw("POST /intake/shop HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 413")) << answer;
}

TEST_F(ServerTest, RefusesALongBodyInChunks) {
    std::string request =
        "POST /intake/shop HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 40; ++i)
        request += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    const auto answer = raw(request + "0\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 413")) << answer.substr(0, 200);
}

TEST_F(ServerTest, DoesNotWaitForASlowHeader) {
    const auto start = std::chrono::steady_clock::now();
    raw("GET /healthz HTTP/1.1\r\nHost");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
}

TEST_F(ServerTest, AnswersHeadWithoutABody) {
    const auto answer = raw("HEAD /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(ServerTest, ListensOnLoopbackByDefault) {
    EXPECT_EQ(settings_.address, "127.0.0.1");
}

TEST_F(ServerTest, SaysThatAnAddressIsTaken) {
    ServerSettings same = settings_;
    same.port = server_->port();
    EXPECT_THROW(start_server(same, [](Request, Respond) {}), std::runtime_error);
}

TEST(Stopping, ARequestUnderWayIsStillAnswered) {
    std::promise<Respond> arrived;
    const auto server =
        start_server({}, [&](Request, Respond respond) { arrived.set_value(std::move(respond)); });
    auto reply = std::async(std::launch::async, [&] {
        httplib::Client client("127.0.0.1", server->port());
        return client.Get("/");
    });
    const auto respond = arrived.get_future().get();
    auto stopped = std::async(std::launch::async, [&] { server->stop(); });
    EXPECT_EQ(stopped.wait_for(50ms), std::future_status::timeout);
    respond({200, "late", "text/plain", {}});
    EXPECT_EQ(stopped.wait_for(120s), std::future_status::ready);
    const auto answer = reply.get();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "late");
    EXPECT_EQ(answer->get_header_value("Connection"), "close");
}

TEST(Stopping, ARequestThatIsNeverAnsweredDoesNotHoldIt) {
    std::promise<Respond> arrived;
    ServerSettings settings;
    settings.stop_deadline = 100ms;
    const auto server = start_server(
        settings, [&](Request, Respond respond) { arrived.set_value(std::move(respond)); });
    auto reply = std::async(std::launch::async, [&] {
        httplib::Client client("127.0.0.1", server->port());
        client.set_read_timeout(0, 200'000);
        return client.Get("/");
    });
    const auto respond = arrived.get_future().get();
    server->stop();
    respond({200, "too late", "text/plain", {}});
}

TEST(Stopping, ADroppedRequestGivesAnError) {
    const auto server = start_server({}, [](Request, Respond) {});
    httplib::Client client("127.0.0.1", server->port());
    const auto answer = client.Get("/");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500);
}

class FullServer : public ApiTest {
protected:
    FullServer() { settings_.max_connections = 0; }
};

TEST_F(FullServer, TurnsAwayWhatIsTooMuch) {
    const auto answer = raw(kGet + "\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 503")) << answer;
    EXPECT_NE(answer.find("Retry-After: 1"), answer.npos);
    EXPECT_NE(answer.find("too_many_connections"), answer.npos);
}

}  // namespace
}  // namespace orderhub::http
