// What the kit found.
#pragma once

#include <string>
#include <vector>

namespace orderhub::kit {

/// One fault of the connector.
struct Finding {
    std::string where;  ///< sample, request, fault
    std::string expected;
    std::string seen;
};

enum class State { passed, failed, not_applicable };

/// What came of a clause.
struct Verdict {
    std::string clause;
    State state = State::passed;
    std::string reason;  ///< why it is not applicable; of "load": what was loaded
    std::vector<Finding> findings;
    int cases = 0;  ///< how many were tried
    double seconds = 0;
};

}  // namespace orderhub::kit
