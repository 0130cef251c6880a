// Which results are right after a fault.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "samples.hpp"

namespace orderhub::kit {

/// A fault and what it tells the connector.
struct FaultCase {
    std::string label;
    Fault fault;
    bool will_pass = true;    ///< it may work later: rejecting would lose the work
    bool surely_not = false;  ///< the answer says that nothing was done
    bool is_open =
        false;  ///< retry and unknown are both right: nothing was done, and it may not show
    bool for_good = false;          ///< it says that repeating cannot help
    bool asks_login = false;        ///< 401
    std::uint64_t at_least_ms = 0;  ///< the delay that was asked for
    std::uint64_t at_most_ms = 0;   ///< 0: any delay
};

/// One fault at one request of one sample, and what came of it.
struct Situation {
    const Script& script;
    const Sample& sample;
    const FaultCase& fault;
    std::size_t ordinal;
    const Trace& calm;  ///< without the fault
    const Trace& seen;
    bool host_asks_for_tokens = false;  ///< the connector does not see what the endpoint answers
};

struct Complaint {
    std::string expected;
    std::string seen;
};

/// What is wrong with a command's result, given what really took place; nothing if it is right.
std::optional<Complaint> judge_command(const Situation& situation);
/// The same for check, poll and receive.
std::optional<Complaint> judge_read(const Situation& situation);

/// A write of which one too many would do harm.
bool is_risky(const Script& script, const Seen& seen);

/// The first request of each exchange, in order; a dozen at most.
std::vector<std::size_t> worth_a_fault(const std::vector<Seen>& seen);

}  // namespace orderhub::kit
