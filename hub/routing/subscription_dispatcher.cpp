#include "hub/routing/subscription_dispatcher.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <future>

#include "hub/routing/instant_text.hpp"

namespace orderhub::routing {

namespace {

/// Commits that come one after the other are looked at together.
constexpr std::chrono::milliseconds kGather{2};

JournalLine test_line(const Subscription& row, const std::string& event_id, Instant now) {
    JournalLine line;
    line.id = event_id;
    line.type = "subscription.test";
    line.actor = "hub";
    line.data =
        boost::json::serialize(boost::json::object{{"subscription", row.id}, {"name", row.name}});
    line.at = rfc3339(now);
    return line;
}

}  // namespace

SubscriptionDispatcher::SubscriptionDispatcher(SubscriptionUnits& units, PostSender& sender,
                                               Scheduler& scheduler, DispatchSettings settings)
    : desk_(units, sender, scheduler, std::move(settings)) {}

void SubscriptionDispatcher::start() {
    desk_.scheduler.post([this] { look_again(); });
}

void SubscriptionDispatcher::committed() {
    if (!has_subscribers_ || is_woken_.exchange(true)) return;
    desk_.scheduler.at(desk_.scheduler.now() + kGather, [this] {
        is_woken_ = false;
        pump_all();
    });
}

void SubscriptionDispatcher::changed() {
    desk_.scheduler.post([this] { reload(); });
}

void SubscriptionDispatcher::test(const std::string& subscription_id, const std::string& event_id,
                                  Tested done) {
    desk_.scheduler.post([this, subscription_id, event_id, done = std::move(done)] {
        std::optional<Subscription> row;
        const auto read = desk_.units.read([&](Subscriptions& rows) -> Result<void> {
            row = rows.subscription(subscription_id);
            return {};
        });
        if (!read) return done(std::unexpected(read.error()));
        if (!row)
            return done(
                fail(ErrorKind::NotFound, "no_subscription", "there is no such subscription"));
        desk_.post(*row, test_line(*row, event_id, desk_.now()),
                   [done](const PostResult& result) { done(result); });
    });
}

void SubscriptionDispatcher::stop() {
    std::promise<void> idle;
    desk_.scheduler.post([&] {
        desk_.close();
        desk_.sender.stop();
        for (const auto& [id, channel] : channels_)
            channel->flush();
        desk_.when_idle([&] { idle.set_value(); });
    });
    desk_.scheduler.wait(idle.get_future());
}

void SubscriptionDispatcher::look_again() {
    if (desk_.is_closing()) return;
    reload();
    desk_.after(desk_.settings.look_again, [this] { look_again(); });
}

void SubscriptionDispatcher::reload() {
    if (desk_.is_closing()) return;
    std::vector<Subscription> found;
    const auto read = desk_.units.read([&](Subscriptions& rows) -> Result<void> {
        found = rows.subscriptions();
        return {};
    });
    if (!read) return desk_.after(desk_.settings.store_retry, [this] { reload(); });
    sync(std::move(found));
    claim();
    pump_all();
}

void SubscriptionDispatcher::sync(std::vector<Subscription> rows) {
    std::erase_if(channels_, [&](const auto& entry) {
        return std::ranges::find(rows, entry.first, &Subscription::id) == rows.end();
    });
    has_subscribers_ = std::ranges::any_of(rows, &Subscription::is_active);
    for (auto& row : rows) {
        const auto found = channels_.find(row.id);
        if (found == channels_.end()) {
            const auto id = row.id;
            channels_[id] =
                std::make_shared<SubscriptionChannel>(desk_, std::move(row), [this] { changed(); });
        } else if (!found->second->is_ours() || found->second->row().revision != row.revision) {
            found->second->replace(std::move(row));
        }
    }
}

/// Asks to be the one that sends for those that nobody of this hub sends for yet.
void SubscriptionDispatcher::claim() {
    std::vector<std::string> wanted;
    for (const auto& [id, channel] : channels_)
        if (!channel->is_ours() && channel->row().is_active) wanted.push_back(id);
    if (wanted.empty() || is_claiming_) return;
    is_claiming_ = true;
    const auto taken = std::make_shared<std::vector<Subscription>>();
    desk_.write(
        [wanted, taken](SubscriptionUnit& unit) -> Result<void> {
            taken->clear();
            for (const auto& id : wanted)
                if (unit.is_ours(id))
                    if (auto row = unit.rows().subscription(id)) taken->push_back(std::move(*row));
            return {};
        },
        [this, taken](const Result<void>& result) {
            is_claiming_ = false;
            if (result)
                claimed(*taken);
            else
                desk_.after(desk_.settings.store_retry, [this] { reload(); });
        });
}

void SubscriptionDispatcher::claimed(const std::vector<Subscription>& rows) {
    for (const auto& row : rows) {
        const auto found = channels_.find(row.id);
        if (found != channels_.end()) found->second->take(row);
    }
}

void SubscriptionDispatcher::pump_all() {
    std::int64_t end = 0;
    const auto read = desk_.units.read([&](Subscriptions& rows) -> Result<void> {
        end = rows.journal_end();
        return {};
    });
    if (!read) return;
    for (const auto& [id, channel] : channels_)
        channel->pump(end);
}

}  // namespace orderhub::routing
