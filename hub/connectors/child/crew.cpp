#include "hub/connectors/child/crew.hpp"

#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace orderhub::connectors {
namespace {

/// More than connector.h promises: a thread's stack also holds what its start needs.
constexpr std::size_t kStackBytes = 512 * 1024;

constexpr int kNoThread = 71;  ///< exit code

struct Start {
    Crew* crew;
    void (*run)(Crew&, Frame);
    Frame first;
};

}  // namespace

Crew::Crew(Channel& channel, RunningCall& running, Work run_call, Work control)
    : channel_(channel),
      running_(running),
      run_call_(std::move(run_call)),
      control_(std::move(control)) {}

void Crew::work() {
    turn_.lock();
    work_on(std::nullopt);
}

void Crew::work_on(std::optional<Frame> first) {
    Hand own;
    while (true) {
        if (first) run(*std::exchange(first, std::nullopt));
        idle_.push_back(&own);
        run(next_for(own));
    }
}

void Crew::run(const Frame& frame) {
    running_.set(frame.call);
    run_call_(frame);
    running_.set(0);
}

Frame Crew::reply_for(std::uint32_t call) {
    Hand own;
    waiting_.emplace(call, &own);
    running_.set(0);
    Frame reply = next_for(own);
    running_.set(call);
    return reply;
}

/// Whom a frame is for, who no longer waits then; null if a thread must be made for it.
Crew::Hand* Crew::hand_for(const Frame& frame, Hand& own) {
    Hand* found = nullptr;
    if (frame.type == FrameType::reply) {
        const auto waiting = waiting_.find(frame.call);
        if (waiting == waiting_.end()) ::_exit(0);
        found = waiting->second;
        waiting_.erase(waiting);
    } else if (!idle_.empty()) {
        const auto self = std::ranges::find(idle_, &own);
        const auto chosen = self != idle_.end() ? self : idle_.end() - 1;
        found = *chosen;
        idle_.erase(chosen);
    }
    return found;
}

Frame Crew::next_for(Hand& own) {
    while (!own.frame) {
        Frame frame = channel_.read();
        if (frame.type != FrameType::reply && frame.type != FrameType::call) {
            control_(frame);
            continue;
        }
        Hand* const to = hand_for(frame, own);
        if (to == &own) return frame;
        if (to) {
            to->frame = std::move(frame);
            to->woken.notify_one();
        } else {
            start_thread(std::move(frame));
        }
        std::unique_lock turn(turn_, std::adopt_lock);
        own.woken.wait(turn, [&] { return own.frame.has_value(); });
        turn.release();
    }
    return *std::exchange(own.frame, std::nullopt);
}

void Crew::start_thread(Frame first) {
    auto start = std::make_unique<Start>(Start{this,
                                               [](Crew& crew, Frame frame) {
                                                   crew.turn_.lock();
                                                   crew.work_on(std::move(frame));
                                               },
                                               std::move(first)});
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, kStackBytes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    const auto run = [](void* raw) -> void* {
        const std::unique_ptr<Start> begun(static_cast<Start*>(raw));
        begun->run(*begun->crew, std::move(begun->first));
        return nullptr;
    };
    pthread_t thread{};
    // Without a thread the call can never be answered: the hub is told by the process's end.
    if (pthread_create(&thread, &attributes, run, start.get()) != 0) ::_exit(kNoThread);
    static_cast<void>(start.release());
    pthread_attr_destroy(&attributes);
}

}  // namespace orderhub::connectors
