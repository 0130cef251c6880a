#include "hub/runtime/desk_refresher.hpp"

#include <spdlog/spdlog.h>

namespace orderhub::runtime {

namespace {

constexpr std::chrono::milliseconds kPause{1'000};
constexpr std::uint32_t kAtOnce = 50;

}  // namespace

void DeskRefresher::start() {
    scheduler_.post([this] { look(); });
}

void DeskRefresher::stop() {
    is_stopped_ = true;
    scheduler_.stop();
}

void DeskRefresher::look() {
    if (is_due())
        while (!is_stopped_ && refresh_some()) {
        }
    scheduler_.at(scheduler_.now() + kPause, [this] { look(); });
}

bool DeskRefresher::is_due() {
    bool due = false;
    const auto read = store_.read([&](store::Transaction& unit) -> Result<void> {
        const auto next = unit.next_refresh();
        due = next && *next <= now_ms_();
        return {};
    });
    return read && due;
}

bool DeskRefresher::refresh_some() {
    bool more = false;
    const auto stored = store_.write([&](store::Transaction& unit) -> Result<void> {
        more = service_.refresh_desks(unit, {.actor = "hub", .trace = {}, .now_ms = now_ms_()},
                                      kAtOnce);
        return {};
    });
    if (!stored)
        spdlog::warn("desks could not be told of changed orders: {}", stored.error().message);
    return stored && more;
}

}  // namespace orderhub::runtime
