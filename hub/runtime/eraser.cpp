#include "hub/runtime/eraser.hpp"

#include <spdlog/spdlog.h>

namespace orderhub::runtime {

using servicing::ErasureRow;

void Eraser::start() {
    is_started_ = true;
    scheduler_.post([this] { look(); });
}

void Eraser::stop() {
    if (is_started_.exchange(false)) scheduler_.stop();
}

Result<ErasureRow> Eraser::begin(const servicing::Request& request, const std::string& customer_id,
                                 const std::string& reason, bool dry_run) {
    Result<ErasureRow> begun;
    const auto stored = store_.write([&](store::Transaction& transaction) -> Result<void> {
        begun = erasing_.begin({transaction, transaction}, request, customer_id, reason, dry_run);
        return begun ? Result<void>() : std::unexpected(begun.error());
    });
    if (!stored) return std::unexpected(stored.error());
    scheduler_.post([this] { look(); });
    return begun;
}

void Eraser::look() {
    const std::int64_t now = now_ms_();
    std::optional<ErasureRow> row;
    const auto next = [&](store::Transaction& transaction) -> Result<void> {
        row = transaction.next_erasure(now - limits_.wait_ms);
        return {};
    };
    if (!store_.read(next) || !row) return look_after(limits_.idle);
    const auto done = store_.write([&](store::Transaction& transaction) -> Result<void> {
        row.reset();
        if (!transaction.hold_lease("erasure")) return {};
        row = transaction.next_erasure(now - limits_.wait_ms);
        if (row) erasing_.step({transaction, transaction}, *row, now);
        return {};
    });
    if (!done) spdlog::warn("an erasure waits for the store: {}", done.error().message);
    if (done && row && row->state != "running")
        spdlog::info("erasure {}{} is {}", row->id, row->dry_run ? " (dry run)" : "", row->state);
    look_after(done && row ? limits_.pause : limits_.idle);
}

void Eraser::look_after(std::chrono::milliseconds pause) {
    scheduler_.at(scheduler_.now() + pause, [this, mine = ++turn_] {
        if (mine == turn_) look();
    });
}

}  // namespace orderhub::runtime
