#include "hub/http/parked_operations.hpp"

#include <algorithm>
#include <future>
#include <memory>

namespace orderhub::http {

namespace {

using routing::ParkedDesk;

// So many rows a unit: the writer is never held up for long by one operator.
constexpr std::uint32_t kUnit = 100;

/// Begins something and waits until the store has answered.
template <class Begin>
Result<void> wait_for(Begin begin) {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto answer = promise->get_future();
    begin([promise](Result<void> outcome) { promise->set_value(std::move(outcome)); });
    return answer.get();
}

/// Goes on unit by unit until `limit` items are tried again or there is no more. `begin(rows, last,
/// retried, done)` begins a unit of so many rows that goes on where `last` ended.
template <class Begin>
Result<ParkedDesk::Retried> in_units(std::uint32_t limit, Begin begin) {
    ParkedDesk::Retried all;
    for (bool is_more = true; is_more && all.count < limit;) {
        const auto retried = std::make_shared<ParkedDesk::Retried>();
        const auto outcome = wait_for([&](auto done) {
            begin(std::min(kUnit, limit - all.count), all, retried, std::move(done));
        });
        if (!outcome) return std::unexpected(outcome.error());
        is_more = !retried->next_delivery.empty() || retried->next_message != 0;
        retried->count += all.count;
        all = *retried;
    }
    return all;
}

void bind_edits(Operations& operations, ParkedDesk& desk) {
    operations.edit_delivery = [&desk](const std::string& id, const std::string& payload,
                                       const routing::Actor& actor) {
        return wait_for([&](auto done) { desk.edit_delivery(id, payload, actor, done); });
    };
    operations.edit_message = [&desk](std::int64_t sequence, const std::string& body,
                                      const routing::Actor& actor) {
        return wait_for([&](auto done) { desk.edit_message(sequence, body, actor, done); });
    };
    operations.drop_message = [&desk](std::int64_t sequence, const std::string& reason,
                                      const routing::Actor& actor) {
        return wait_for([&](auto done) { desk.drop_message(sequence, reason, actor, done); });
    };
}

}  // namespace

void bind_parked_work(Operations& operations, ParkedDesk& desk) {
    bind_edits(operations, desk);
    operations.retry_deliveries = [&desk](const routing::DeliveryQuery& wanted, bool dry_run,
                                          const routing::Actor& actor) {
        return in_units(wanted.limit, [&](auto rows, const auto& last, auto retried, auto done) {
            auto query = wanted;
            query.limit = rows;
            if (last.count > 0) query.before_id = last.next_delivery;
            desk.retry_deliveries(query, dry_run, actor, retried, done);
        });
    };
    operations.retry_messages = [&desk](const routing::MessageQuery& wanted, bool dry_run,
                                        const routing::Actor& actor) {
        return in_units(wanted.limit, [&](auto rows, const auto& last, auto retried, auto done) {
            auto query = wanted;
            query.limit = rows;
            if (last.count > 0) query.after = last.next_message;
            desk.retry_messages(query, dry_run, actor, retried, done);
        });
    };
}

}  // namespace orderhub::http
