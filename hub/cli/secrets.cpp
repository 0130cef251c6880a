// Keys of the secrets that the hub stores.
#include <string>

#include "hub/cli/commands.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

Expected<int> rotate(Session& session) {
    const auto answer = session.client.call({"POST", "/api/v1/secrets:rotate", ""});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const boost::json::value& state) {
        return text(state, "/sealed") + " secrets sealed anew, " + text(state, "/left") + " left\n";
    });
}

void add_rotate(const Groups& groups, CLI::App* secrets) {
    auto file = std::make_shared<std::string>();
    auto* command = secrets->add_subcommand(
        "rotate", "Seal all secrets in the store with the first of secrets.keys");
    command->add_option("--config", *file, "Configuration file (YAML)")->required();
    command->callback([groups, file] {
        groups.chosen.here = [groups, file] {
            return groups.local.rotate_secrets(*file, groups.json);
        };
        groups.chosen.asked = rotate;
    });
}

}  // namespace

void add_secrets(const Groups& groups) {
    auto* secrets = add_group(groups, "secrets", "How the hub's own secrets lie in the store");
    secrets->add_subcommand("new-key", "Print a fresh key for secrets.keys")->callback([groups] {
        groups.chosen.here = [groups] { return groups.local.new_secret_key(); };
    });
    add_rotate(groups, secrets);
}

}  // namespace orderhub::cli
