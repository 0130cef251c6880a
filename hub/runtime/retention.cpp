#include "hub/runtime/retention.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>

#include "hub/servicing/erasure/case_texts.hpp"

namespace orderhub::runtime {

namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

/// Cases have no sequence: where a round goes on is kept here. A case costs more than a row.
RetentionDuty case_duty(std::int64_t age_ms, const servicing::Settings& settings) {
    constexpr std::uint32_t kMostCases = 50;
    const auto reached = std::make_shared<std::string>();
    return {"case texts", age_ms,
            [=](store::Transaction& transaction, std::int64_t after, std::int64_t before_ms,
                std::uint32_t at_most) {
                const servicing::Request by{"hub", "retention", before_ms + age_ms};
                const auto step = servicing::delete_old_case_texts(
                    {transaction, transaction}, settings, by, after == 0 ? "" : *reached, before_ms,
                    std::min(at_most, kMostCases));
                *reached = step.reached;
                return store::RetentionStep{after + 1, step.deleted, step.is_end};
            }};
}

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

std::vector<RetentionDuty> retention_duties(const RetentionAges& ages,
                                            const servicing::Settings& settings) {
    using store::Transaction;
    std::vector<RetentionDuty> duties;
    if (ages.inbox > 0)
        duties.push_back({"messages", ages.inbox * kDayMs,
                          [](Transaction& transaction, auto after, auto before, auto at_most) {
                              return transaction.delete_old_messages(after, before, at_most);
                          }});
    if (ages.deliveries > 0)
        duties.push_back({"deliveries", ages.deliveries * kDayMs,
                          [](Transaction& transaction, auto after, auto before, auto at_most) {
                              return transaction.delete_old_deliveries(after, before, at_most);
                          }});
    if (ages.closed_cases > 0) duties.push_back(case_duty(ages.closed_cases * kDayMs, settings));
    return duties;
}

RetentionDuty session_duty(std::int64_t absolute_ms, std::int64_t idle_ms) {
    return {"sessions", absolute_ms,
            [absolute_ms, idle_ms](store::Transaction& transaction, auto, auto before, auto) {
                transaction.delete_old_sessions(before, before + absolute_ms - idle_ms);
                return store::RetentionStep{.is_end = true};
            }};
}

}  // namespace orderhub::runtime
