// The lengths of the write-ahead log at which something happens.
#pragma once

#include <algorithm>
#include <cstdint>

namespace orderhub::store {

/// In pages, from the limit in bytes.
class LogBounds {
public:
    explicit LogBounds(std::uint64_t limit_bytes)
        : limit_(std::max(limit_bytes / kBytesPerPage, kFewestPages)) {}

    static std::uint64_t bytes(std::uint64_t pages) { return pages * kBytesPerPage; }

    std::uint64_t limit() const { return limit_; }
    /// All work is refused: what is left is for the commit under way.
    std::uint64_t full() const { return limit_ / 16 * 15; }
    /// New work is refused.
    std::uint64_t pressed() const { return limit_ / 4 * 3; }
    /// The log is to start over.
    std::uint64_t long_enough() const { return limit_ / 4; }
    /// So much is copied into the database at a time.
    std::uint64_t round() const { return limit_ / 32; }
    /// So much the writer itself may copy when it lets the log start over: some milliseconds.
    std::uint64_t little() const { return limit_ / 64; }

private:
    static constexpr std::uint64_t kBytesPerPage = 4'096 + 24;
    static constexpr std::uint64_t kFewestPages = 256;

    std::uint64_t limit_;
};

}  // namespace orderhub::store
