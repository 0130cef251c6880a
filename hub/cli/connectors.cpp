// connectors list, check, reload, resume, inspect
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

/// What stands between the connector and its system now.
std::string state_of(const json::value& connector) {
    const auto process = text(connector, "/process/state");
    if (process == "waiting" || process == "parked") return "process " + process;
    if (text(connector, "/state/breaker") == "half_open") return "on trial";
    if (text(connector, "/state/paused") == "true") return "paused";
    const auto reason = text(connector, "/rate/reason");
    return reason.empty() || reason == "-" ? "running" : "held back: " + reason;
}

std::string place_of(const json::value& connector) {
    const auto isolation = text(connector, "/process/isolation");
    if (isolation == "process") return "own process";
    return isolation == "sandboxed" ? "sandbox" : "hub";
}

/// What it has to say about that.
std::string words_of(const json::value& connector) {
    const auto process = text(connector, "/process/state");
    if (process == "waiting" || process == "parked") return text(connector, "/process/last_end");
    return text(connector, "/state/poll_error");
}

Expected<int> list_connectors(Session& session, const std::string&) {
    const auto answer = session.client.get("/api/v1/connectors");
    if (!answer) return std::unexpected(answer.error());
    Table table({{"NAME"},
                 {"KIND"},
                 {"CONNECTOR"},
                 {"VERSION"},
                 {"STABILITY"},
                 {"RUNS IN"},
                 {"MESSAGES", Align::right},
                 {"PARKED", Align::right},
                 {"DELIVERIES", Align::right},
                 {"PARKED", Align::right},
                 {"STATE"},
                 {"SAYS", Align::left, 60}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/name"),
                text(each, "/kind"),
                text(each, "/connector"),
                text(each, "/version"),
                text(each, "/stability"),
                place_of(each),
                text(each, "/backlog/messages"),
                text(each, "/backlog/parked_messages"),
                text(each, "/backlog/deliveries"),
                text(each, "/backlog/parked_deliveries"),
                state_of(each),
                words_of(each)};
    };
    return show_list(session, *answer, std::move(table), row, "No connector is configured.");
}

Expected<std::vector<std::string>> names_to_check(Session& session, const std::string& name) {
    if (!name.empty()) return std::vector{name};
    const auto all = session.client.get("/api/v1/connectors");
    if (!all) return std::unexpected(all.error());
    std::vector<std::string> names;
    for (const json::value& each : items(all->document, "/items"))
        names.push_back(text(each, "/name"));
    return names;
}

/// One document as it came if one connector was named, else {"items":[...]}.
std::string found_text(const std::vector<Answer>& answers, bool as_json, bool one) {
    if (as_json && one) return answers.front().body + "\n";
    json::array documents;
    Table table({{"NAME"}, {"OK"}, {"OUTCOME"}, {"SAYS"}});
    for (const Answer& answer : answers) {
        const json::value& found = answer.document;
        documents.push_back(found);
        table.add({text(found, "/connector"), text(found, "/ok") == "true" ? "yes" : "NO",
                   text(found, "/outcome"), text(found, "/message")});
    }
    if (as_json) return json::serialize(json::object{{"items", std::move(documents)}}) + "\n";
    return table.empty() ? "No connector is configured.\n" : table.text();
}

Expected<int> check_connectors(Session& session, const std::string& name) {
    const auto names = names_to_check(session, name);
    if (!names) return std::unexpected(names.error());
    std::vector<Answer> answers;
    bool all_ok = true;
    for (const std::string& each : *names) {
        auto answer =
            session.client.call({"POST", "/api/v1/connectors/" + encoded(each) + ":check"});
        if (!answer) return std::unexpected(answer.error());
        all_ok = all_ok && text(answer->document, "/ok") == "true";
        answers.push_back(std::move(*answer));
    }
    const bool printed = print(found_text(answers, session.json, !name.empty()));
    return printed && all_ok ? kOk : kFailed;
}

void add_record(const Groups& groups, CLI::App* connectors) {
    auto options = std::make_shared<RecordOptions>();
    auto* record = connectors->add_subcommand(
        "record", "Write down, scrubbed, what a connector and its system say to each other");
    record->add_option("NAME", options->connector, "Its name in the configuration")->required();
    record->add_option("--config", options->config_file, "Configuration file (YAML)")->required();
    record->add_option("--into", options->folder, "Folder for recording.jsonl")->required();
    record->add_option("--polls", options->polls, "How many polls at most")
        ->check(CLI::Range(0, 1000));
    record->add_option("--command", options->commands,
                       "File with a command {kind, key, payload}; it is carried out for real");
    record->add_option("--scrub", options->scrub, "More members that hold personal data");
    record->callback([groups, options] {
        groups.chosen.here = [groups, options] { return groups.local.record(*options); };
    });
}

Expected<int> reload_connector(Session& session, const std::string& name) {
    const auto answer =
        session.client.call({"POST", "/api/v1/connectors/" + encoded(name) + ":reload"});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& done) {
        return printable(text(done, "/connector")) + " runs version " +
               printable(text(done, "/to")) + " now, after " + printable(text(done, "/from")) +
               ".\n";
    });
}

Expected<int> resume_connector(Session& session, const std::string& name) {
    const auto answer =
        session.client.call({"POST", "/api/v1/connectors/" + encoded(name) + ":resume"});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& done) {
        return "The process of " + printable(text(done, "/connector")) + " is started again.\n";
    });
}

/// A command that changes the one connector that it names.
void add_named(const Groups& groups, CLI::App* connectors, const char* command, const char* help,
               Expected<int> (*run)(Session&, const std::string&)) {
    auto name = std::make_shared<std::string>();
    auto* added = connectors->add_subcommand(command, help);
    added->add_option("NAME", *name, "Its name in the configuration")->required();
    on_hub(groups, added, name, run);
}

void add_inspect(const Groups& groups, CLI::App* connectors) {
    struct Options {
        std::string library;
        std::string config_file;
    };
    auto options = std::make_shared<Options>();
    auto* command = connectors->add_subcommand(
        "inspect", "What a library is, asks for and is signed with; none of its code is run");
    command->add_option("FILE", options->library, "The library (.so)")->required();
    command->add_option("--config", options->config_file, "Configuration file with trusted keys");
    command->callback([groups, options] {
        groups.chosen.here = [groups, options] {
            return groups.local.inspect_connector(options->library, options->config_file,
                                                  groups.json);
        };
    });
}

}  // namespace

void add_connectors(const Groups& groups) {
    auto* connectors = add_group(groups, "connectors", "The configured connectors");
    on_hub(groups, connectors->add_subcommand("list", "What each is and what waits for it"),
           std::make_shared<std::string>(), list_connectors);
    auto name = std::make_shared<std::string>();
    auto* check = connectors->add_subcommand(
        "check", "Ask the outside system whether it can be used (admin); 1 if one cannot");
    check->add_option("NAME", *name, "Its name in the configuration; all if not given");
    on_hub(groups, check, name, check_connectors);
    add_record(groups, connectors);
    add_named(groups, connectors, "reload",
              "Let the version that is in its library's file now take over, if its check goes well",
              reload_connector);
    add_named(groups, connectors, "resume", "Start its process again after it ended too often",
              resume_connector);
    add_inspect(groups, connectors);
}

}  // namespace orderhub::cli
