// The groups of commands. Each adds its options to the parser and says what to run once the whole
// command line has been understood.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "hub/cli/cli.hpp"
#include "hub/cli/session.hpp"

namespace orderhub::cli {

/// The command that was chosen. `here` is tried first; what it leaves (nullopt, or no function) is
/// asked of the hub.
struct Chosen {
    std::function<std::optional<int>()> here;
    std::function<Expected<int>(Session&)> asked;
};

/// What a group is built with; outlives the parsing.
struct Groups {
    CLI::App& app;
    Chosen& chosen;
    const bool& json;
    const LocalCommands& local;
};

/// A group like "orders" that needs one of its commands.
inline CLI::App* add_group(const Groups& groups, const char* name, const char* help) {
    return groups.app.add_subcommand(name, help)->require_subcommand(1);
}

/// Makes `command` run `function(session, *options)`.
template <class Options, class Function>
void on_hub(const Groups& groups, CLI::App* command, std::shared_ptr<Options> options,
            Function function) {
    command->callback([&chosen = groups.chosen, options, function] {
        chosen.asked = [options, function](Session& session) {
            return function(session, *options);
        };
    });
}

void add_local(const Groups& groups);  ///< serve, config, token
void add_connectors(const Groups& groups);
void add_orders(const Groups& groups);
void add_order_actions(const Groups& groups);
/// `order actions`, a command of the group `order`.
void add_eligibility(const Groups& groups, CLI::App* order);
void add_cases(const Groups& groups);
void add_customers(const Groups& groups);
void add_deliveries(const Groups& groups);
void add_inbox(const Groups& groups);
void add_linking(const Groups& groups);
void add_import(const Groups& groups);
void add_reconcile(const Groups& groups);
void add_replay(const Groups& groups);
void add_flows(const Groups& groups);
void add_events(const Groups& groups);
void add_audit(const Groups& groups);
void add_subscriptions(const Groups& groups);
void add_users(const Groups& groups);
void add_secrets(const Groups& groups);

}  // namespace orderhub::cli
