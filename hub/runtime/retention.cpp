#include "hub/runtime/retention.hpp"

#include <spdlog/spdlog.h>

namespace orderhub::runtime {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

}  // namespace

void Retention::start() {
    if (duties_.empty()) return;
    is_started_ = true;
    scheduler_.post([this] { step(); });
}

void Retention::stop() {
    if (is_started_.exchange(false)) scheduler_.stop();
}

void Retention::step() {
    const auto& duty = duties_[duty_];
    store::RetentionStep done;
    const auto stored = store_.write([&](store::Transaction& transaction) -> Result<void> {
        done = {.is_end = true};
        if (transaction.hold_lease("retention"))
            done = duty.step(transaction, reached_, now_ms_() - duty.age_ms, limits_.at_once);
        return {};
    });
    if (stored) {
        reached_ = done.reached;
        deleted_now_ += done.deleted;
        deleted_[duty_] += done.deleted;
    } else {
        spdlog::warn("old {} could not be deleted: {}", duty.what, stored.error().message);
    }
    const bool is_over = !stored || done.is_end;
    if (is_over) end_duty();
    const bool rests = is_over && duty_ == 0;
    scheduler_.at(scheduler_.now() + (rests ? limits_.rest : limits_.pause), [this] { step(); });
}

void Retention::end_duty() {
    if (deleted_now_ > 0)
        spdlog::info("{} {} were deleted, older than {} days", deleted_now_, duties_[duty_].what,
                     duties_[duty_].age_ms / kDayMs);
    deleted_now_ = 0;
    reached_ = 0;
    duty_ = (duty_ + 1) % duties_.size();
}

std::vector<Retention::Count> Retention::counts() const {
    std::vector<Count> all;
    for (std::size_t i = 0; i < duties_.size(); ++i)
        all.push_back({duties_[i].what, deleted_[i]});
    return all;
}

std::vector<RetentionDuty> retention_duties(std::int64_t inbox_days, std::int64_t deliveries_days) {
    using store::Transaction;
    std::vector<RetentionDuty> duties;
    if (inbox_days > 0)
        duties.push_back({"messages", inbox_days * kDayMs,
                          [](Transaction& transaction, auto after, auto before, auto at_most) {
                              return transaction.delete_old_messages(after, before, at_most);
                          }});
    if (deliveries_days > 0)
        duties.push_back({"deliveries", deliveries_days * kDayMs,
                          [](Transaction& transaction, auto after, auto before, auto at_most) {
                              return transaction.delete_old_deliveries(after, before, at_most);
                          }});
    return duties;
}

}  // namespace orderhub::runtime
