// What is said when it does not work, and the exit codes.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "scripted_hub.hpp"

namespace orderhub::cli {
namespace {

class Failures : public CliTest {};

/// A port at which nobody listens, kept so that nobody else gets it.
class UnusedPort {
public:
    UnusedPort() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        number_ = ntohs(address.sin_port);
    }
    UnusedPort(const UnusedPort&) = delete;
    UnusedPort& operator=(const UnusedPort&) = delete;
    ~UnusedPort() { ::close(socket_); }
    int number() const { return number_; }

private:
    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    int number_ = 0;
};

TEST_F(Failures, NoHubThere) {
    const UnusedPort port;
    const std::string url = "http://127.0.0.1:" + std::to_string(port.number());
    const auto outcome = run("--url " + url + " orders find x");
    EXPECT_EQ(outcome.code, kUnreachable);
    EXPECT_EQ(outcome.err, "orderhub: The hub at " + url + " does not answer.\n");
    EXPECT_EQ(outcome.out, "");
}

TEST_F(Failures, AHubThatDoesNotAnswerInTime) {
    hub_.on("GET /api/v1/orders?q=x", {.status = 200, .body = "{}", .silent = true});
    const auto outcome = run("--timeout 1 orders find x");
    EXPECT_EQ(outcome.code, kUnreachable);
    EXPECT_NE(outcome.err.find("did not answer in time"), std::string::npos) << outcome.err;
}

TEST_F(Failures, EachStatusHasItsExitCode) {
    const std::vector<std::pair<int, int>> expected{
        {400, kFailed},   {401, kFailed}, {403, kFailed}, {404, kNotFound}, {409, kConflict},
        {422, kConflict}, {428, kFailed}, {429, kFailed}, {500, kFailed},   {503, kFailed}};
    for (const auto& [status, code] : expected) {
        const std::string target = "/api/v1/orders?q=" + std::to_string(status);
        on("GET " + target, problem(status, "c", "no"), status);
        EXPECT_EQ(run("orders find " + std::to_string(status)).code, code) << status;
    }
}

TEST_F(Failures, ATokenThatIsRefused) {
    on("GET /api/v1/orders", problem(401, "bad_token", "This token is not known."), 401);
    EXPECT_EQ(run("orders find").err,
              "orderhub: This token is not known. Set ORDERHUB_TOKEN to a token of this hub.\n");
}

TEST_F(Failures, SomethingElseAnswersThere) {
    on("GET /api/v1/orders", "<html>404</html>", 404);
    on("GET /api/v1/connectors", "<html>hello</html>", 200);
    for (const char* line : {"orders find", "connectors list"}) {
        const auto outcome = run(line);
        EXPECT_EQ(outcome.code, kUnreachable) << line;
        EXPECT_NE(outcome.err.find("does not speak as a hub does"), std::string::npos);
    }
}

TEST_F(Failures, ARedirectIsNotFollowedWithTheToken) {
    hub_.on("GET /api/v1/orders", {302, "{}"});
    EXPECT_EQ(run("orders find").code, kUnreachable);
    EXPECT_EQ(hub_.seen().size(), 1u);
}

TEST_F(Failures, WhatTheHubSaysCannotSteerTheTerminal) {
    on("GET /api/v1/orders", problem(400, "c", "\x1b[2J bad"), 400);
    EXPECT_EQ(run("orders find").err.find('\x1b'), std::string::npos);
}

TEST_F(Failures, AddressesAndTokensThatCannotBeMeant) {
    for (const char* url : {"127.0.0.1:8080", "ftp://x", "http://", "http://user:pw@x"})
        EXPECT_EQ(run(std::string("orders find --url ") + url).code, kUsage) << url;
    ::setenv("ORDERHUB_TOKEN", "oh_secret-token-of-the-test\nX-Other: 1", 1);
    EXPECT_EQ(run("orders find").code, kUsage);
    EXPECT_TRUE(hub_.seen().empty());
}

TEST_F(Failures, AHubBelowAPath) {
    hub_.on("GET /hub/api/v1/connectors", {200, document("connectors")});
    const std::string url = "http://127.0.0.1:" + std::to_string(hub_.port()) + "/hub/";
    EXPECT_EQ(run("connectors list --url " + url).code, kOk);
}

TEST_F(Failures, TheTokenOfTheArgumentsIsTakenOutOfThem) {
    on("GET /api/v1/connectors", document("connectors"));
    for (std::vector<std::string> words :
         {std::vector<std::string>{"orderhub", "connectors", "list", "--token", "oh_other"},
          std::vector<std::string>{"orderhub", "connectors", "list", "--token=oh_other"}}) {
        std::vector<char*> arguments;
        for (std::string& word : words)
            arguments.push_back(word.data());
        ::testing::internal::CaptureStdout();
        const int code = cli::run(static_cast<int>(arguments.size()), arguments.data(), local_);
        ::testing::internal::GetCapturedStdout();
        EXPECT_EQ(code, kOk);
        EXPECT_EQ(last().header("Authorization"), "Bearer oh_other");
        EXPECT_EQ(words.back().find("oh_other"), std::string::npos);
    }
}

}  // namespace
}  // namespace orderhub::cli
