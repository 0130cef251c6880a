// A dispatcher over tables in memory, with a subscriber that the test plays and a clock that it
// moves.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/routing/subscription_dispatcher.hpp"

namespace orderhub::routing {

/// Runs everything on the test's thread; time stands still until the test moves it.
class HandScheduler final : public Scheduler {
public:
    Clock::time_point now() const override { return now_; }
    void post(Task task) override { tasks_.push_back(std::move(task)); }
    void at(Clock::time_point when, Task task) override { timers_.emplace(when, std::move(task)); }
    void wait(const std::future<void>& done) override {
        while (done.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
            ASSERT_TRUE(step()) << "nothing is left to do that could end this";
    }
    void stop() override {}

    /// Runs what is due now.
    void settle() {
        while (step()) {
        }
    }
    void advance(std::chrono::milliseconds time) {
        const auto end = now_ + time;
        settle();
        while (!timers_.empty() && timers_.begin()->first <= end) {
            now_ = std::max(now_, timers_.begin()->first);
            settle();
        }
        now_ = end;
    }
    void forget() {
        tasks_.clear();
        timers_.clear();
    }
    Instant wall_ms() const {
        return 1'800'000'000'000 +
               std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch())
                   .count();
    }

private:
    bool step() {
        while (!timers_.empty() && timers_.begin()->first <= now_)
            tasks_.push_back(std::move(timers_.extract(timers_.begin()).mapped()));
        if (tasks_.empty()) return false;
        const Task task = std::move(tasks_.front());
        tasks_.pop_front();
        task();
        return true;
    }

    Clock::time_point now_{};
    std::deque<Task> tasks_;
    std::multimap<Clock::time_point, Task> timers_;
};

/// What is on disk; it outlives dispatchers. `broken`: neither reads nor writes.
class MemoryTables final : public SubscriptionUnits, public SubscriptionUnit, public Subscriptions {
public:
    void write(Work work, Done done) override {
        if (broken) return done(fail(ErrorKind::Unavailable, "disk_full", "no space"));
        ++writes;
        done(work(*this));
    }
    Result<void> read(const Look& look) override {
        if (broken) return fail(ErrorKind::Unavailable, "disk_full", "no space");
        return look(*this);
    }
    Subscriptions& rows() override { return *this; }
    bool is_ours(std::string_view) override { return ours; }
    void journal(Instant, const std::string& type, const std::string& data) override {
        append(type, data);
    }

    std::vector<Subscription> subscriptions() override {
        std::vector<Subscription> all;
        for (const auto& [id, row] : table)
            all.push_back(row);
        return all;
    }
    std::optional<Subscription> subscription(std::string_view id) override {
        const auto found = table.find(std::string(id));
        return found == table.end() ? std::nullopt : std::optional(found->second);
    }
    void save_subscription(const Subscription& row) override { table[row.id] = row; }
    bool save_progress(const Subscription& row) override {
        const auto found = table.find(row.id);
        if (found == table.end() || found->second.revision != row.revision) return false;
        found->second = row;
        return true;
    }
    void remove_subscription(std::string_view id) override { table.erase(std::string(id)); }
    std::vector<JournalLine> journal(std::int64_t after, std::uint32_t limit) override {
        std::vector<JournalLine> found;
        for (auto at = static_cast<std::size_t>(after); at < lines.size() && found.size() < limit;
             ++at)
            found.push_back(lines[at]);
        longest_read = std::max(longest_read, found.size());
        return found;
    }
    std::int64_t journal_end() override { return static_cast<std::int64_t>(lines.size()); }

    void append(const std::string& type, const std::string& data = "{}") {
        JournalLine line;
        line.sequence = journal_end() + 1;
        line.id = "ev_" + std::to_string(line.sequence);
        line.type = type;
        line.data = data;
        line.at = "2026-11-22T10:00:00.000Z";
        lines.push_back(line);
    }

    bool broken = false;
    bool ours = true;
    int writes = 0;
    std::size_t longest_read = 0;
    std::map<std::string, Subscription> table;
    std::vector<JournalLine> lines;
};

inline PostResult status(int code, std::optional<std::chrono::milliseconds> after = {}) {
    return {PostResult::Outcome::answered, code, "answered " + std::to_string(code), after};
}

/// Answers at once as `answer` says; keeps the calls that it gives nothing for until answer_kept().
class PlayedSubscriber final : public PostSender {
public:
    void send(Post post, Done done) override {
        posts.push_back(post);
        const auto result =
            stopped ? PostResult{PostResult::Outcome::stopped, 0, "", {}} : answer(post);
        if (result)
            done(*result);
        else
            kept.push_back(std::move(done));
    }
    void stop() override {
        stopped = true;
        for (auto& done : std::exchange(kept, {}))
            done({PostResult::Outcome::stopped, 0, "", {}});
    }
    void answer_kept(const PostResult& result) {
        for (auto& done : std::exchange(kept, {}))
            done(result);
    }
    std::string header(std::size_t post, const std::string& name) const {
        for (const auto& [key, value] : posts.at(post).headers)
            if (key == name) return value;
        return {};
    }
    std::vector<std::string> ids() const {
        std::vector<std::string> all;
        for (std::size_t n = 0; n < posts.size(); ++n)
            all.push_back(header(n, "webhook-id"));
        return all;
    }

    std::function<std::optional<PostResult>(const Post&)> answer = [](const Post&) {
        return status(200);
    };
    bool stopped = false;
    std::vector<Post> posts;
    std::vector<Done> kept;
};

using Ids = std::vector<std::string>;

class DispatcherTest : public testing::Test {
protected:
    ~DispatcherTest() override { stop(); }

    void subscribe(const std::string& id, std::vector<std::string> types = {}) {
        Subscription row;
        row.id = id;
        row.name = id;
        row.url = "https://" + id + ".test/hook";
        row.types = std::move(types);
        row.secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        row.created_at = scheduler_.wall_ms();
        tables_.table[id] = row;
    }
    void start() {
        scheduler_.forget();
        subscriber_.stopped = false;
        DispatchSettings settings;
        settings.now_ms = [this] { return scheduler_.wall_ms(); };
        settings.source = "https://hub.test";
        settings.seed = 1;
        settings.look_again = std::chrono::hours(24 * 365);
        dispatcher_ =
            std::make_unique<SubscriptionDispatcher>(tables_, subscriber_, scheduler_, settings);
        dispatcher_->start();
        scheduler_.settle();
    }
    void stop() {
        if (!dispatcher_) return;
        dispatcher_->stop();
        dispatcher_.reset();
    }
    /// The process is gone: nothing is stored any more.
    void kill() {
        tables_.broken = true;
        stop();
        tables_.broken = false;
    }
    /// New lines of the journal, committed.
    void happens(const std::vector<std::string>& types) {
        for (const auto& type : types)
            tables_.append(type);
        if (dispatcher_) dispatcher_->committed();
        scheduler_.advance(std::chrono::milliseconds(5));
    }
    Subscription& row(const std::string& id = "a") { return tables_.table.at(id); }

    HandScheduler scheduler_;
    MemoryTables tables_;
    PlayedSubscriber subscriber_;
    std::unique_ptr<SubscriptionDispatcher> dispatcher_;
};

}  // namespace orderhub::routing
