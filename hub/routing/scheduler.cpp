#include "hub/routing/scheduler.hpp"

#include <utility>

namespace orderhub::routing {

void ThreadScheduler::post(Task task) {
    {
        const std::scoped_lock lock(mutex_);
        if (stopping_) return;
        tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
}

void ThreadScheduler::at(Clock::time_point when, Task task) {
    {
        const std::scoped_lock lock(mutex_);
        if (stopping_) return;
        timers_.emplace(when, std::move(task));
    }
    changed_.notify_one();
}

void ThreadScheduler::end() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void ThreadScheduler::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const auto now = Clock::now();
        while (!timers_.empty() && timers_.begin()->first <= now)
            tasks_.push_back(std::move(timers_.extract(timers_.begin()).mapped()));
        if (!tasks_.empty()) {
            const Task task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
            lock.lock();
        } else if (timers_.empty()) {
            changed_.wait(lock);
        } else {
            const auto next = timers_.begin()->first;
            changed_.wait_until(lock, next);
        }
    }
}

}  // namespace orderhub::routing
