#include "hub/http/attempts.hpp"

#include <algorithm>

namespace orderhub::http {

namespace {

constexpr std::size_t kMostKept = 10'000;

std::string key_of(char kind, std::string_view text) {
    constexpr std::size_t kLongest = 320;
    return std::string{kind, ':'} + std::string(text.substr(0, kLongest));
}

}  // namespace

std::int64_t Attempts::wait_ms(std::string_view name, std::string_view address,
                               std::int64_t now_ms) {
    const std::scoped_lock lock(mutex_);
    return std::max(wait_of(key_of('n', name), kByName, now_ms),
                    wait_of(key_of('a', address), kByAddress, now_ms));
}

bool Attempts::failed(std::string_view name, std::string_view address, std::int64_t now_ms) {
    const std::scoped_lock lock(mutex_);
    if (counts_.size() >= kMostKept) forget_old(now_ms);
    const bool locks_name = count(key_of('n', name), kByName, now_ms);
    const bool locks_address = count(key_of('a', address), kByAddress, now_ms);
    return locks_name || locks_address;
}

void Attempts::succeeded(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    counts_.erase(key_of('n', name));
}

bool Attempts::count(const std::string& key, std::uint32_t most, std::int64_t now_ms) {
    auto& count = counts_[key];
    if (now_ms - count.last_ms >= kLockMs) count.failures = 0;
    count.last_ms = now_ms;
    return ++count.failures == most;
}

std::int64_t Attempts::wait_of(const std::string& key, std::uint32_t most,
                               std::int64_t now_ms) const {
    const auto found = counts_.find(key);
    if (found == counts_.end() || found->second.failures < most) return 0;
    return std::max<std::int64_t>(0, found->second.last_ms + kLockMs - now_ms);
}

void Attempts::forget_old(std::int64_t now_ms) {
    std::erase_if(counts_,
                  [&](const auto& entry) { return now_ms - entry.second.last_ms >= kLockMs; });
    // Whoever fills the table from many addresses may forget somebody's failures, not the hub's
    // memory.
    if (counts_.size() >= kMostKept) counts_.clear();
}

}  // namespace orderhub::http
