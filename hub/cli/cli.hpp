// The command line `orderhub`. Talks to the running hub over its API; what must happen on this
// machine instead is handed in by the composition, so that this layer needs no other.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/domain/scope.hpp"

namespace orderhub::cli {

struct NewToken {
    std::string name;
    std::string role;
    domain::Scope scope = {};
};

struct NewUser {
    std::string name;
    std::string full_name;
    std::string role;
    std::string password;
    domain::Scope scope = {};
};

struct RecordOptions {
    std::string config_file;
    std::string connector;
    std::string folder;
    int polls = 5;
    std::vector<std::string> commands;  ///< files
    std::vector<std::string> scrub;
};

/// Commands that work on this machine rather than through the API. Each prints what it has to say
/// and returns the exit code (see exit_codes.hpp). Called on the thread of run(), at most once.
struct LocalCommands {
    /// Runs the hub until it is told to stop.
    std::function<int(const std::string& config_file)> serve;
    std::function<int(const std::string& config_file, bool json)> check_config;
    /// Makes a token in the store that the configuration names. Nothing is printed and nullopt
    /// returned when a running hub holds that store: the API of that hub is then asked with
    /// ORDERHUB_TOKEN. A function that returns a plain int fits too.
    std::function<std::optional<int>(const std::string& config_file, const NewToken& token,
                                     bool json)>
        create_token;
    /// The same of a user.
    std::function<std::optional<int>(const std::string& config_file, const NewUser& user,
                                     bool json)>
        create_user;
    /// `tool` lint, graph, diff or test, on files of flows and of their cases.
    std::function<int(const std::string& tool, const std::vector<std::string>& files, bool json)>
        flow_tool = {};
    /// Records what a configured connector and its outside system say to each other.
    std::function<int(const RecordOptions& options)> record;
    /// Decides the cases of a folder; evaluate_linking compares with its gold.json. `config_file`
    /// is linking.yaml, or empty.
    std::function<int(const std::string& folder, const std::string& config_file)> match_cases;
    std::function<int(const std::string& folder, const std::string& config_file, bool json)>
        evaluate_linking;
    /// Shows a connector's library without running any of its code; `config_file` may be empty.
    std::function<int(const std::string& library, const std::string& config_file, bool json)>
        inspect_connector;
    /// Seals the secrets of the store that the configuration names with its first key. nullopt as
    /// create_token gives it.
    std::function<std::optional<int>(const std::string& config_file, bool json)> rotate_secrets;
    /// Prints a fresh key.
    std::function<int()> new_secret_key;
};

/// Runs one command line and returns the process's exit code. Reads ORDERHUB_URL and
/// ORDERHUB_TOKEN; writes to stdout and stderr. Throws nothing.
int run(int argc, char** argv, const LocalCommands& local);

}  // namespace orderhub::cli
