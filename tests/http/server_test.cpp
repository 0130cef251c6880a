// The server's limits: size, time, number of connections; and how it stops.
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

TEST_F(ServerTest, ARequestThatWaitsIsAnsweredAtStop) {
    auto reply =
        std::async(std::launch::async, [this] { return call("GET", "/api/v1/events?wait_s=30"); });
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (server_->connections() == 0 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    api_->stop();
    server_->stop();
    ASSERT_EQ(reply.wait_for(10s), std::future_status::ready);
    const auto status = reply.get().status;
    EXPECT_TRUE(status == 200 || status == 503) << status;
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
