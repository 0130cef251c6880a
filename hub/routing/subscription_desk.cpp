#include "hub/routing/subscription_desk.hpp"

#include "hub/routing/cloud_event.hpp"
#include "hub/routing/webhook_signature.hpp"

namespace orderhub::routing {

SubscriptionDesk::SubscriptionDesk(SubscriptionUnits& all_units, PostSender& the_sender,
                                   Scheduler& the_scheduler, DispatchSettings all_settings)
    : units(all_units),
      sender(the_sender),
      scheduler(the_scheduler),
      settings(std::move(all_settings)),
      random_(settings.seed != 0 ? settings.seed : std::random_device{}()) {}

void SubscriptionDesk::write(SubscriptionUnits::Work work, std::function<void(Result<void>)> then) {
    ++under_way_;
    units.write(std::move(work), [this, then = std::move(then)](Result<void> result) {
        scheduler.post([this, then, result = std::move(result)] {
            then(result);
            end_work();
        });
    });
}

void SubscriptionDesk::post(const Subscription& to, const JournalLine& line,
                            std::function<void(PostResult)> then) {
    Post post;
    post.subscription_id = to.id;
    post.url = to.url;
    post.body = cloud_event(line, settings.source, settings.max_body_bytes);
    const Instant at = now();
    const std::int64_t seconds = at / 1000;
    post.headers = {{"Content-Type", kCloudEventType},
                    {"webhook-id", line.id},
                    {"webhook-timestamp", std::to_string(seconds)},
                    {"webhook-signature",
                     webhook_signature(signing_secrets(to, at), line.id, seconds, post.body)}};
    ++under_way_;
    sender.send(std::move(post), [this, then = std::move(then)](PostResult result) {
        scheduler.post([this, then, result = std::move(result)] {
            then(result);
            end_work();
        });
    });
}

void SubscriptionDesk::after(std::chrono::milliseconds delay, std::function<void()> task) {
    scheduler.at(scheduler.now() + delay, std::move(task));
}

void SubscriptionDesk::when_idle(std::function<void()> idle) {
    idle_ = std::move(idle);
    ++under_way_;
    end_work();
}

void SubscriptionDesk::end_work() {
    if (--under_way_ == 0 && idle_) std::exchange(idle_, nullptr)();
}

}  // namespace orderhub::routing
