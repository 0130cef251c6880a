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
    std::uint64_t round() const { return limit_ / 16; }
    /// So much the writer itself may copy, and wait for, when it lets a log of that length start
    /// over. Nobody is answered meanwhile, so a log that has just become long enough waits for a
    /// moment at which it costs next to nothing; the longer it gets, the more may it cost.
    std::uint64_t little(std::uint64_t pages) const {
        return limit_ / 1'024 + (std::max(pages, long_enough()) - long_enough()) / 16;
    }
    /// What the file is cut to, after one long log.
    std::uint64_t kept() const { return limit_ / 2; }

private:
    static constexpr std::uint64_t kBytesPerPage = 4'096 + 24;
    static constexpr std::uint64_t kFewestPages = 256;

    std::uint64_t limit_;
};

}  // namespace orderhub::store
