// The way out to one subscriber: the journal's lines that it wants, in order, one at a time.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "hub/routing/subscription_desk.hpp"

namespace orderhub::routing {

/// On the dispatcher's thread only. Its cursor moves in memory with each delivery and is stored
/// behind it: what is sent twice has the same id.
class SubscriptionChannel : public std::enable_shared_from_this<SubscriptionChannel> {
public:
    /// `lost` is called when the store says that the row has changed or that another hub sends.
    SubscriptionChannel(SubscriptionDesk& desk, Subscription row, std::function<void()> lost)
        : desk_(desk), row_(std::move(row)), lost_(std::move(lost)) {}

    const Subscription& row() const { return row_; }
    bool is_ours() const { return ours_; }
    /// This hub sends from now on, beginning with the row as it is stored.
    void take(Subscription row);
    /// A person has decided something. What is in flight no longer counts.
    void replace(Subscription row);
    /// Sends the next line if that may begin now. `journal_end`: a sequence that was read a moment
    /// ago; nothing is read if there was nothing new then.
    void pump(std::int64_t journal_end);
    /// Stores the cursor if it has moved.
    void flush();

private:
    void go_on();
    bool fill();
    void read_lines();
    void send(const JournalLine& line);
    void answered(std::uint64_t generation, const PostResult& result);
    void went_well();
    void did_not(const PostResult& result);
    void store();
    void stored(const Result<void>& result, const Subscription& written);
    void wake_at(Instant when);
    void after(std::chrono::milliseconds delay, void (SubscriptionChannel::*task)());

    SubscriptionDesk& desk_;
    Subscription row_;
    const std::function<void()> lost_;
    bool ours_ = false;
    bool in_flight_ = false;
    std::uint64_t generation_ = 0;  ///< of row_; an answer to an older one is passed over

    std::deque<JournalLine> ahead_;  ///< read and wanted, not delivered
    std::int64_t read_to_ = 0;

    std::int64_t stored_cursor_ = 0;
    std::uint32_t unstored_ = 0;  ///< deliveries that the stored cursor does not know of
    bool is_storing_ = false;
    bool wants_storing_ = false;
    bool tells_disabled_ = false;  ///< the journal is to be told with the next storing
    std::optional<Scheduler::Clock::time_point> alarm_;
};

}  // namespace orderhub::routing
