// subscriptions list, show, create, rotate, replay, enable, disable, delete, test
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr const char* kPath = "/api/v1/subscriptions";

struct CreateOptions {
    std::string name;
    std::string url;
    std::vector<std::string> types;
    std::int64_t after = -1;
};

struct RotateOptions {
    std::string id;
    std::int64_t overlap_s = 86'400;
};

struct ReplayOptions {
    std::string id;
    std::int64_t after = 0;
};

std::string path_of(const std::string& id, const std::string& verb = {}) {
    return std::string(kPath) + "/" + encoded(id) + (verb.empty() ? "" : ":" + verb);
}

std::string types_of(const json::value& subscription) {
    std::string out;
    for (const json::value& type : items(subscription, "/types"))
        out += (out.empty() ? "" : " ") + text(type, "");
    return out.empty() ? "all" : out;
}

std::string state_of(const json::value& subscription) {
    const auto reason = text(subscription, "/reason");
    const auto state = text(subscription, "/state");
    return reason.empty() ? state : state + " (" + reason + ")";
}

Expected<int> list_subscriptions(Session& session, const std::string&) {
    const auto answer = session.client.get(kPath);
    if (!answer) return std::unexpected(answer.error());
    Table table({{"ID"},
                 {"NAME"},
                 {"STATE"},
                 {"TYPES", Align::left, 40},
                 {"AFTER", Align::right},
                 {"BEHIND", Align::right},
                 {"FAILURES", Align::right},
                 {"SAYS", Align::left, 60}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/id"),       text(each, "/name"),         state_of(each),
                types_of(each),          text(each, "/after"),        text(each, "/behind"),
                text(each, "/failures"), text(each, "/error/message")};
    };
    return show_list(session, *answer, std::move(table), row, "Nobody is sent the events.");
}

std::string subscription_page(const json::value& subscription) {
    std::string out = fmt::format("Subscription {}  {}  {}\n", printable(text(subscription, "/id")),
                                  printable(text(subscription, "/name")), state_of(subscription));
    const auto line = [&](const char* name, const std::string& value) {
        if (!value.empty()) out += fmt::format("  {:<10} {}\n", name, printable(value));
    };
    line("url", text(subscription, "/url"));
    line("types", types_of(subscription));
    line("after", fmt::format("event {}, {} behind", text(subscription, "/after"),
                              text(subscription, "/behind")));
    line("failing", instant(subscription, "/failing_since"));
    line("failures", text(subscription, "/failures"));
    line("again at", instant(subscription, "/next_at"));
    line("says", text(subscription, "/error/message"));
    line("old secret", instant(subscription, "/previous_secret_until"));
    line("created", instant(subscription, "/created_at"));
    return out;
}

/// The document with its secret, which the hub does not tell again.
std::string secret_page(const json::value& made) {
    return subscription_page(made.at("subscription")) +
           fmt::format("  {:<10} {}\n  The secret is not shown again.\n", "secret",
                       printable(text(made, "/secret")));
}

Expected<int> show_subscription(Session& session, const std::string& id) {
    const auto answer = session.client.get(path_of(id));
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, subscription_page);
}

Expected<int> create_subscription(Session& session, const CreateOptions& options) {
    json::object body{{"name", options.name}, {"url", options.url}};
    if (!options.types.empty())
        body["types"] = json::array(options.types.begin(), options.types.end());
    if (options.after >= 0) body["after"] = options.after;
    const auto answer = session.client.call({"POST", kPath, json::serialize(body)});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, secret_page);
}

Expected<int> rotate_secret(Session& session, const RotateOptions& options) {
    const auto answer =
        session.client.call({"POST", path_of(options.id, "rotate-secret"),
                             json::serialize(json::object{{"overlap_s", options.overlap_s}})});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, secret_page);
}

Expected<int> replay(Session& session, const ReplayOptions& options) {
    const auto answer =
        session.client.call({"POST", path_of(options.id, "replay"),
                             json::serialize(json::object{{"after", options.after}})});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, subscription_page);
}

Expected<int> set_state(Session& session, const std::string& id, const char* state) {
    const auto answer = session.client.call(
        {"PATCH", path_of(id), json::serialize(json::object{{"state", state}})});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, subscription_page);
}

Expected<int> enable(Session& session, const std::string& id) {
    return set_state(session, id, "active");
}

Expected<int> disable(Session& session, const std::string& id) {
    return set_state(session, id, "disabled");
}

Expected<int> remove(Session& session, const std::string& id) {
    const auto answer = session.client.call({"DELETE", path_of(id)});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& gone) {
        return fmt::format("Subscription {} is deleted.\n", printable(text(gone, "/id")));
    });
}

Expected<int> test_subscription(Session& session, const std::string& id) {
    const auto answer = session.client.call({"POST", path_of(id, "test")});
    if (!answer) return std::unexpected(answer.error());
    const bool arrived = text(answer->document, "/delivered") == "true";
    const auto shown = show(session, *answer, [&](const json::value& result) {
        return fmt::format("{}: {}\n", arrived ? "Delivered" : "NOT delivered",
                           printable(text(result, "/message")));
    });
    return !shown || *shown != kOk || arrived ? shown : kFailed;
}

void add_create(const Groups& groups, CLI::App* group) {
    auto options = std::make_shared<CreateOptions>();
    auto* command = group->add_subcommand("create", "Send events to an address; shows the secret");
    command->add_option("NAME", options->name, "What it is called")->required();
    command->add_option("URL", options->url, "Where they are posted")->required();
    command->add_option("--type", options->types,
                        "Only types that begin so, such as order. (may be repeated)");
    command
        ->add_option("--after", options->after,
                     "Begin after this event; 0 for all (default: from now on)")
        ->check(CLI::NonNegativeNumber);
    on_hub(groups, command, options, create_subscription);
}

void add_changes(const Groups& groups, CLI::App* group) {
    auto rotation = std::make_shared<RotateOptions>();
    auto* rotate = group->add_subcommand("rotate", "A new secret; shows it");
    rotate->add_option("ID", rotation->id, "The subscription")->required();
    rotate->add_option("--overlap", rotation->overlap_s, "Seconds that the old one signs too")
        ->check(CLI::Range(0, 2'592'000))
        ->capture_default_str();
    on_hub(groups, rotate, rotation, rotate_secret);
    auto again = std::make_shared<ReplayOptions>();
    auto* command = group->add_subcommand("replay", "Send again what came after an event");
    command->add_option("ID", again->id, "The subscription")->required();
    command->add_option("--after", again->after, "The last event that is not sent again")
        ->required()
        ->check(CLI::NonNegativeNumber);
    on_hub(groups, command, again, replay);
}

}  // namespace

void add_subscriptions(const Groups& groups) {
    auto* group = add_group(groups, "subscriptions", "Who is sent the events (admin)");
    on_hub(groups, group->add_subcommand("list", "All, with how far each has come"),
           std::make_shared<std::string>(), list_subscriptions);
    add_create(groups, group);
    add_changes(groups, group);
    const auto add = [&](const char* name, const char* help, auto function) {
        auto id = std::make_shared<std::string>();
        auto* command = group->add_subcommand(name, help);
        command->add_option("ID", *id, "The subscription")->required();
        on_hub(groups, command, id, function);
    };
    add("show", "One, with what it fails with", show_subscription);
    add("enable", "Go on where it ended", enable);
    add("disable", "Send nothing until it is enabled again", disable);
    add("delete", "End it", remove);
    add("test", "Send a test event now; 1 if it does not arrive", test_subscription);
}

}  // namespace orderhub::cli
