// What a good connector does, clause by clause.
#pragma once

#include <span>
#include <string_view>

#include "check.hpp"

namespace orderhub::kit {

struct Clause {
    std::string_view id;
    std::string_view group;
    std::string_view title;
    std::string_view expected;  ///< for a fault found by watching
    std::string_view hint;      ///< how to mend it
    void (*run)(Check&);        ///< null: judged by what was seen while the others ran
};

std::span<const Clause> clauses();
const Clause* find_clause(std::string_view id);

// By file. Those that need the script find it there: without one they are not run.
void check_load(Check& check);
void check_symbols(Check& check);
void check_manifest(Check& check);
void check_describe(Check& check);
void check_reload(Check& check);

void check_create(Check& check);
void check_two_instances(Check& check);
void check_destroy_busy(Check& check);
void check_lifecycle_repeated(Check& check);
void check_unreachable(Check& check);

void check_config_missing(Check& check);
void check_config_type(Check& check);
void check_config_unknown(Check& check);
void check_config_edges(Check& check);

void check_covered(Check& check);
void check_check(Check& check);
void check_poll(Check& check);
void check_receive(Check& check);
void check_execute(Check& check);

void check_echoed_secrets(Check& check);
void check_once(Check& check);
void check_looks_first(Check& check);
void check_pages_change(Check& check);
void check_kill_poll(Check& check);
void check_kill_execute(Check& check);
void check_clock(Check& check);
void check_parallel(Check& check);
void check_fuzz(Check& check);
/// Of a recording, not of the check file: not among clauses().
void check_replay(Check& check);

/// All clauses named fault_...: the one that runs now is in the options.
void check_fault(Check& check);

}  // namespace orderhub::kit
