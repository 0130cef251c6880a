// One thread that runs what it is given, now or later. All of routing's state lives on it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace orderhub::routing {

class Scheduler {
public:
    using Task = std::function<void()>;
    using Clock = std::chrono::steady_clock;

    Scheduler() : thread_([this] { run(); }) {}
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;
    ~Scheduler() { stop(); }

    /// In the order given. After stop it is forgotten. Any thread.
    void post(Task task);
    void at(Clock::time_point when, Task task);
    /// Ends the thread after the task that runs. Not on the scheduler's thread.
    void stop();

private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;
    std::multimap<Clock::time_point, Task> timers_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace orderhub::routing
