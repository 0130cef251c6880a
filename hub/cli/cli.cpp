#include "hub/cli/cli.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdlib>

#include "hub/cli/command.hpp"

namespace orderhub::cli {

namespace json = boost::json;

namespace {

constexpr const char* kFooter = R"(
Exit codes: 0 done, 1 refused or failed, 2 wrong arguments, 3 no hub answers or it is not ready,
            4 changed meanwhile or not allowed in this state, 5 not found.
ORDERHUB_URL and ORDERHUB_TOKEN say where the hub is and who asks; --url and --token override them.)";

struct Common {
    std::string url;
    std::string token;
    bool json = false;
};

void print_token(const json::object& token, bool as_json, std::ostream& out) {
    if (as_json)
        out << json::serialize(token) << "\n";
    else
        out << token.at("token").as_string().c_str() << "\n";
}

struct TokenOptions {
    std::string config;
    std::string name;
    std::string role = "agent";
};

/// In the data folder if the hub is stopped, through the API with an admin's token if it is
/// running.
Exit create_token(const TokenOptions& options, const Common& common, const Local& local,
                  std::ostream& out) {
    if (!options.config.empty()) {
        const auto made = local.create_token(options.config, options.name, options.role);
        if (made) {
            print_token(*made, common.json, out);
            return kOk;
        }
        if (made.error().kind != ErrorKind::Conflict)
            throw Failure{kFailed, made.error().message, {}};
        if (common.token.empty())
            throw Failure{kConflict,
                          made.error().message +
                              "; to ask the running hub, give an admin's token with --token",
                          {}};
    }
    const auto configured = options.config.empty() ? "" : local.url_of(options.config);
    Client api(configured.empty() ? common.url : configured, common.token);
    const auto reply = api.post("/tokens", {{"name", options.name}, {"role", options.role}});
    print_token(reply.body.as_object(), common.json, out);
    return kOk;
}

void add_local_commands(CLI::App& app, Chosen& chosen, const Common& common, const Local& local,
                        std::ostream& out, std::ostream& err) {
    const auto file = std::make_shared<std::string>();
    auto* serve = app.add_subcommand("serve", "Run the hub until SIGTERM or Ctrl-C")->fallthrough();
    serve->add_option("--config", *file, "The configuration file")->required();
    serve->callback([&, file] {
        chosen.local = [&, file] { return static_cast<Exit>(local.serve(*file, out, err)); };
    });

    auto* config = add_group(app, "config", "The configuration file");
    auto* check = config->add_subcommand("check", "Say what is wrong with it")->fallthrough();
    check->add_option("FILE", *file, "The configuration file")->required();
    check->callback([&, file] {
        chosen.local = [&, file] {
            return static_cast<Exit>(local.check_config(*file, common.json, out, err));
        };
    });

    const auto options = std::make_shared<TokenOptions>();
    auto* token = add_group(app, "token", "Who may use the API");
    auto* create =
        token->add_subcommand("create", "Make a token; it is shown this once")->fallthrough();
    create->add_option(
        "--config", options->config,
        "The hub's configuration: works in its data folder while the hub is stopped");
    create->add_option("--name", options->name, "Whose it is")->required();
    create->add_option("--role", options->role, "agent or admin")
        ->check(CLI::IsMember({"agent", "admin"}));
    create->callback([&, options] {
        chosen.local = [&, options] { return create_token(*options, common, local, out); };
    });
}

std::string from_environment(const char* name, const char* otherwise) {
    const char* value = std::getenv(name);
    return value && *value ? value : otherwise;
}

Exit report(const Failure& failure, bool as_json, std::ostream& out, std::ostream& err) {
    if (as_json && !failure.problem.empty()) out << json::serialize(failure.problem) << "\n";
    err << "orderhub: " << failure.message;
    if (const auto* code = failure.problem.if_contains("code"))
        err << " (" << code->as_string().c_str() << ")";
    err << "\n";
    return failure.exit;
}

Exit execute(const Chosen& chosen, const Common& common, std::ostream& out, std::ostream& err) {
    try {
        if (chosen.local) return chosen.local();
        Client api(common.url, common.token);
        Context context{api, common.json, out, err};
        return chosen.through_api(context);
    } catch (const Failure& failure) {
        return report(failure, common.json, out, err);
    }
}

}  // namespace

int run(const std::vector<std::string>& arguments, const Local& local, std::ostream& out,
        std::ostream& err) {
    CLI::App app("OrderHub: storefronts, service desk and books as one", "orderhub");
    app.footer(kFooter);
    app.require_subcommand(1);
    Common common{from_environment("ORDERHUB_URL", "http://127.0.0.1:8080"),
                  from_environment("ORDERHUB_TOKEN", ""), false};
    app.add_option("--url", common.url, "Where the hub is");
    app.add_option("--token", common.token, "Who asks");
    app.add_flag("--json", common.json, "Print what the API answers");
    Chosen chosen;
    add_local_commands(app, chosen, common, local, out, err);
    add_order_commands(app, chosen);
    add_action_commands(app, chosen);
    add_case_commands(app, chosen);
    add_delivery_commands(app, chosen);
    add_connector_commands(app, chosen);
    add_event_commands(app, chosen);
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, out, err) == 0 ? kOk : kUsage;
    }
    return execute(chosen, common, out, err);
}

}  // namespace orderhub::cli
