#include "hub/http/event_feed.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <utility>

namespace orderhub::http {

namespace {

constexpr std::uint32_t kStreamPage = 100;
/// Tells a client to come back after two seconds if the connection ends.
constexpr const char* kHello = "retry: 2000\n\n";
constexpr const char* kHeartbeat = ": no news\n\n";

Response piece(std::string text) {
    Response response;
    response.body = std::move(text);
    return response;
}

/// JSON as it is serialized has no line breaks.
std::string messages(const boost::json::array& events) {
    std::string text;
    for (const auto& event : events)
        text += "id: " + boost::json::serialize(event.at("sequence")) +
                "\ndata: " + boost::json::serialize(event) + "\n\n";
    return text.empty() ? kHeartbeat : text;
}

/// A page for a limited caller may be short, even empty, and yet have been looked for far: the next
/// look begins there.
std::int64_t looked_up_to(store::Transaction& transaction, const EventFeed::Wish& wish,
                          const boost::json::object& page) {
    const auto next = page.at("next").to_number<std::int64_t>();
    if (page.at("items").as_array().size() == wish.limit) return next;
    return std::max(next, std::min(transaction.journal_end(), wish.after + store::kMostLookedAt));
}

}  // namespace

/// One stream; asked for one piece at a time.
struct EventFeed::Stream {
    Stream(EventFeed& the_feed, std::int64_t begin, domain::Scope whose)
        : feed(the_feed), count(the_feed.streams_), after(begin), scope(std::move(whose)) {}
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { --*count; }

    static void next(const std::shared_ptr<Stream>& self, Respond respond) {
        if (!std::exchange(self->is_open, true)) return respond(piece(kHello));
        self->feed.ask({self->after, kStreamPage, self->feed.limits_.heartbeat,
                        [self, respond = std::move(respond)](const Page& page) {
                            if (!page) return respond({});
                            self->after = page->at("next").to_number<std::int64_t>();
                            respond(piece(messages(page->at("items").as_array())));
                        },
                        self->scope});
    }

    EventFeed& feed;
    const std::shared_ptr<std::atomic<std::size_t>> count;
    std::int64_t after;
    const domain::Scope scope;
    bool is_open = false;
};

EventFeed::EventFeed(store::Store& store, const servicing::Service& service, Limits limits)
    : store_(store), service_(service), limits_(limits), thread_([this] { work(); }) {}

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
    wish.give(fail(ErrorKind::Unavailable, "stopping", "The hub is stopping; try again later."));
}

std::optional<NextPiece> EventFeed::follow(std::int64_t after, domain::Scope scope) {
    {
        const std::lock_guard lock(mutex_);
        if (*streams_ >= limits_.streams || stopping_) return std::nullopt;
        ++*streams_;
    }
    return [stream = std::make_shared<Stream>(*this, after, std::move(scope))](Respond respond) {
        Stream::next(stream, std::move(respond));
    };
}

Result<std::int64_t> EventFeed::before_newest(std::int64_t count) {
    std::int64_t end = 0;
    const auto outcome = store_.read([&](store::Transaction& transaction) -> Result<void> {
        end = transaction.journal_end();
        return {};
    });
    if (!outcome) return std::unexpected(outcome.error());
    return std::max<std::int64_t>(end - count, 0);
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
                wake_.wait_until(lock, next_look(waiters), ready);
            news_ = false;
            // From here a commit may be missed by the read below, so it must leave its mark.
            someone_waits_ = true;
            last = stopping_;
            std::ranges::move(std::exchange(arrived_, {}), std::back_inserter(waiters));
        }
        serve(waiters, last);
    }
}

EventFeed::Clock::time_point EventFeed::next_look(const std::vector<Waiter>& waiters) const {
    return std::min(std::ranges::min(waiters, {}, &Waiter::deadline).deadline,
                    Clock::now() + limits_.look_again);
}

void EventFeed::serve(std::vector<Waiter>& waiters, bool last) {
    const auto now = Clock::now();
    // Many wait at the same place, the end: it is read once.
    Pages pages;
    const auto place = [](const Waiter& waiter) {
        return Place(waiter.wish.after, waiter.wish.limit, waiter.wish.scope);
    };
    std::erase_if(waiters, [&](const Waiter& waiter) {
        const auto key = place(waiter);
        auto found = pages.find(key);
        if (found == pages.end()) found = pages.emplace(key, read(waiter.wish)).first;
        const Page& page = found->second;
        const bool has_items = page && !page->at("items").as_array().empty();
        const bool over = last || has_items || !page || waiter.deadline <= now;
        if (over) waiter.wish.give(page);
        return over;
    });
    for (auto& waiter : waiters)
        waiter.wish.after = pages.at(place(waiter))->at("next").to_number<std::int64_t>();
}

EventFeed::Page EventFeed::read(const Wish& wish) {
    boost::json::object page;
    try {
        const auto outcome = store_.read([&](store::Transaction& transaction) -> Result<void> {
            transaction.narrow(wish.scope);
            page = service_.events(transaction, wish.after, wish.limit, {});
            if (wish.scope.is_limited()) page["next"] = looked_up_to(transaction, wish, page);
            return {};
        });
        if (!outcome) return std::unexpected(outcome.error());
    } catch (const std::exception&) {
        return fail(ErrorKind::Unavailable, "store_unavailable", "The events cannot be read now.");
    }
    return page;
}

}  // namespace orderhub::http
