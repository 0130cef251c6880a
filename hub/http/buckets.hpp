// How many requests somebody may send: token buckets.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace orderhub::http {

struct Rate {
    std::int64_t per_second = 0;  ///< on average; 0: no limit
    std::int64_t burst = 0;       ///< that may come at once after a quiet time
};

struct RequestRates {
    Rate by_address = {};  ///< asked before anything else
    Rate by_caller = {};   ///< of a token, or of a user in all browsers
};

/// A bucket for each key. Kept in memory, for each hub. Any thread.
class Buckets {
public:
    explicit Buckets(Rate rate) : rate_(rate) {}

    /// Takes a request in: 0, or how many milliseconds it has come too early.
    std::int64_t take(std::string_view key, std::int64_t now_ms);

private:
    /// In thousandths of a request, so that a millisecond brings `per_second` of them.
    struct Bucket {
        std::int64_t thousandths = 0;
        std::int64_t filled_ms = 0;
    };

    std::int64_t full() const { return rate_.burst * 1000; }
    void fill(Bucket& bucket, std::int64_t now_ms) const;
    void forget_full(std::int64_t now_ms);

    const Rate rate_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace orderhub::http
