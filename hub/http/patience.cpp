#include "hub/http/patience.hpp"

#include <utility>
#include <vector>

namespace orderhub::http {

Patience::Patience(std::chrono::milliseconds limit, Response late)
    : limit_(limit), late_(std::move(late)), thread_([this] { run(); }) {}

Patience::~Patience() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

Respond Patience::limit(Respond respond) {
    auto kept = std::make_shared<Respond>(std::move(respond));
    const std::scoped_lock lock(mutex_);
    forget_answered();
    waiting_.push_back({Clock::now() + limit_, kept});
    return [kept = std::move(kept)](Response response) { (*kept)(std::move(response)); };
}

void Patience::forget_answered() {
    while (!waiting_.empty() && waiting_.front().respond.expired())
        waiting_.pop_front();
}

// Looks once a second: to be woken by each message would cost more than the deadline is worth.
void Patience::run() {
    constexpr std::chrono::seconds kLook{1};
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, kLook, [this] { return stopping_; })) {
        std::vector<std::shared_ptr<Respond>> late;
        for (const auto now = Clock::now(); !waiting_.empty() && waiting_.front().end <= now;
             waiting_.pop_front())
            if (auto respond = waiting_.front().respond.lock()) late.push_back(std::move(respond));
        lock.unlock();
        for (const auto& respond : late)
            (*respond)(late_);
        lock.lock();
    }
}

}  // namespace orderhub::http
