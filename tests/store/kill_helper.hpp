// Runs the helper program that works on a store until it ends or is killed.
#pragma once

#include <string>
#include <vector>

namespace orderhub::test {

struct HelperEnd {
    bool killed = false;  ///< by SIGKILL
    int exit_code = -1;
    std::string output;  ///< its standard output
};

/// `crash_at` becomes ORDERHUB_CRASH_AT if it is not empty. With `kill_after_lines` above 0 the
/// helper is killed as soon as it has written so many lines.
HelperEnd run_helper(const std::vector<std::string>& arguments, const std::string& crash_at,
                     std::size_t kill_after_lines = 0);

}  // namespace orderhub::test
