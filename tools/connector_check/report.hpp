// The kit's words for people and for machines.
#pragma once

#include <string>
#include <vector>

#include "check.hpp"
#include "finding.hpp"

namespace orderhub::kit {

/// What stands above the clauses.
struct Heading {
    std::string library;
    std::string connector;              ///< name, version, kind; empty if it could not be loaded
    std::vector<std::string> scaffold;  ///< places that the author has still to write
};

struct Counts {
    int passed = 0;
    int failed = 0;
    int not_applicable = 0;
};

Counts count(const std::vector<Verdict>& verdicts);
std::string report_text(const Heading& heading, const std::vector<Verdict>& verdicts);
/// "orderhub-kit 1.0: 41 passed, 0 failed, 6 not applicable"
std::string badge(const Heading& heading, const Counts& counts);
std::string junit_text(const Heading& heading, const std::vector<Verdict>& verdicts);

}  // namespace orderhub::kit
