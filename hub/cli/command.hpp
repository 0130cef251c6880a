// What the commands share. Internal to hub/cli; includes CLI11.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "hub/cli/cli.hpp"
#include "hub/cli/client.hpp"
#include "hub/cli/table.hpp"

namespace orderhub::cli {

/// What a command works with.
struct Context {
    Client& api;
    bool json = false;
    std::ostream& out;
    std::ostream& err;
};

using Command = std::function<Exit(Context&)>;

/// Where the parser leaves the command that was asked for: one through the API, or one on this
/// machine.
struct Chosen {
    Command through_api;
    std::function<Exit()> local;
};

/// Adds a subcommand that runs `command` when it is chosen. Its options are kept alive by
/// `command`.
inline CLI::App* add_command(CLI::App& parent, Chosen& chosen, const std::string& name,
                             const std::string& help, Command command) {
    auto* app = parent.add_subcommand(name, help)->fallthrough();
    app->callback([&chosen, command = std::move(command)] { chosen.through_api = command; });
    return app;
}

/// A group such as `orders`, of which one subcommand must be given.
inline CLI::App* add_group(CLI::App& parent, const std::string& name, const std::string& help) {
    return parent.add_subcommand(name, help)->require_subcommand(1)->fallthrough();
}

/// Prints a document as it is, for --json.
void print_json(Context& context, const boost::json::value& document);

/// Prints the "items" of a page as a table (a cell is what a JSON Pointer finds), or the page with
/// --json.
void print_page(Context& context, const boost::json::value& page,
                const std::vector<std::pair<std::string, std::string>>& columns);

/// The id of an order given by id, number or any text that finds exactly one. Throws Failure
/// otherwise.
std::string resolve_order(Context& context, const std::string& text);

void add_order_commands(CLI::App& app, Chosen& chosen);
void add_action_commands(CLI::App& app, Chosen& chosen);
void add_case_commands(CLI::App& app, Chosen& chosen);
void add_delivery_commands(CLI::App& app, Chosen& chosen);
void add_connector_commands(CLI::App& app, Chosen& chosen);
void add_event_commands(CLI::App& app, Chosen& chosen);

}  // namespace orderhub::cli
