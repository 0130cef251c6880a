// The journal as a feed: those who wait for news are answered as soon as there is some.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/http/message.hpp"
#include "hub/servicing/service.hpp"
#include "hub/store/store.hpp"

namespace orderhub::http {

class EventFeed {
public:
    struct Wish {
        std::int64_t after = 0;
        std::uint32_t limit = 50;
        std::chrono::milliseconds wait{0};
        Respond respond;
    };

    EventFeed(store::Store& store, const servicing::Service& service);
    ~EventFeed() { stop(); }
    EventFeed(const EventFeed&) = delete;
    EventFeed& operator=(const EventFeed&) = delete;

    /// Answers with {"items","next"}: at once if there are events after `after`, else when there
    /// are or the time is over. Any thread; `respond` is called on the feed's.
    void ask(Wish wish);
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

    void work();
    void serve(std::vector<Waiter>& waiters, bool last);
    Response read(const Wish& wish, bool& has_items);

    store::Store& store_;
    const servicing::Service& service_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Waiter> arrived_;
    bool news_ = false;
    bool someone_waits_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace orderhub::http
