// linking match, evaluate: on files, without a hub
#include "hub/cli/commands.hpp"

namespace orderhub::cli {

namespace {

struct LinkingOptions {
    std::string folder;
    std::string config_file;
};

template <class Function>
void add(const Groups& groups, CLI::App* linking, const char* name, const char* help,
         Function function) {
    auto options = std::make_shared<LinkingOptions>();
    auto* command = linking->add_subcommand(name, help);
    command->add_option("DIR", options->folder, "Folder with orders.jsonl and cases.jsonl")
        ->required();
    command->add_option("--config", options->config_file,
                        "Weights, thresholds and patterns (linking.yaml)");
    command->callback([groups, options, function] {
        groups.chosen.here = [groups, options, function] { return function(groups, *options); };
    });
}

}  // namespace

void add_linking(const Groups& groups) {
    auto* linking = add_group(groups, "linking", "How cases find their orders, without a hub");
    add(groups, linking, "match", "Decide each case of a folder; one JSON object a line",
        [](const Groups& with, const LinkingOptions& options) {
            return with.local.match_cases(options.folder, options.config_file);
        });
    add(groups, linking, "evaluate",
        "Compare the decisions with the folder's gold.json: precision, recall, what was confused",
        [](const Groups& with, const LinkingOptions& options) {
            return with.local.evaluate_linking(options.folder, options.config_file, with.json);
        });
}

}  // namespace orderhub::cli
