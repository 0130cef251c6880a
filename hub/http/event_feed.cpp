#include "hub/http/event_feed.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <utility>

#include "hub/http/problem.hpp"

namespace orderhub::http {

EventFeed::EventFeed(store::Store& store, const servicing::Service& service)
    : store_(store), service_(service), thread_([this] { work(); }) {}

void EventFeed::ask(Wish wish) {
    const auto deadline = Clock::now() + wish.wait;
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_) {
            arrived_.push_back({std::move(wish), deadline});
            news_ = true;
            wake_.notify_one();
            return;
        }
    }
    wish.respond(problem(503, "stopping", "The hub is stopping; try again later."));
}

void EventFeed::committed() {
    {
        const std::lock_guard lock(mutex_);
        if (!someone_waits_) return;
        news_ = true;
    }
    wake_.notify_one();
}

void EventFeed::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void EventFeed::work() {
    std::vector<Waiter> waiters;
    bool last = false;
    while (!last) {
        {
            std::unique_lock lock(mutex_);
            const auto ready = [this] { return news_ || stopping_; };
            someone_waits_ = !waiters.empty();
            if (waiters.empty())
                wake_.wait(lock, ready);
            else
                wake_.wait_until(lock, std::ranges::min(waiters, {}, &Waiter::deadline).deadline,
                                 ready);
            news_ = false;
            // From here a commit may be missed by the read below, so it must leave its mark.
            someone_waits_ = true;
            last = stopping_;
            std::ranges::move(std::exchange(arrived_, {}), std::back_inserter(waiters));
        }
        serve(waiters, last);
    }
}

void EventFeed::serve(std::vector<Waiter>& waiters, bool last) {
    const auto now = Clock::now();
    std::erase_if(waiters, [&](const Waiter& waiter) {
        bool has_items = false;
        auto response = read(waiter.wish, has_items);
        const bool over = last || has_items || response.status != 200 || waiter.deadline <= now;
        if (over) waiter.wish.respond(std::move(response));
        return over;
    });
}

Response EventFeed::read(const Wish& wish, bool& has_items) {
    Response response;
    try {
        const auto outcome = store_.read([&](store::Transaction& transaction) -> Result<void> {
            const auto page = service_.events(transaction, wish.after, wish.limit, {});
            has_items = !page.at("items").as_array().empty();
            response.body = boost::json::serialize(page);
            return {};
        });
        if (!outcome) return problem(outcome.error());
    } catch (const std::exception&) {
        return problem(503, "store_unavailable", "The events cannot be read now.");
    }
    return response;
}

}  // namespace orderhub::http
