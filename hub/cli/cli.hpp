// The command line: reads arguments, talks to the running hub's API, prints tables or JSON.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "hub/domain/result.hpp"

namespace orderhub::cli {

/// What a command ends with.
enum Exit : int {
    kOk = 0,
    kFailed = 1,       ///< refused or failed
    kUsage = 2,        ///< wrong arguments
    kUnreachable = 3,  ///< no hub answers, or it is not ready
    kConflict = 4,     ///< changed meanwhile, or its state does not allow it
    kNotFound = 5
};

/// What is done on this machine and not through the API. Given by main.
struct Local {
    std::function<int(const std::string& config, std::ostream& out, std::ostream& err)> serve;
    std::function<int(const std::string& config, bool json, std::ostream& out, std::ostream& err)>
        check_config;
    /// Errors: Conflict if the hub is running.
    std::function<Result<boost::json::object>(const std::string& config, const std::string& name,
                                              const std::string& role)>
        create_token;
    /// Where the hub of this configuration listens; empty if that is not fixed.
    std::function<std::string(const std::string& config)> url_of;
};

/// Runs one command; `arguments` without the program's name. ORDERHUB_URL and ORDERHUB_TOKEN are
/// read from the environment unless given.
int run(const std::vector<std::string>& arguments, const Local& local, std::ostream& out,
        std::ostream& err);

}  // namespace orderhub::cli
