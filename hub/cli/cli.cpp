#include "hub/cli/cli.hpp"

#include <CLI/CLI.hpp>

#include "hub/cli/exit_codes.hpp"

namespace orderhub::cli {

int run(int argc, char** argv, const LocalCommands& local) {
    CLI::App app("Joins storefronts, service desks and financial systems", "orderhub");
    app.require_subcommand(1);
    std::string config_file;
    int code = kOk;
    auto* serve = app.add_subcommand("serve", "Run the hub until it is told to stop");
    serve->add_option("--config", config_file, "Configuration file (YAML)")->required();
    serve->callback([&] { code = local.serve(config_file); });
    try {
        app.parse(argc, argv);
        return code;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kOk : kUsage;
    }
}

}  // namespace orderhub::cli
