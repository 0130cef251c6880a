#include "feed.hpp"

#include <algorithm>

#include "mapping.hpp"
#include "text.hpp"

namespace orderhub::request_tracker {
namespace {

constexpr int kMostPages = 30;
constexpr int kPagesAhead = 5;  ///< looked at when the batch is full, for more about its tickets
constexpr std::int64_t kDaySeconds = 24 * 60 * 60;

std::int64_t created_seconds(const json::object& item) {
    return instant_seconds(scalar_text(item, "Created")).value_or(0);
}

/// Adds a ticket once. False if the batch is full.
bool add_once(std::vector<std::string>& tickets, const std::string& id) {
    if (std::ranges::find(tickets, id) != tickets.end()) return true;
    if (tickets.size() >= kBatch) return false;
    tickets.push_back(id);
    return true;
}

/// Steps over one ticket of the backfill. False if the batch is full.
bool take_ticket(Batch& batch, const std::string& id, const std::string& updated) {
    Cursor& next = batch.next;
    if (updated == next.since && std::ranges::find(next.since_done, id) != next.since_done.end())
        return true;
    if (!add_once(batch.tickets, id)) return false;
    if (updated != next.since) next.since_done.clear();
    next.since = updated;
    next.since_done.push_back(id);
    return true;
}

}  // namespace

std::string Feed::any_queue(std::string_view field) const {
    std::string condition;
    for (const std::string& queue : settings_.queues)
        ((condition += condition.empty() ? "" : " OR ") += field) += " = " + quoted(queue);
    return "(" + condition + ")";
}

/// Only transactions of the configured queues: RT leaves what the user may not see out of a page
/// without filling it up, so among other queues' transactions an empty page would not be the end.
std::string Feed::transaction_query(std::int64_t above) const {
    return "ObjectType = 'RT::Ticket' AND " + any_queue("TicketQueue") + " AND id > " +
           std::to_string(above);
}

Cursor Feed::start(std::int64_t now_ms) {
    return start_from(settings_.poll_from.empty() ? to_query_instant(now_ms / 1000 - kDaySeconds)
                                                  : settings_.poll_from);
}

Cursor Feed::start_from(std::string since) {
    Cursor cursor;
    cursor.since = std::move(since);
    for (const json::value& each : client_.newest_transactions(transaction_query(0))) {
        const json::object* item = each.if_object();
        const std::int64_t id = item ? to_number(scalar_text(*item, "id")) : 0;
        if (id > 0) cursor.mark_seen(id, created_seconds(*item));
    }
    if (!cursor.seen.empty()) cursor.floor = cursor.seen.front().first - 1;
    cursor.settle();
    return cursor;
}

Batch Feed::next(const Cursor& cursor) {
    return cursor.is_backfill() ? next_by_update(cursor) : next_by_transaction(cursor);
}

Batch Feed::next_by_update(const Cursor& cursor) {
    Batch batch{{}, cursor};
    const std::string query = any_queue("Queue") + " AND LastUpdated >= " + quoted(cursor.since);
    for (int page = 1; page <= kMostPages; ++page) {
        const json::array items = client_.tickets(query, page);
        for (const json::value& each : items) {
            const json::object* item = each.if_object();
            const std::string updated = item ? scalar_text(*item, "LastUpdated") : std::string{};
            if (!instant_seconds(updated))
                throw sdk::retry("bad_answer", "answered with a ticket without LastUpdated");
            if (!take_ticket(batch, scalar_text(*item, "id"), updated)) return batch;
        }
        if (!items.empty()) continue;
        batch.next.since.clear();
        batch.next.since_done.clear();
        break;
    }
    return batch;
}

void Feed::take(Batch& batch, const json::object& item) const {
    const Entry entry = to_entry(item);
    const std::int64_t id = to_number(entry.id);
    if (id == 0 || batch.next.has_seen(id)) return;
    const std::string ticket = scalar_text(item, "ObjectId");
    const bool news = !is_echo(entry, settings_.hub_user) && to_number(ticket) != 0;
    if (!news || add_once(batch.tickets, ticket))
        batch.next.mark_seen(id, created_seconds(item));
    else
        batch.left = std::min(batch.left, id);
}

Batch Feed::next_by_transaction(const Cursor& cursor) {
    Batch batch{{}, cursor};
    const std::string query = transaction_query(cursor.floor);
    int ahead = 0;
    for (int page = 1; page <= kMostPages && ahead < kPagesAhead; ++page) {
        const json::array items = client_.transactions(query, page);
        if (items.empty()) break;
        for (const json::value& each : items)
            if (const json::object* item = each.if_object()) take(batch, *item);
        if (batch.left != std::numeric_limits<std::int64_t>::max()) ++ahead;
    }
    batch.next.settle(batch.left);
    return batch;
}

}  // namespace orderhub::request_tracker
