// Puts the command line and the hub together.
#include "hub/cli/cli.hpp"
#include "hub/runtime/flow_tools.hpp"
#include "hub/runtime/inspect.hpp"
#include "hub/runtime/linking_commands.hpp"
#include "hub/runtime/recorder.hpp"
#include "hub/runtime/serve.hpp"

int main(int argc, char** argv) {
    using namespace orderhub;
    const auto create_user = [](const std::string& config, const cli::NewUser& user, bool json) {
        return runtime::create_user(
            config, {user.name, user.full_name, user.role, user.password, user.scope}, json);
    };
    const auto create_token = [](const std::string& config, const cli::NewToken& token, bool json) {
        return runtime::create_token(config, {token.name, token.role, 0, token.scope}, json);
    };
    const auto record = [](const cli::RecordOptions& options) {
        return runtime::record_connector({options.config_file, options.connector, options.folder,
                                          options.polls, options.commands, options.scrub});
    };
    const cli::LocalCommands local{runtime::serve,
                                   runtime::check_config,
                                   create_token,
                                   create_user,
                                   runtime::flow_tool,
                                   record,
                                   runtime::match_cases,
                                   runtime::evaluate_linking,
                                   runtime::inspect_connector,
                                   runtime::rotate_secrets_of,
                                   runtime::print_secret_key};
    return cli::run(argc, argv, local);
}
