// The journal as a feed: those who wait for news are answered as soon as there is some.
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "hub/http/message.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::http {

class EventFeed {
public:
    using Page = Result<boost::json::object>;  ///< {"items","next"}
    struct Wish {
        std::int64_t after = 0;
        std::uint32_t limit = 50;
        std::chrono::milliseconds wait{0};
        std::function<void(Page)> give;
        domain::Scope scope = {};  ///< of who asks
    };
    struct Limits {
        std::size_t streams = 64;
        std::chrono::milliseconds heartbeat{15'000};
        /// Another hub's commits are not signalled: those who wait look for them this often.
        std::chrono::milliseconds look_again{1'000};
    };

    EventFeed(store::Store& store, const servicing::Service& service)
        : EventFeed(store, service, Limits{}) {}
    EventFeed(store::Store& store, const servicing::Service& service, Limits limits);
    ~EventFeed() { stop(); }
    EventFeed(const EventFeed&) = delete;
    EventFeed& operator=(const EventFeed&) = delete;

    /// Gives a page: at once if there are events after `after`, else when there are or the time is
    /// over. Any thread; `give` is called on the feed's.
    void ask(Wish wish);
    /// All events after `after` that the scope has as server-sent events, and then those that come,
    /// until stop(). Nothing if there are as many streams as there may be. Any thread; no piece is
    /// asked for once the feed is gone.
    std::optional<NextPiece> follow(std::int64_t after, domain::Scope scope = {});
    /// The place that leaves so many events to come. Reads the store.
    Result<std::int64_t> before_newest(std::int64_t count);
    /// Something was committed. Any thread, cheap.
    void committed();
    /// Answers all who wait with what there is.
    void stop();

private:
    using Clock = std::chrono::steady_clock;
    struct Waiter {
        Wish wish;
        Clock::time_point deadline;
    };
    struct Stream;
    using Place = std::tuple<std::int64_t, std::uint32_t, domain::Scope>;
    using Pages = std::map<Place, Page>;

    void work();
    Clock::time_point next_look(const std::vector<Waiter>& waiters) const;
    void serve(std::vector<Waiter>& waiters, bool last);
    Page read(const Wish& wish);

    store::Store& store_;
    const servicing::Service& service_;
    const Limits limits_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Waiter> arrived_;
    /// How many there are; the server may hold one longer than the feed lives.
    const std::shared_ptr<std::atomic<std::size_t>> streams_ =
        std::make_shared<std::atomic<std::size_t>>(0);
    bool news_ = false;
    bool someone_waits_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace orderhub::http
