// Commands by rules: looked for, asked for, looked for again.
#pragma once

#include "declared/client.hpp"

namespace orderhub::declared {

class CommandRunner {
public:
    CommandRunner(const Settings& settings, sdk::Call& call, const sdk::Command& command);

    /// Brings about the effect once and gives the command's result. Throws Stop.
    Json run();

private:
    std::optional<Json> find();
    Json act();
    Json result_of(const Rule& rule, const Json& answer);

    const CommandRule& rule_;
    const sdk::Command& command_;
    sdk::Call& call_;
    Client client_;
    Shape result_;
    Documents documents_;
    const Json& payload_;
    std::string currency_;
};

}  // namespace orderhub::declared
