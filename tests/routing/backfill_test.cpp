// A connector's history: read once, below the live traffic, whatever happens in between.
#include <algorithm>

#include "tests/routing/fixture.hpp"

namespace orderhub::routing {

namespace {

/// Orders in pages of `per_page`; the cursor is the number of orders already given.
class Archive {
public:
    Archive(int orders, int per_page) : orders_(orders), per_page_(per_page) {}
    void page(const std::string& cursor, const Caller::Done& done) {
        const int from = cursor.empty() ? 0 : std::stoi(cursor);
        CallResult result;
        int next = from;
        for (; next < orders_ && next < from + per_page_; ++next)
            result.records.push_back(
                {"order", std::to_string(next), "order " + std::to_string(next)});
        result.cursor = std::to_string(next);
        const std::scoped_lock lock(mutex_);
        cursors_.push_back(cursor);
        done(result);
    }
    Keys cursors() const {
        const std::scoped_lock lock(mutex_);
        return cursors_;
    }

private:
    const int orders_;
    const int per_page_;
    mutable std::mutex mutex_;
    Keys cursors_;
};

}  // namespace

class BackfillTest : public RouterTest {
protected:
    BackfillTest() {
        shop_.interval = std::chrono::hours(1);
        shop_.on_poll = [](const std::string&, const Caller::Done& done) { done({}); };
        settings_.now_ms = [this] {
            ++looks_;
            return std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                .count();
        };
    }
    // The router's threads use the clock and the archive until they have ended.
    ~BackfillTest() override { close_all(); }
    /// The archive lives until the router has ended.
    const Archive& read_from(int orders, int per_page) {
        archive_ = std::make_unique<Archive>(orders, per_page);
        shop_.on_poll = [this](const std::string& cursor, const Caller::Done& done) {
            if (cursor.empty()) return done({});  // the regular poll
            archive_->page(cursor, done);
        };
        return *archive_;
    }
    Result<void> begin(std::uint32_t per_second = 10'000) {
        return router_->start_backfill("shop", "0", per_second, {"agent:kim"});
    }
    BackfillRun run() {
        const auto found = router_->backfill("shop");
        EXPECT_TRUE(found);
        return found.value_or(BackfillRun{});
    }
    bool has_ended() { return run().state != "running"; }
    std::size_t applied() {
        const auto all = notes();
        return static_cast<std::size_t>(std::ranges::count_if(
            all, [](const auto& line) { return line.starts_with("applied order order "); }));
    }
    std::uint32_t held() {
        std::uint32_t count = 0;
        EXPECT_TRUE(store_->read([&](store::Transaction& unit) -> Result<void> {
            count = unit.held_messages("shop", 100'000);
            return {};
        }));
        return count;
    }

    std::atomic<int> looks_ = 0;  ///< at the clock
    std::unique_ptr<Archive> archive_;
};

TEST_F(BackfillTest, ReadsAllPagesOnceAndTellsHowFarItIs) {
    const Archive& archive = read_from(5, 2);
    start();
    EXPECT_EQ(run().state, "none");
    EXPECT_TRUE(begin());
    EXPECT_EQ(begin().error().code, "already_running");
    EXPECT_TRUE(soon([&] { return has_ended() && applied() == 5; }));
    const auto now = run();
    EXPECT_EQ(now.state, "done");
    EXPECT_EQ(now.pages, 4U);
    EXPECT_EQ(now.records, 5U);
    EXPECT_EQ(now.queued, 5U);
    EXPECT_EQ(now.released, 5U);
    EXPECT_EQ(now.cursor, "5");
    EXPECT_EQ(archive.cursors(), (Keys{"0", "2", "4", "5"}));
    EXPECT_TRUE(begin());
    EXPECT_TRUE(soon([&] { return has_ended(); }));
    EXPECT_EQ(run().queued, 0U) << "all known";
    EXPECT_EQ(event_types(),
              (Keys{"backfill.started", "backfill.done", "backfill.started", "backfill.done"}));
    EXPECT_EQ(router_->start_backfill("erp", "0", 1, {"agent:kim"}).error().kind,
              ErrorKind::NotFound);
}

TEST_F(BackfillTest, WaitsWhileLiveMessagesWait) {
    read_from(5, 5);
    settings_.inbox_concurrency = 1;
    std::promise<Caller::Done> taken;
    shop_.on_receive = [&](const InboxMessage& message, Caller::Done done) {
        if (message.message_id == "first")
            taken.set_value(std::move(done));
        else
            done({});
    };
    start();
    EXPECT_TRUE(intake("first", "x"));
    auto first = taken.get_future().get();
    EXPECT_TRUE(intake("second", "x"));
    EXPECT_TRUE(begin());
    EXPECT_TRUE(soon([&] { return held() == 5; }));
    const int looks = looks_;
    EXPECT_TRUE(soon([&] { return looks_ > looks + 20; })) << "it looks again and again";
    EXPECT_EQ(held(), 5U) << "and lets nothing go";
    first({});
    EXPECT_TRUE(soon([&] { return applied() == 5 && has_ended(); }));
}

TEST_F(BackfillTest, LetsGoNoFasterThanAsked) {
    read_from(40, 100);
    start();
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_TRUE(begin(50));
    EXPECT_TRUE(soon([&] { return applied() == 40; }));
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_GE(took, std::chrono::milliseconds(500)) << "40 records at 50 a second";
}

TEST_F(BackfillTest, ReadsNoFurtherPageWhileManyRecordsWait) {
    const Archive& archive = read_from(1'000, 150);
    start();
    EXPECT_TRUE(begin(1));
    EXPECT_TRUE(soon([&] { return archive.cursors().size() == 2; }));
    EXPECT_TRUE(soon([&] { return run().pages == 2; }));
    EXPECT_TRUE(soon([&] { return run().released >= 1; }));
    EXPECT_EQ(archive.cursors().size(), 2U);
}

TEST_F(BackfillTest, GoesOnAfterARestartWithoutBeingAsked) {
    const Archive& archive = read_from(300, 250);
    start();
    EXPECT_TRUE(begin(2));
    EXPECT_TRUE(soon([&] { return run().released >= 1; }));
    close_all();
    const auto before = applied();
    open_store();
    start();
    EXPECT_EQ(run().state, "running");
    EXPECT_TRUE(soon([&] { return applied() > before; }));
    EXPECT_EQ(archive.cursors(), Keys{"0"}) << "the first page is not read again";
}

TEST_F(BackfillTest, ACancelledOneReadsNoMoreAndKeepsWhatItHas) {
    const Archive& archive = read_from(1'000, 250);
    start();
    EXPECT_EQ(router_->cancel_backfill("shop", {"agent:kim"}).error().code, "not_running");
    EXPECT_TRUE(begin(1));
    EXPECT_TRUE(soon([&] { return run().pages == 1; }));
    EXPECT_TRUE(router_->cancel_backfill("shop", {"agent:kim"}));
    EXPECT_TRUE(router_->cancel_backfill("shop", {"agent:kim"})) << "twice is once";
    EXPECT_TRUE(soon([&] { return applied() == 250; }));
    EXPECT_EQ(run().state, "cancelled");
    EXPECT_EQ(archive.cursors().size(), 1U);
    EXPECT_EQ(event_types(), (Keys{"backfill.started", "backfill.cancelled"}));
}

TEST_F(BackfillTest, AFailedPageIsReadAgainAndARefusedOneEndsIt) {
    Archive archive(2, 2);
    std::atomic<int> failures = 3;
    std::atomic<bool> refuses = false;
    shop_.on_poll = [&](const std::string& cursor, const Caller::Done& done) {
        if (cursor.empty()) return done({});
        if (refuses) return done(failure(Outcome::rejected, "forbidden"));
        if (failures-- > 0) return done(failure(Outcome::retry, "unreachable"));
        archive.page(cursor, done);
    };
    start();
    EXPECT_TRUE(begin());
    EXPECT_TRUE(soon([&] { return has_ended(); }));
    EXPECT_EQ(run().state, "done");
    EXPECT_EQ(run().error, "");
    refuses = true;
    EXPECT_TRUE(begin());
    EXPECT_TRUE(soon([&] { return has_ended(); }));
    EXPECT_EQ(run().state, "failed");
    EXPECT_EQ(run().error, "forbidden: words");
}

}  // namespace orderhub::routing
