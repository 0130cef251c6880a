#include "hub/cli/cli.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdio>
#include <cstring>
#include <exception>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"

namespace orderhub::cli {

namespace {

constexpr const char* kFooter =
    "Every command takes --json: it prints the API's document (a problem document if refused).\n"
    "ORDERHUB_URL says where the hub is, ORDERHUB_TOKEN holds the token.\n"
    "Exit codes: 0 ok, 1 refused or failed, 2 usage, 3 hub unreachable,\n"
    "            4 conflict (changed meanwhile, not possible now), 5 not found,\n"
    "            6 a reconciliation found differences.";

struct Given {
    Connection connection{"http://127.0.0.1:8080", "", std::chrono::seconds{60}};
    unsigned timeout_s = 60;
    bool json = false;
};

void add_common(CLI::App& app, Given& given) {
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(kFooter);
    app.add_option("--url", given.connection.url, "The hub's address")
        ->envname("ORDERHUB_URL")
        ->capture_default_str();
    app.add_option("--token", given.connection.token,
                   "Better set ORDERHUB_TOKEN: others on the machine can read arguments")
        ->envname("ORDERHUB_TOKEN");
    app.add_option("--timeout", given.timeout_s, "Seconds to wait for an answer of the hub")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    app.add_flag("--json", given.json, "Print the API's document");
}

/// Takes a token that was given as an argument out of the list of processes.
void conceal_token(int argc, char** argv) {
    constexpr std::string_view kWithValue = "--token=";
    for (int at = 1; at < argc; ++at) {
        const std::string_view word = argv[at];
        char* secret = nullptr;
        if (word == "--token" && at + 1 < argc) secret = argv[at + 1];
        if (word.starts_with(kWithValue)) secret = argv[at] + kWithValue.size();
        if (secret != nullptr) std::memset(secret, '*', std::strlen(secret));
    }
}

int report(const Failure& failure, bool json) {
    if (json && !failure.document.empty()) print(failure.document + "\n");
    fmt::print(stderr, "orderhub: {}\n", failure.sentence);
    return failure.exit_code;
}

int ask_hub(const Chosen& chosen, Given given) {
    given.connection.timeout = std::chrono::seconds{given.timeout_s};
    auto client = Client::open(given.connection);
    if (!client) return report(client.error(), given.json);
    Session session{std::move(*client), given.json, isatty(STDOUT_FILENO) == 1};
    const auto outcome = chosen.asked(session);
    return outcome ? *outcome : report(outcome.error(), given.json);
}

int run_chosen(const Chosen& chosen, const Given& given) {
    if (chosen.here) {
        const auto code = chosen.here();
        if (code) return *code;
    }
    return ask_hub(chosen, given);
}

}  // namespace

int run(int argc, char** argv, const LocalCommands& local) {
    try {
        CLI::App app("Joins storefronts, service desks and financial systems", "orderhub");
        Given given;
        Chosen chosen;
        add_common(app, given);
        const Groups groups{app, chosen, given.json, local};
        for (const auto add :
             {add_local, add_connectors, add_orders, add_order_actions, add_cases, add_customers,
              add_linking, add_deliveries, add_inbox, add_import, add_replay, add_reconcile,
              add_flows, add_events, add_audit, add_subscriptions, add_users, add_secrets})
            add(groups);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? kOk : kUsage;
        }
        conceal_token(argc, argv);
        return run_chosen(chosen, given);
    } catch (const std::exception& error) {
        fmt::print(stderr, "orderhub: this program failed: {}\n", error.what());
        return kFailed;
    }
}

}  // namespace orderhub::cli
