// Commands of the machine that the hub runs on: serve, config check, token create.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/scope.hpp"
#include "hub/cli/users.hpp"

namespace orderhub::cli {

namespace {

struct TokenOptions {
    std::string config_file;
    NewToken token;
    ScopeOptions scope;
};

Expected<int> create_token(Session& session, const TokenOptions& options) {
    boost::json::object body{{"name", options.token.name}, {"role", options.token.role}};
    add_scope(body, options.scope);
    const auto answer =
        session.client.call({"POST", "/api/v1/tokens", boost::json::serialize(body)});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const boost::json::value& token) {
        return "Token for " + printable(text(token, "/name")) + " (" + text(token, "/role") +
               limits(token) + "), shown this once:\n" + text(token, "/token") + "\n";
    });
}

void add_serve(const Groups& groups) {
    auto file = std::make_shared<std::string>();
    auto* command = groups.app.add_subcommand("serve", "Run the hub until it is told to stop");
    command->add_option("--config", *file, "Configuration file (YAML)")->required();
    command->callback([groups, file] {
        groups.chosen.here = [groups, file] { return groups.local.serve(*file); };
    });
}

void add_config(const Groups& groups) {
    auto file = std::make_shared<std::string>();
    auto* command = add_group(groups, "config", "The configuration file")
                        ->add_subcommand("check", "Say what is wrong with it, without starting");
    command->add_option("FILE", *file, "Configuration file (YAML)")->required();
    command->callback([groups, file] {
        groups.chosen.here = [groups, file] {
            return groups.local.check_config(*file, groups.json);
        };
    });
}

void add_token(const Groups& groups) {
    auto options = std::make_shared<TokenOptions>();
    auto* token = add_group(groups, "token", "Tokens for the API");
    add_token_lists(groups, token);
    auto* command = token->add_subcommand("create", "Make one; it is shown once and stored hashed");
    command->add_option("--config", options->config_file, "Configuration file (YAML)")->required();
    command->add_option("--name", options->token.name, "Whom it is for")->required();
    add_role_option(command, options->token.role)->required();
    add_scope_options(command, options->scope);
    command->callback([groups, options] {
        groups.chosen.here = [groups, options] {
            options->token.scope = scope_of(options->scope);
            return groups.local.create_token(options->config_file, options->token, groups.json);
        };
        groups.chosen.asked = [options](Session& session) {
            return create_token(session, *options);
        };
    });
}

}  // namespace

void add_local(const Groups& groups) {
    add_serve(groups);
    add_config(groups);
    add_token(groups);
}

}  // namespace orderhub::cli
