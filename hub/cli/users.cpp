// users list, create, change, sign-out; token list, end
#include "hub/cli/users.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/scope.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr const char* kUsers = "/api/v1/users";
constexpr const char* kTokens = "/api/v1/tokens";

struct UserOptions {
    std::string config_file;
    NewUser user;
    ScopeOptions scope;
};

struct ChangeOptions {
    std::string id;
    std::string full_name;
    std::string role;
    bool on = false;
    bool off = false;
    bool password = false;
    ScopeOptions scope;
};

/// A terminal that does not show what is typed.
class Silent {
public:
    Silent() : is_terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!is_terminal_) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    Silent(const Silent&) = delete;
    Silent& operator=(const Silent&) = delete;
    ~Silent() {
        if (!is_terminal_) return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::cerr << "\n";
    }
    bool is_terminal() const { return is_terminal_; }

private:
    termios before_{};
    bool is_terminal_;
};

/// From the terminal without an echo, or the first line of stdin: never from the command line,
/// where others on the machine could read it.
std::string read_password() {
    const Silent silent;
    if (silent.is_terminal()) std::cerr << "Password: " << std::flush;
    std::string password;
    std::getline(std::cin, password);
    return password;
}

std::string user_page(const json::value& user) {
    return fmt::format("User {}  {} ({})  {}{}{}\n", printable(text(user, "/id")),
                       printable(text(user, "/name")), printable(text(user, "/full_name")),
                       text(user, "/role"), limits(user),
                       text(user, "/active") == "false" ? ", off" : "");
}

Expected<int> show_user(Session& session, const Expected<Answer>& answer) {
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, user_page);
}

Expected<int> list_users(Session& session, const std::string&) {
    const auto answer = session.client.get(kUsers);
    if (!answer) return std::unexpected(answer.error());
    Table table({{"ID"},
                 {"NAME"},
                 {"FULL NAME", Align::left, 40},
                 {"ROLE"},
                 {"STOREFRONTS"},
                 {"DESKS"},
                 {"STATE"},
                 {"SINCE"}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/id"),
                text(each, "/name"),
                text(each, "/full_name"),
                text(each, "/role"),
                names_seen(each, "storefronts"),
                names_seen(each, "desks"),
                text(each, "/active") == "false" ? "off" : "on",
                instant(each, "/created_at")};
    };
    return show_list(session, *answer, std::move(table), row, "Nobody can sign in.", "/users");
}

Expected<int> create_user(Session& session, const UserOptions& options) {
    json::object body{{"name", options.user.name},
                      {"role", options.user.role},
                      {"password", options.user.password}};
    if (!options.user.full_name.empty()) body["full_name"] = options.user.full_name;
    add_scope(body, options.scope);
    return show_user(session, session.client.call({"POST", kUsers, json::serialize(body)}));
}

Expected<int> change_user(Session& session, const ChangeOptions& options) {
    json::object body;
    if (!options.full_name.empty()) body["full_name"] = options.full_name;
    if (!options.role.empty()) body["role"] = options.role;
    if (options.on || options.off) body["active"] = options.on;
    if (options.password) body["password"] = read_password();
    add_scope(body, options.scope);
    return show_user(session,
                     session.client.call({"PATCH", std::string(kUsers) + "/" + encoded(options.id),
                                          json::serialize(body)}));
}

Expected<int> sign_user_out(Session& session, const std::string& id) {
    return show_user(session, session.client.call(
                                  {"POST", std::string(kUsers) + "/" + encoded(id) + ":sign-out"}));
}

Expected<int> list_tokens(Session& session, const std::string&) {
    const auto answer = session.client.get(kTokens);
    if (!answer) return std::unexpected(answer.error());
    Table table({{"ID"}, {"NAME"}, {"ROLE"}, {"STOREFRONTS"}, {"DESKS"}, {"SINCE"}, {"EXPIRES"}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/id"),           text(each, "/name"),
                text(each, "/role"),         names_seen(each, "storefronts"),
                names_seen(each, "desks"),   instant(each, "/created_at"),
                instant(each, "/expires_at")};
    };
    return show_list(session, *answer, std::move(table), row, "There are no tokens.", "/tokens");
}

Expected<int> end_token(Session& session, const std::string& id) {
    const auto answer = session.client.call({"DELETE", std::string(kTokens) + "/" + encoded(id)});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& ended) {
        return "Token " + printable(text(ended, "/id")) + " is good no more.\n";
    });
}

void add_create(const Groups& groups, CLI::App* users) {
    auto options = std::make_shared<UserOptions>();
    auto* command = users->add_subcommand("create", "Let a person sign in; asks for a password");
    command->add_option("--config", options->config_file,
                        "Configuration file (YAML), when the hub is stopped");
    command->add_option("--name", options->user.name, "What is typed to sign in")->required();
    command->add_option("--full-name", options->user.full_name, "Shown to colleagues");
    add_role_option(command, options->user.role)->required();
    add_scope_options(command, options->scope);
    command->callback([groups, options] {
        groups.chosen.here = [groups, options]() -> std::optional<int> {
            options->user.password = read_password();
            if (options->config_file.empty()) return std::nullopt;
            options->user.scope = scope_of(options->scope);
            return groups.local.create_user(options->config_file, options->user, groups.json);
        };
        groups.chosen.asked = [options](Session& session) {
            return create_user(session, *options);
        };
    });
}

void add_change(const Groups& groups, CLI::App* users) {
    auto options = std::make_shared<ChangeOptions>();
    auto* command = users->add_subcommand("change", "Role, name, password, limits, on and off");
    command->add_option("ID", options->id, "The user's id")->required();
    command->add_option("--full-name", options->full_name, "Shown to colleagues");
    add_role_option(command, options->role);
    add_scope_options(command, options->scope);
    add_unlimited_options(command, options->scope);
    auto* on = command->add_flag("--on", options->on, "May sign in again");
    command->add_flag("--off", options->off, "May not sign in any more")->excludes(on);
    command->add_flag("--password", options->password, "Ask for a new password");
    on_hub(groups, command, options, change_user);
}

void add_by_id(const Groups& groups, CLI::App* group, const char* name, const char* help,
               Expected<int> (*function)(Session&, const std::string&)) {
    auto id = std::make_shared<std::string>();
    auto* command = group->add_subcommand(name, help);
    command->add_option("ID", *id, "Its id")->required();
    on_hub(groups, command, id, function);
}

}  // namespace

CLI::Option* add_role_option(CLI::App* command, std::string& role) {
    return command->add_option("--role", role, "What it may do")
        ->check(CLI::IsMember({"agent", "supervisor", "finance", "operator", "connector-developer",
                               "read-only", "admin"}));
}

void add_users(const Groups& groups) {
    auto* users = add_group(groups, "users", "People who can sign in");
    on_hub(groups, users->add_subcommand("list", "By name"), std::make_shared<std::string>(),
           list_users);
    add_create(groups, users);
    add_change(groups, users);
    add_by_id(groups, users, "sign-out", "End all sessions of a user", sign_user_out);
}

void add_token_lists(const Groups& groups, CLI::App* token) {
    on_hub(groups, token->add_subcommand("list", "Without their secrets"),
           std::make_shared<std::string>(), list_tokens);
    add_by_id(groups, token, "end", "Good no more from now on", end_token);
}

}  // namespace orderhub::cli
