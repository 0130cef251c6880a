// Units of work whose traces can be found again, and a ledger of those that were called done.
#pragma once

#include <set>
#include <string>

#include "hub/store/store.hpp"

namespace orderhub::test {

/// Numbered units, each of which takes a message in, saves an order, sends a command, remembers
/// something and moves an earlier delivery on; every seventh fails.
class PowerWorkload {
public:
    /// Runs `rounds` of `width` units each, which wait together, or until the store cannot write.
    void run(store::Store& store, int rounds, int width);

    /// Fails the test if a unit that was called done is not there, or one is there in part, or a
    /// line of deliveries has not exactly its oldest open one as its head. `path` is the database,
    /// used by nobody.
    void expect_kept(const std::string& path) const;

    std::size_t acknowledged() const { return done_.size(); }

private:
    std::set<int> done_;
    int last_ = 0;
};

}  // namespace orderhub::test
