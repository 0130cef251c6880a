// What a clause's function works with, in the process of its own that it runs in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stage.hpp"

namespace orderhub::kit {

struct Options {
    std::string library;
    std::string check_file;
    std::string junit;
    std::string replay;
    std::string only;
    std::vector<std::string> drift;  ///< two recordings
    bool list = false;
    std::uint64_t seed = 1;
    bool reproduce = false;
    int fuzz_cases = 400;
    int jobs = 2;
    int deadline_s = 300;  ///< of one clause
    std::string clause;    ///< in a clause's process: which
    std::string errand;    ///< in a process of a clause: the one call to make, JSON
    std::string self;      ///< this program
};

/// Tells the parent process at once, so that what was found outlives a crash.
class Check {
public:
    Check(const Options& options, const Subject& subject) : options(options), subject(subject) {}

    const Options& options;
    const Subject& subject;

    /// Says what begins now; a crash is reported with it.
    void trying(const std::string& where);
    void fail(const std::string& where, const std::string& expected, const std::string& seen);
    /// Fails unless `fine`.
    void expect(bool fine, const std::string& where, const std::string& expected,
                const std::string& seen);
    void not_applicable(const std::string& reason);
    /// A fault that belongs to another clause, which watches all the time.
    void observed(const std::string& clause, const std::string& where, const std::string& seen);
    /// Reports what the watchers saw since the last time.
    void report_observations(const std::string& where);
    void end();
};

/// Sends one line to the parent of a clause's or errand's process.
void tell_parent(const json::object& line);

std::string words(connectors::Outcome outcome);
/// "retry (unreachable: connection refused)"
std::string words(const connectors::CallResult& result);

}  // namespace orderhub::kit
