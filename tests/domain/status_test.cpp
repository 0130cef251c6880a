#include "hub/domain/status.hpp"

#include <gtest/gtest.h>

namespace orderhub::domain {
namespace {

struct Counters {
    std::int64_t ordered, cancelled, allocated, fulfilled, initiated, returned, reshipped;
};

LineStatus of(const Counters& counters) {
    Line line;
    line.ordered = counters.ordered;
    line.cancelled = counters.cancelled;
    line.allocated = counters.allocated;
    line.fulfilled = counters.fulfilled;
    line.return_initiated = counters.initiated;
    line.returned = counters.returned;
    line.reshipped = counters.reshipped;
    return status(line);
}

TEST(LineStatus, FirstFormulaThatIsTrueWins) {
    EXPECT_EQ(of({3, 0, 3, 3, 3, 1, 0}), LineStatus::return_initiated);
    EXPECT_EQ(of({3, 0, 3, 3, 0, 0, 3}), LineStatus::reshipped);
    EXPECT_EQ(of({3, 1, 2, 2, 2, 2, 0}), LineStatus::returned);
    EXPECT_EQ(of({3, 3, 0, 0, 0, 0, 0}), LineStatus::cancelled);
    EXPECT_EQ(of({3, 1, 2, 2, 0, 0, 0}), LineStatus::fulfilled);
    EXPECT_EQ(of({3, 0, 3, 1, 0, 0, 0}), LineStatus::partially_fulfilled);
    EXPECT_EQ(of({3, 0, 3, 0, 0, 0, 0}), LineStatus::allocated);
    EXPECT_EQ(of({3, 0, 1, 0, 0, 0, 0}), LineStatus::partially_allocated);
    EXPECT_EQ(of({3, 1, 0, 0, 0, 0, 0}), LineStatus::ordered);
}

}  // namespace
}  // namespace orderhub::domain
