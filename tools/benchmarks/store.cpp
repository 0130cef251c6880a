// How waiting units of work share a commit: what 1, 8, 64 and 256 writers get out of one store.
#include "hub/store/store.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <memory>
#include <stdexcept>

#include "tools/benchmarks/benches.hpp"
#include "tools/benchmarks/folder.hpp"
#include "tools/benchmarks/signed_orders.hpp"

namespace orderhub::bench {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kDuration{3'000};
constexpr std::array kWriters{1, 8, 64, 256};

/// Each writer offers the next message when it hears that the last one is on disk.
class Writers {
public:
    Writers(store::Store& store, int count)
        : store_(store), body_(signed_order("store", 1)), running_(count) {}

    void run() {
        end_ = Clock::now() + kDuration;
        const int count = running_;
        for (int i = 0; i < count; ++i)
            write_next();
        ended_.get_future().wait();
    }

    /// On the writer's thread until run() has returned.
    const Times& latencies() const { return latencies_; }
    std::uint64_t failed() const { return failed_; }

private:
    void write_next() {
        routing::InboxMessage message;
        message.connector = "bench";
        message.message_id = fmt::format("{:064x}", ++number_ * 0x9E3779B97F4A7C15ULL);
        message.headers = "{}";
        message.content_type = "application/json";
        message.body = body_;
        const auto started = Clock::now();
        store_.offer(
            message.body.size(),
            [message = std::move(message)](store::Transaction& unit) -> Result<void> {
                unit.accept(message);
                return {};
            },
            [this, started](const Result<void>& result) { written(started, result); });
    }

    void written(Clock::time_point started, const Result<void>& result) {
        const auto now = Clock::now();
        latencies_.add(now - started);
        if (!result) ++failed_;
        if (now < end_ && result)
            write_next();
        else if (--running_ == 0)
            ended_.set_value();
    }

    store::Store& store_;
    const std::string body_;
    std::atomic<int> running_;
    std::atomic<std::uint64_t> number_{0};
    Clock::time_point end_;
    Times latencies_;
    std::uint64_t failed_ = 0;
    std::promise<void> ended_;
};

void measure(Figures& figures, int writers) {
    const Folder folder;
    const auto store = store::open_sqlite({.path = folder.path() + "/store.db"});
    const auto before = store->stats();
    Writers load(*store, writers);
    const auto started = Clock::now();
    load.run();
    const std::chrono::duration<double> took = Clock::now() - started;
    const auto after = store->stats();
    store->stop();
    if (load.failed() > 0)
        throw std::runtime_error(fmt::format("{} units were refused", load.failed()));
    const auto units = static_cast<double>(after.units - before.units);
    const auto commits = static_cast<double>(after.commits - before.commits);
    const auto of = fmt::format("{} writer{}", writers, writers == 1 ? "" : "s");
    figures.add(of, "units_per_s", units / took.count(), "1/s");
    figures.add(of, "commits_per_s", commits / took.count(), "1/s");
    figures.add(of, "units_per_commit", units / commits, "");
    figures.add(of, "latency", load.latencies());
}

}  // namespace

void measure_store(Figures& figures) {
    const Folder folder;
    for (const int writers : kWriters) {
        // The disk is not this program's alone: its rate is taken beside each figure.
        figures.add(fmt::format("disk before {}", writers), "fdatasync_per_s",
                    syncs_per_second(folder.path()), "1/s");
        measure(figures, writers);
    }
}

}  // namespace orderhub::bench
