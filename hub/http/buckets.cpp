#include "hub/http/buckets.hpp"

#include <algorithm>

namespace orderhub::http {

namespace {

constexpr std::size_t kMostKept = 20'000;
constexpr std::int64_t kOne = 1000;

}  // namespace

std::int64_t Buckets::take(std::string_view key, std::int64_t now_ms) {
    if (rate_.per_second == 0) return 0;
    const std::scoped_lock lock(mutex_);
    if (buckets_.size() >= kMostKept) forget_full(now_ms);
    auto& bucket = buckets_.try_emplace(std::string(key), Bucket{full(), now_ms}).first->second;
    fill(bucket, now_ms);
    if (bucket.thousandths < kOne)
        return (kOne - bucket.thousandths + rate_.per_second - 1) / rate_.per_second;
    bucket.thousandths -= kOne;
    return 0;
}

void Buckets::fill(Bucket& bucket, std::int64_t now_ms) const {
    // A clock that was set back brings nothing, and takes nothing away. No pause longer than what
    // fills the bucket counts, so that nothing overflows.
    const auto longest = full() / rate_.per_second + 1;
    const auto passed = std::clamp<std::int64_t>(now_ms - bucket.filled_ms, 0, longest);
    bucket.thousandths = std::min(full(), bucket.thousandths + passed * rate_.per_second);
    bucket.filled_ms = now_ms;
}

void Buckets::forget_full(std::int64_t now_ms) {
    std::erase_if(buckets_, [&](const auto& entry) {
        auto bucket = entry.second;
        fill(bucket, now_ms);
        return bucket.thousandths == full();
    });
    // Whoever asks from very many addresses may refill somebody's bucket, not the hub's memory.
    if (buckets_.size() >= kMostKept) buckets_.clear();
}

}  // namespace orderhub::http
