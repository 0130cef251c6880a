// Which addresses subscribers may have, and what comes of calling them.
#include "hub/runtime/webhook_sender.hpp"

#include <gtest/gtest.h>
#include <httplib.h>

#include <future>
#include <thread>

namespace orderhub::runtime {
namespace {

using namespace std::chrono_literals;
using routing::PostResult;
using Outcome = PostResult::Outcome;

/// A subscriber on loopback.
class Subscriber {
public:
    Subscriber() {
        server_.Post("/hook", [this](const httplib::Request& request, httplib::Response& response) {
            request_ = request;
            answer(response);
        });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running())
            std::this_thread::yield();
    }
    ~Subscriber() {
        server_.stop();
        thread_.join();
    }
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    /// Of the last call, once it is answered.
    const httplib::Request& request() const { return request_; }

    std::function<void(httplib::Response&)> answer = [](httplib::Response& response) {
        response.status = 204;
    };

private:
    httplib::Server server_;
    httplib::Request request_;
    int port_ = 0;
    std::thread thread_;
};

std::future<PostResult> begin(WebhookSender& sender, const std::string& url) {
    auto promise = std::make_shared<std::promise<PostResult>>();
    auto future = promise->get_future();
    sender.send({"sub_1", url, {{"webhook-id", "ev_1"}}, R"({"id":"ev_1"})"},
                [promise](PostResult result) { promise->set_value(std::move(result)); });
    return future;
}

PostResult post(WebhookSender& sender, const std::string& url) {
    return begin(sender, url).get();
}

TEST(WebhookSender, TakesPublicHttpsAndWhatTheOperatorNames) {
    const WebhookSender sender({.private_hosts = {"desk.internal", "127.0.0.1:9000"}});
    for (const char* good : {"https://desk.example.com/hook", "http://desk.internal/hook",
                             "http://127.0.0.1:9000/", "https://93.184.215.14/hook"})
        EXPECT_TRUE(sender.check(good)) << good;
    for (const char* bad :
         {"http://desk.example.com/hook", "https://127.0.0.1/hook", "http://127.0.0.1:9001/",
          "https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::1]/"}) {
        const auto checked = sender.check(bad);
        ASSERT_FALSE(checked) << bad;
        EXPECT_EQ(checked.error().code, "address_refused") << bad;
    }
    EXPECT_FALSE(sender.check("ftp://desk.example.com/"));
    EXPECT_FALSE(sender.check("desk"));
}

TEST(WebhookSender, PostsTheEventWithItsHeaders) {
    Subscriber subscriber;
    WebhookSender sender({.private_hosts = {subscriber.host()}});
    const auto result = post(sender, "http://" + subscriber.host() + "/hook?who=desk");
    EXPECT_EQ(result.outcome, Outcome::answered);
    EXPECT_EQ(result.status, 204);
    EXPECT_FALSE(result.retry_after);
    EXPECT_EQ(subscriber.request().body, R"({"id":"ev_1"})");
    EXPECT_EQ(subscriber.request().get_header_value("webhook-id"), "ev_1");
    EXPECT_EQ(subscriber.request().get_param_value("who"), "desk");
}

TEST(WebhookSender, GivesStatusAndTheWaitThatIsAskedFor) {
    Subscriber subscriber;
    subscriber.answer = [](httplib::Response& response) {
        response.status = 429;
        response.set_header("Retry-After", "120");
    };
    WebhookSender sender({.private_hosts = {subscriber.host()}});
    const auto result = post(sender, "http://" + subscriber.host() + "/hook");
    EXPECT_EQ(result.status, 429);
    EXPECT_EQ(result.retry_after, 120s);
    EXPECT_EQ(result.message, "the subscriber answered 429");
}

TEST(WebhookSender, CallsNobodyWhomItMayNot) {
    Subscriber subscriber;
    WebhookSender sender({});
    const auto refused = post(sender, "http://" + subscriber.host() + "/hook");
    EXPECT_EQ(refused.outcome, Outcome::refused);
    // A name that the check lets pass, and that means this machine.
    const auto named = post(sender, "https://localhost:" + subscriber.host().substr(10) + "/hook");
    EXPECT_EQ(named.outcome, Outcome::not_sent);
    EXPECT_TRUE(subscriber.request().body.empty());
}

TEST(WebhookSender, AnAnswerThatIsTooLongOrTooLateIsNone) {
    Subscriber subscriber;
    subscriber.answer = [](httplib::Response& response) {
        response.set_content(std::string(2'000, 'x'), "text/plain");
    };
    WebhookSender sender({.private_hosts = {subscriber.host()}, .max_answer_bytes = 1'000});
    EXPECT_EQ(post(sender, "http://" + subscriber.host() + "/hook").outcome, Outcome::no_answer);

    std::promise<void> release;
    subscriber.answer = [&](httplib::Response&) { release.get_future().wait(); };
    WebhookSender hasty({.private_hosts = {subscriber.host()}, .deadline = 1s});
    EXPECT_EQ(post(hasty, "http://" + subscriber.host() + "/hook").outcome, Outcome::no_answer);
    release.set_value();
}

TEST(WebhookSender, WhatAStopCutsShortIsNobodysFault) {
    Subscriber subscriber;
    std::promise<void> called, release;
    subscriber.answer = [&](httplib::Response&) {
        called.set_value();
        release.get_future().wait();
    };
    WebhookSender sender({.private_hosts = {subscriber.host()}});
    auto result = begin(sender, "http://" + subscriber.host() + "/hook");
    called.get_future().wait();
    sender.stop();
    EXPECT_EQ(result.get().outcome, Outcome::stopped);
    EXPECT_EQ(post(sender, "http://" + subscriber.host() + "/hook").outcome, Outcome::stopped);
    release.set_value();
}

TEST(RetryAfter, IsSecondsOrADate) {
    constexpr routing::Instant kNow = 1'795'000'000'000;  // 2026-11-18T11:06:40Z
    EXPECT_EQ(retry_after("0", kNow), 0ms);
    EXPECT_EQ(retry_after("120", kNow), 120s);
    EXPECT_EQ(retry_after("99999999999", kNow), 365 * 24h);
    EXPECT_EQ(retry_after("Wed, 18 Nov 2026 11:07:40 GMT", kNow), 60s);
    EXPECT_EQ(retry_after("Wed, 18 Nov 2026 11:05:40 GMT", kNow), 0ms);
    for (const char* none : {"", "-1", "soon", "1.5", "120 s", "Wed, 18 Nov 2026 11:07:40 CET"})
        EXPECT_FALSE(retry_after(none, kNow)) << none;
}

}  // namespace
}  // namespace orderhub::runtime
