// What the command line does on this machine, without the API.
#pragma once

#include <optional>
#include <string>

#include "hub/http/tokens.hpp"
#include "hub/http/users.hpp"

namespace orderhub::runtime {

/// Runs the hub until SIGTERM or SIGINT. Prints "listening on URL" once it is ready. Gives the exit
/// code: 0, or 1 if it could not start, with the reasons on stderr.
int serve(const std::string& config_path);

/// Says what is wrong with a configuration without starting: 0 if nothing is.
int check_config(const std::string& config_path, bool json);

/// Makes a token in the data folder of a hub that is not running and prints it: 0, or 1 with the
/// reason on stderr. Nothing if a running hub holds that folder: ask its API instead.
std::optional<int> create_token(const std::string& config_path, const http::NewToken& token,
                                bool json);

/// Makes a user in the same way.
std::optional<int> create_user(const std::string& config_path, const http::NewUser& user,
                               bool json);

/// Seals the secrets in the store with the first key of the configuration; nothing as above.
std::optional<int> rotate_secrets_of(const std::string& config_path, bool json);

/// Prints a fresh key for secrets.keys.
int print_secret_key();

}  // namespace orderhub::runtime
