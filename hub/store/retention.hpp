// What is deleted by its age.
#pragma once

#include <cstdint>

namespace orderhub::store {

/// One step through rows of one kind, oldest first.
struct RetentionStep {
    std::int64_t reached = 0;   ///< sequence of the last row looked at; the next step's `after`
    std::uint64_t deleted = 0;  ///< of those looked at
    bool is_end = false;        ///< what comes after is younger, or there is nothing
};

/// Each looks at the next `at_most` rows after `after`: as much as one unit of work is to do. Done
/// twice, by another hub at the same time too, is done once.
class Retention {
public:
    virtual ~Retention() = default;
    /// Those that are done or dropped and came in before the instant go, with their contents. What
    /// waits or is parked stays. A message that comes again after that counts as new.
    virtual RetentionStep delete_old_messages(std::int64_t after, std::int64_t before_ms,
                                              std::uint32_t at_most) = 0;
    /// Those that are done or dropped since before the instant go. What they changed stays with the
    /// order.
    virtual RetentionStep delete_old_deliveries(std::int64_t after, std::int64_t before_ms,
                                                std::uint32_t at_most) = 0;
};

}  // namespace orderhub::store
