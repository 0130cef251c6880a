// What the commands about parked deliveries and parked messages share.
#pragma once

#include <CLI/App.hpp>
#include <memory>
#include <string>

#include "hub/cli/commands.hpp"

namespace orderhub::cli {

/// Which work is meant; what is empty does not restrict.
struct WorkOptions {
    std::string connector;
    std::string kind;
    std::string code;
    std::string order;  ///< id or number
    std::string older_than;
};

struct RetryOptions {
    WorkOptions work;
    bool dry_run = false;
};

/// Where many are tried again, and how it is told to go on.
struct RetryTarget {
    std::string path;
    std::string next;  ///< the member that takes the last answer's "next"
    std::string what;  ///< "deliveries"
};

void add_work_options(CLI::App* command, WorkOptions& options);
/// The order's id; empty if none is given.
Expected<std::string> resolved_order(Session& session, const WorkOptions& options);
/// A file's content, or of standard input if it is "-".
Expected<std::string> read_content(const std::string& file);

/// Tries again everything that fits, each once, and says how many.
Expected<int> retry_many(Session& session, const RetryOptions& options, const RetryTarget& target);

/// Adds "retry-all" to a group.
template <class Function>
void add_retry_all(const Groups& groups, CLI::App* group, const char* help, Function function) {
    auto options = std::make_shared<RetryOptions>();
    auto* command = group->add_subcommand("retry-all", help);
    add_work_options(command, options->work);
    command->add_flag("--dry-run", options->dry_run, "Only count them");
    on_hub(groups, command, options, function);
}

}  // namespace orderhub::cli
