// A store that tells when something was committed, so that those who wait for news need not ask
// again and again.
#pragma once

#include <functional>
#include <mutex>

#include "hub/store/store.hpp"

namespace orderhub::runtime {

class SignallingStore : public store::Store {
public:
    explicit SignallingStore(store::Store& inner) : inner_(inner) {}

    using Store::write;
    void write(Work work, Done done) override {
        inner_.write(std::move(work), signalling(std::move(done)));
    }
    void offer(std::uint64_t bytes, Work work, Done done) override {
        inner_.offer(bytes, std::move(work), signalling(std::move(done)));
    }
    Result<void> read(const Work& work) override { return inner_.read(work); }
    store::Health health() const override { return inner_.health(); }
    store::Stats stats() const override { return inner_.stats(); }
    void watch(Queued queued) override { inner_.watch(std::move(queued)); }
    // Its commit is signalled by those whom it joins.
    void accompany(Accompany accompany) override { inner_.accompany(std::move(accompany)); }
    bool shared() const override { return inner_.shared(); }
    bool surely_owns(std::int64_t owner) const override { return inner_.surely_owns(owner); }
    void stop() override { inner_.stop(); }

    /// Who is told, on the writer's thread: must be quick. An empty function ends it; none runs
    /// after that.
    void on_commit(std::function<void()> tell) {
        const std::lock_guard lock(mutex_);
        tell_ = std::move(tell);
    }

private:
    Done signalling(Done done) {
        return [this, done = std::move(done)](Result<void> outcome) {
            const bool committed = outcome.has_value();
            done(std::move(outcome));
            if (committed) signal();
        };
    }
    void signal() {
        const std::lock_guard lock(mutex_);
        if (tell_) tell_();
    }

    store::Store& inner_;
    std::mutex mutex_;
    std::function<void()> tell_;
};

}  // namespace orderhub::runtime
