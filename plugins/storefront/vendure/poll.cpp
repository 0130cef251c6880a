#include "poll.hpp"

#include <algorithm>

#include "digest.hpp"
#include "instant.hpp"

namespace orderhub::vendure {
namespace {

/// A transaction may commit after a younger one: look back a little. What is known already is
/// dropped by its digest.
constexpr std::int64_t kOverlapMs = 30'000;
constexpr std::int64_t kDayMs = 86'400'000;

json::object placed_only() {
    return {{"active", json::object{{"eq", false}}}};
}

json::object in_states(const std::vector<std::string>& states) {
    return {{"state", json::object{{"in", json::array(states.begin(), states.end())}}}};
}

class Poll {
public:
    Poll(sdk::Call& call, const Config& config, Client& client, Cursor& cursor)
        : call_(call),
          config_(config),
          client_(client),
          cursor_(cursor),
          known_(call),
          left_out_(call, "order") {}

    void try_again() {
        left_out_.try_again([&](const std::string& id) {
            if (const auto read = client_.read_order(call_, id)) emit(*read);
        });
    }

    void run() {
        if (cursor_.backfill_from_ms) backfill();
        if (!cursor_.backfill_from_ms && spare()) follow();
        known_.save();
        left_out_.report();
    }

private:
    bool spare() const { return reads_ < config_.page_size; }

    void backfill();
    void follow();
    bool read_window(Window& window, std::string_view field);
    bool sweep_open();
    bool look_up_leavers();
    bool sweep_closed();
    bool take_changed(const json::object& row);
    bool take(const json::object& row);
    bool emit(const ReadOrder& read);
    bool look_up(const std::string& id);

    sdk::Call& call_;
    const Config& config_;
    Client& client_;
    Cursor& cursor_;
    KnownOrders known_;
    sdk::LeftOut left_out_;
    std::size_t reads_ = 0;
};

/// Emits everything since an instant, known or not: somebody asked for it.
void Poll::backfill() {
    const std::int64_t from = *cursor_.backfill_from_ms;
    if (!cursor_.backfill_placed) {
        Position& position = *cursor_.updated.position;
        if (!walk(call_, client_, {placed_only(), "updatedAt"}, config_.page_size, position,
                  [&](const json::object& row) { return take(row); }))
            return;
        cursor_.updated = {position.at_ms, std::nullopt};
        cursor_.backfill_placed = true;
    }
    if (!spare()) return;
    Position& position = *cursor_.placed.position;
    if (!walk(call_, client_, {placed_only(), "orderPlacedAt"}, config_.page_size, position,
              [&](const json::object& row) {
                  const bool done = parse_instant(required_text(row, "updatedAt")) >= from;
                  return done || take(row);
              }))
        return;
    cursor_.placed = {position.at_ms, std::nullopt};
    cursor_.backfill_from_ms.reset();
}

/// The steady state. Each list that is not read to its end keeps its position for the next call.
void Poll::follow() {
    if (!read_window(cursor_.updated, "updatedAt")) return;
    if (!read_window(cursor_.placed, "orderPlacedAt")) return;
    if (!sweep_open()) return;
    if (!look_up_leavers()) return;
    sweep_closed();
}

bool Poll::read_window(Window& window, std::string_view field) {
    if (!window.position) window.position = Position{window.high_ms - kOverlapMs, {}};
    if (!walk(call_, client_, {placed_only(), field}, config_.page_size, *window.position,
              [&](const json::object& row) { return take_changed(row); }))
        return false;
    window = {std::max(window.high_ms, window.position->at_ms), std::nullopt};
    return true;
}

bool Poll::sweep_open() {
    if (cursor_.leavers) return true;
    if (!cursor_.sweep) {
        if (call_.now_ms() < cursor_.sweep_due_ms) return true;
        ++cursor_.sweep_number;
        cursor_.sweep = Position{};
    }
    const Listing open{in_states(config_.open_states), "orderPlacedAt"};
    const auto note_seen = [&](const json::object& row) {
        const KnownOrder* known = known_.find(id_of(row, "id"));
        if (known != nullptr && known->digest == digest_of(row))
            note(config_, known_, row, cursor_.sweep_number);
        return take_changed(row);
    };
    if (!walk(call_, client_, open, config_.page_size, *cursor_.sweep, note_seen)) return false;
    cursor_.sweep.reset();
    cursor_.leavers = 0;
    return true;
}

/// Orders that were open and that the sweep did not meet: delivered or cancelled meanwhile, without
/// any other sign.
bool Poll::look_up_leavers() {
    if (!cursor_.leavers) return true;
    for (std::size_t& shard = *cursor_.leavers; shard < KnownOrders::kShards; ++shard)
        for (const std::string& id : known_.unseen(shard, cursor_.sweep_number))
            if (!look_up(id)) return false;
    cursor_.leavers.reset();
    cursor_.sweep_due_ms = call_.now_ms() + config_.sweep_interval_ms;
    return true;
}

bool Poll::sweep_closed() {
    if (config_.closed_states.empty()) return true;
    if (!cursor_.closed) {
        if (call_.now_ms() < cursor_.closed_due_ms) return true;
        cursor_.closed = Position{call_.now_ms() - config_.closed_window_ms, {}};
    }
    const Listing closed{in_states(config_.closed_states), "orderPlacedAt"};
    if (!walk(call_, client_, closed, config_.page_size, *cursor_.closed,
              [&](const json::object& row) { return take_changed(row); }))
        return false;
    cursor_.closed.reset();
    cursor_.closed_due_ms = call_.now_ms() + config_.closed_sweep_interval_ms;
    return true;
}

/// False when this call has read as many orders as it should.
bool Poll::take_changed(const json::object& row) {
    const KnownOrder* known = known_.find(id_of(row, "id"));
    if (known != nullptr && known->digest == digest_of(row)) return true;
    return take(row);
}

bool Poll::take(const json::object& row) {
    if (!is_placed(row)) return true;
    const std::string id = id_of(row, "id");
    ++reads_;
    std::optional<ReadOrder> read;
    const bool is_read = left_out_.take(id, [&] { read = client_.read_order(call_, id); });
    if (!is_read || !read || !emit(*read)) note(config_, known_, row, cursor_.sweep_number);
    return spare();
}

/// False for an order of which no record can be made: it is left out.
bool Poll::emit(const ReadOrder& read) {
    return left_out_.take(id_of(read.order, "id"),
                          [&] { emit_order(call_, config_, known_, read, cursor_.sweep_number); });
}

bool Poll::look_up(const std::string& id) {
    const KnownOrder* before = known_.find(id);
    const std::string digest = before == nullptr ? std::string() : before->digest;
    ++reads_;
    const std::optional<ReadOrder> read = client_.read_order(call_, id);
    if (!read)
        known_.put({id, "gone", 0});
    else if (digest_of(read->order) == digest || !emit(*read))
        note(config_, known_, read->order, cursor_.sweep_number);
    return spare();
}

}  // namespace

void poll_orders(sdk::Call& call, const Config& config, Client& client, std::string_view text,
                 bool is_first) {
    const std::int64_t from = config.poll_from_ms ? *config.poll_from_ms : call.now_ms() - kDayMs;
    Cursor cursor;
    std::string reason;
    try {
        cursor = read_cursor(text, from);
    } catch (const std::exception& thrown) {
        reason = thrown.what();
    }
    if (!reason.empty()) throw sdk::rejected("bad_cursor", reason);
    Poll poll(call, config, client, cursor);
    if (is_first) poll.try_again();
    poll.run();
    call.set_cursor(write_cursor(cursor));
}

}  // namespace orderhub::vendure
