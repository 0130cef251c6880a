// Runs what it is given, one after the other, now or later. All of routing's state lives there.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <thread>

namespace orderhub::routing {

/// A port, so that a test can move the time.
class Scheduler {
public:
    using Task = std::function<void()>;
    using Clock = std::chrono::steady_clock;

    virtual ~Scheduler() = default;

    virtual Clock::time_point now() const = 0;
    /// In the order given. After stop it is forgotten. Any thread.
    virtual void post(Task task) = 0;
    virtual void at(Clock::time_point when, Task task) = 0;
    /// Returns once `done` is ready. Not from a task.
    virtual void wait(const std::future<void>& done) = 0;
    /// Ends after the task that runs. Not from a task.
    virtual void stop() = 0;
};

/// One thread, which runs all tasks.
class ThreadScheduler final : public Scheduler {
public:
    ThreadScheduler() : thread_([this] { run(); }) {}
    ThreadScheduler(const ThreadScheduler&) = delete;
    ThreadScheduler& operator=(const ThreadScheduler&) = delete;
    ~ThreadScheduler() override { end(); }

    Clock::time_point now() const override { return Clock::now(); }
    void post(Task task) override;
    void at(Clock::time_point when, Task task) override;
    void wait(const std::future<void>& done) override { done.wait(); }
    void stop() override { end(); }

private:
    void run();
    void end();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;
    std::multimap<Clock::time_point, Task> timers_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace orderhub::routing
