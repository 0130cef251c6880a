// The journal as server-sent events.
#include <httplib.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "api_fixture.hpp"

namespace orderhub::http {
namespace {

/// A client that follows the events until the stream ends or it goes away.
class Follower {
public:
    Follower(int port, const std::string& token, const std::string& path, Headers headers = {})
        : client_("127.0.0.1", port) {
        httplib::Headers all{{"Authorization", "Bearer " + token}, {"Accept", "text/event-stream"}};
        for (const auto& [name, value] : headers)
            all.emplace(name, value);
        thread_ = std::thread([this, path, all] { read(path, all); });
    }
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;
    ~Follower() { leave(); }

    /// Waits until the text came; false if it does not within two minutes, or the stream ends
    /// before.
    bool saw(const std::string& text) {
        std::unique_lock lock(mutex_);
        const auto there = [&] { return seen_.find(text) != std::string::npos; };
        came_.wait_for(lock, std::chrono::minutes(2), [&] { return there() || ended_; });
        return there();
    }
    /// Waits for the end; true if the body was complete.
    bool ended_cleanly() {
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, std::chrono::minutes(2), [&] { return ended_; });
        return ended_ && complete_;
    }
    void leave() {
        left_ = true;
        client_.stop();
        if (thread_.joinable()) thread_.join();
    }
    int status() {
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, std::chrono::minutes(2), [&] { return status_ != 0 || ended_; });
        return status_;
    }
    std::string text() {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

private:
    void read(const std::string& path, const httplib::Headers& headers) {
        const auto result = client_.Get(
            path, headers,
            [this](const httplib::Response& response) {
                const std::lock_guard lock(mutex_);
                status_ = response.status;
                came_.notify_all();
                return true;
            },
            [this](const char* data, std::size_t size) {
                const std::lock_guard lock(mutex_);
                seen_.append(data, size);
                came_.notify_all();
                return !left_;
            });
        const std::lock_guard lock(mutex_);
        ended_ = true;
        complete_ = static_cast<bool>(result);
        came_.notify_all();
    }

    httplib::Client client_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::string seen_;
    int status_ = 0;
    bool ended_ = false;
    bool complete_ = false;
    std::atomic<bool> left_ = false;
    std::thread thread_;
};

class Stream : public ApiTest {
protected:
    std::unique_ptr<Follower> follow(const std::string& query = "", Headers headers = {}) {
        return std::make_unique<Follower>(server_->port(), tokens_["agent"],
                                          "/api/v1/events" + query, std::move(headers));
    }
    void append(const std::string& type) {
        ASSERT_TRUE(store_->write([&](store::Transaction& transaction) -> Result<void> {
            servicing::Event event;
            event.id = "ev_" + type;
            event.type = type;
            event.data = R"({"words": "two\nlines"})";
            event.at = "2026-11-22T10:00:00.000Z";
            transaction.append(event);
            return {};
        }));
        api_->committed();
    }
};

TEST_F(Stream, GivesWhatIsThereAndThenWhatComes) {
    append("one");
    const auto follower = follow();
    ASSERT_TRUE(follower->saw("id: 1\ndata: {\"sequence\":1,"));
    EXPECT_TRUE(follower->saw(R"("type":"one")"));
    append("two");
    EXPECT_TRUE(follower->saw("id: 2\ndata: {\"sequence\":2,"));
    EXPECT_EQ(follower->status(), 200);
    EXPECT_TRUE(follower->text().starts_with("retry: 2000\n\n"));
}

TEST_F(Stream, GoesOnAfterTheLastOneThatTheClientSaw) {
    for (const auto* type : {"one", "two", "three"})
        append(type);
    const auto by_address = follow("?after=1");
    EXPECT_TRUE(by_address->saw("id: 3\n"));
    EXPECT_EQ(by_address->text().find("id: 1\n"), std::string::npos);
    const auto again = follow("?after=1", {{"Last-Event-ID", "2"}});
    EXPECT_TRUE(again->saw("id: 3\n"));
    EXPECT_EQ(again->text().find("id: 2\n"), std::string::npos);
}

TEST_F(Stream, EndsCleanlyWhenTheHubStops) {
    append("one");
    const auto follower = follow();
    ASSERT_TRUE(follower->saw("id: 1\n"));
    api_->stop();
    EXPECT_TRUE(follower->ended_cleanly());
}

TEST_F(Stream, WrongPlacesAreRefused) {
    EXPECT_EQ(follow("", {{"Last-Event-ID", "x"}})->status(), 400);
    EXPECT_EQ(follow("?after=-1")->status(), 400);
    EXPECT_EQ(follow("?limit=5")->status(), 400);
}

TEST_F(Stream, OnlySoManyAtOnceAndAPlaceIsFreeWhenOneEnds) {
    append("one");
    EventFeed feed(*store_, *service_, {.streams = 2});
    auto first = feed.follow(0);
    auto second = feed.follow(0);
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(feed.follow(0));
    second.reset();
    EXPECT_TRUE(feed.follow(0));
}

TEST_F(Stream, ASlowReaderIsReadForOnlyAsFastAsItReads) {
    EventFeed feed(*store_, *service_, {.heartbeat = std::chrono::milliseconds(1)});
    const auto next = *feed.follow(0);
    const auto piece = [&] {
        std::promise<Response> given;
        next([&](Response response) { given.set_value(std::move(response)); });
        return given.get_future().get().body;
    };
    EXPECT_TRUE(piece().starts_with("retry:"));
    for (int n = 0; n < 250; ++n)
        append("type" + std::to_string(n));
    const auto first = piece();
    EXPECT_NE(first.find("id: 100\n"), std::string::npos);
    EXPECT_EQ(first.find("id: 101\n"), std::string::npos) << "more than a page in memory";
    EXPECT_NE(piece().find("id: 200\n"), std::string::npos);
    EXPECT_NE(piece().find("id: 250\n"), std::string::npos);
    EXPECT_EQ(piece(), ": no news\n\n");
}

TEST_F(Stream, WhatAnotherHubWritesIsFoundWithoutASignal) {
    EventFeed feed(
        *store_, *service_,
        {.heartbeat = std::chrono::minutes(10), .look_again = std::chrono::milliseconds(5)});
    std::promise<Response> given;
    const auto next = *feed.follow(0);
    next([](const Response&) {});
    next([&](Response response) { given.set_value(std::move(response)); });
    append("elsewhere");  // tells the API's own feed, not this one
    EXPECT_NE(given.get_future().get().body.find("id: 1\n"), std::string::npos);
}

}  // namespace
}  // namespace orderhub::http
