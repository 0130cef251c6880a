// What the commands of users and of tokens share.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "hub/cli/commands.hpp"

namespace orderhub::cli {

/// --role, one of those that the hub knows.
CLI::Option* add_role_option(CLI::App* command, std::string& role);

/// `token list` and `token end`.
void add_token_lists(const Groups& groups, CLI::App* token);

}  // namespace orderhub::cli
