// replay CONNECTOR --from --to [--dry-run], replay --list, replay --cancel ID
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/terminal.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds kInterval{300};

struct ReplayOptions {
    std::string connector;
    std::string from;
    std::string to;
    bool dry_run = false;
    bool list = false;
    std::string cancel;
};

std::string change_lines(const json::value& difference) {
    std::string out;
    for (const json::value& change : items(difference, "/changes"))
        out += fmt::format(
            "    {} {}: {} -> {}\n", text(change, "/op"), printable(text(change, "/path")),
            printable(json::serialize(change.as_object().contains("before")
                                          ? change.at("before")
                                          : json::value(nullptr))),
            printable(json::serialize(
                change.as_object().contains("value") ? change.at("value") : json::value(nullptr))));
    for (const json::value& command : items(difference, "/commands"))
        out += "    would send " + std::string(command.as_string()) + "\n";
    return out;
}

std::string replay_page(const json::value& replay) {
    std::string out =
        fmt::format("Replay {}  {}{}: {} messages of {}\n", text(replay, "/id"),
                    text(replay, "/state"), text(replay, "/dry_run") == "true" ? " (dry run)" : "",
                    text(replay, "/messages"), printable(text(replay, "/connector")));
    if (text(replay, "/dry_run") != "true") return out;
    const auto& differences = items(replay, "/differences");
    if (differences.empty()) out += "Nothing would change.\n";
    for (const json::value& each : differences) {
        const std::string why = text(each, "/error/message");
        if (!why.empty()) {
            out += fmt::format("  message {}: {}\n", text(each, "/sequence"), printable(why));
            continue;
        }
        out += fmt::format("  {} {} by message {}{}\n", text(each, "/kind"),
                           printable(text(each, "/number")), text(each, "/sequence"),
                           text(each, "/is_new") == "true" ? ": would be new" : "");
        out += change_lines(each);
    }
    return out;
}

Expected<int> list_replays(Session& session) {
    const auto answer = session.client.get("/api/v1/replays");
    if (!answer) return std::unexpected(answer.error());
    Table table({{"ID"},
                 {"CONNECTOR"},
                 {"FROM"},
                 {"TO"},
                 {"DRY"},
                 {"STATE"},
                 {"MESSAGES", Align::right},
                 {"STARTED"}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/id"),
                text(each, "/connector"),
                instant(each, "/from"),
                instant(each, "/to"),
                text(each, "/dry_run") == "true" ? "yes" : "",
                text(each, "/state"),
                text(each, "/messages"),
                instant(each, "/started_at")};
    };
    return show_list(session, *answer, std::move(table), row, "Nothing was replayed.");
}

Expected<int> cancel_replay(Session& session, const std::string& id) {
    const auto answer = session.client.call({"POST", "/api/v1/replays/" + encoded(id) + ":cancel"});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, replay_page);
}

Expected<int> replay(Session& session, const ReplayOptions& options) {
    if (options.list) return list_replays(session);
    if (!options.cancel.empty()) return cancel_replay(session, options.cancel);
    if (options.connector.empty() || options.from.empty() || options.to.empty())
        return failed(kUsage, "Say CONNECTOR --from --to, or --list, or --cancel ID.");
    auto answer =
        session.client.call({"POST", "/api/v1/replays",
                             json::serialize(json::object{{"connector", options.connector},
                                                          {"from", options.from},
                                                          {"to", options.to},
                                                          {"dry_run", options.dry_run}})});
    while (answer && text(answer->document, "/state") == "running") {
        // The hub goes on with it, whether or not somebody looks.
        if (!wait_between_polls(kInterval)) return kFailed;
        answer = session.client.get("/api/v1/replays/" + encoded(text(answer->document, "/id")));
    }
    if (!answer) return std::unexpected(answer.error());
    const auto shown = show(session, *answer, replay_page);
    if (!shown) return shown;
    return text(answer->document, "/state") == "done" ? *shown : kFailed;
}

}  // namespace

void add_replay(const Groups& groups) {
    auto options = std::make_shared<ReplayOptions>();
    auto* command = groups.app.add_subcommand(
        "replay", "Run messages of a period again (admin); the hub goes on after Ctrl-C");
    command->add_option("CONNECTOR", options->connector, "Its name in the configuration");
    command->add_option("--from", options->from, "Received since this day or instant, UTC");
    command->add_option("--to", options->to, "Up to this day, which counts, or instant");
    command->add_flag("--dry-run", options->dry_run, "Only show what would change");
    command->add_flag("--list", options->list, "The replays so far");
    command->add_option("--cancel", options->cancel, "End this one");
    on_hub(groups, command, options, replay);
}

}  // namespace orderhub::cli
