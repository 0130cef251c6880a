// Puts the command line and the hub together.
#include "hub/cli/cli.hpp"
#include "hub/runtime/serve.hpp"

int main(int argc, char** argv) {
    using namespace orderhub;
    const cli::LocalCommands local{runtime::serve, runtime::check_config, runtime::create_token};
    return cli::run(argc, argv, local);
}
