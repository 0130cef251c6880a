// A process of this program's own for each clause.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check.hpp"
#include "finding.hpp"

namespace orderhub::kit {

/// What a child process said and how it ended.
struct Ended {
    std::vector<json::object> lines;  ///< what it told
    std::string words;                ///< "" or how it ended: "was killed by signal 11 ..."
    std::string output;               ///< the end of what it printed
    double seconds = 0;
};

/// Runs this program with these arguments; kills it after the deadline.
Ended run_child(const std::vector<std::string>& arguments, int deadline_s);

/// Runs one clause in its process. Faults that belong to other clauses are appended to `others`.
Verdict run_clause(const Options& options, std::string_view clause, std::vector<Verdict>& others);

/// The arguments that every child gets.
std::vector<std::string> child_arguments(const Options& options);

}  // namespace orderhub::kit
