// flow list, show, reload, runs, run, start, cancel, retry, approvals, approve, decline, return
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iterator>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/flow_pages.hpp"
#include "hub/cli/resolve.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr const char* kFlows = "/api/v1/flows";
constexpr const char* kRuns = "/api/v1/flow-runs";
constexpr const char* kApprovals = "/api/v1/approvals";

struct ListOptions {
    std::string flow;
    std::string order;
    std::string state;
    std::string before;
    unsigned limit = 50;
};

struct StartOptions {
    std::string flow;
    std::string order;
    std::string about;
    std::string input;
};

struct SimulateOptions {
    std::string file;
    std::string order;
    std::string about;
    std::string input;
};

struct DecisionOptions {
    std::string run;
    std::string comment;
};

std::string path_of(const char* base, const std::string& id, const std::string& verb = {}) {
    return std::string(base) + "/" + encoded(id) + (verb.empty() ? "" : ":" + verb);
}

Expected<int> list_flows(Session& session, const std::string&) {
    const auto answer = session.client.get(kFlows);
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, flows_page);
}

Expected<int> reload(Session& session, const std::string&) {
    const auto answer = session.client.call({"POST", std::string(kFlows) + ":reload"});
    if (!answer) return std::unexpected(answer.error());
    const auto shown = show(session, *answer, flows_page);
    const bool refused = !items(answer->document, "/complaints").empty();
    return shown && *shown == kOk && refused ? kFailed : shown;
}

Expected<int> show_flow(Session& session, const std::string& name) {
    const auto answer = session.client.get(path_of(kFlows, name));
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& flow) { return text(flow, "/text"); });
}

/// Empty for nothing.
Expected<std::string> named_order(Session& session, const std::string& words) {
    return words.empty() ? Expected<std::string>(std::string()) : order_id(session, words);
}

Expected<int> list_at(Session& session, const char* path, const ListOptions& options,
                      const char* nothing) {
    const auto order = named_order(session, options.order);
    if (!order) return std::unexpected(order.error());
    const auto answer =
        session.client.get(with_query(path, {{"flow", options.flow},
                                             {"order", *order},
                                             {"state", options.state},
                                             {"before", options.before},
                                             {"limit", std::to_string(options.limit)}}));
    if (!answer) return std::unexpected(answer.error());
    return show_list(session, *answer, runs_table(), run_row, nothing);
}

Expected<int> list_runs(Session& session, const ListOptions& options) {
    return list_at(session, kRuns, options, "No runs.");
}

Expected<int> list_approvals(Session& session, const ListOptions& options) {
    return list_at(session, kApprovals, options, "Nobody is asked for anything.");
}

Expected<int> show_run(Session& session, const std::string& id) {
    const auto answer = session.client.get(path_of(kRuns, id));
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, run_page);
}

Expected<int> post(Session& session, const std::string& path, const json::object& body) {
    const auto answer = session.client.call({"POST", path, json::serialize(body)});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, run_page);
}

/// What a flow is started about, as members of a body.
Expected<void> add_subject(Session& session, const std::string& order, const std::string& about,
                           const std::string& input, json::object& body) {
    if (!order.empty()) {
        const auto id = order_id(session, order);
        if (!id) return std::unexpected(id.error());
        body["order_id"] = *id;
    }
    if (!about.empty()) {
        const auto id = case_id(session, about);
        if (!id) return std::unexpected(id.error());
        body["case_id"] = *id;
    }
    if (input.empty()) return {};
    json::error_code error;
    body["input"] = json::parse(input, error);
    if (error || !body["input"].is_object())
        return failed(kUsage, "--input must be a JSON object.");
    return {};
}

Expected<int> start(Session& session, const StartOptions& options) {
    json::object body{{"flow", options.flow}};
    const auto named = add_subject(session, options.order, options.about, options.input, body);
    if (!named) return std::unexpected(named.error());
    return post(session, kRuns, body);
}

Expected<int> cancel(Session& session, const DecisionOptions& options) {
    return post(session, path_of(kRuns, options.run, "cancel"), {{"reason", options.comment}});
}

Expected<int> retry(Session& session, const std::string& id) {
    return post(session, path_of(kRuns, id, "retry"), {});
}

Expected<int> decide(Session& session, const DecisionOptions& options, const char* verb) {
    json::object body;
    if (!options.comment.empty()) body["comment"] = options.comment;
    return post(session, path_of(kApprovals, options.run, verb), body);
}

Expected<int> approve(Session& session, const DecisionOptions& options) {
    return decide(session, options, "approve");
}
Expected<int> decline(Session& session, const DecisionOptions& options) {
    return decide(session, options, "decline");
}
Expected<int> give_back(Session& session, const DecisionOptions& options) {
    return decide(session, options, "return");
}

/// The file's text goes to the hub, which tries it on its own state and keeps nothing.
Expected<int> simulate(Session& session, const SimulateOptions& options) {
    std::ifstream stream(options.file, std::ios::binary);
    if (!stream) return failed(kUsage, options.file + " cannot be read.");
    json::object body{{"text", std::string(std::istreambuf_iterator<char>(stream), {})}};
    const auto named = add_subject(session, options.order, options.about, options.input, body);
    if (!named) return std::unexpected(named.error());
    const auto answer =
        session.client.call({"POST", std::string(kFlows) + ":simulate", json::serialize(body)});
    if (!answer) return std::unexpected(answer.error());
    const auto shown = show(session, *answer, simulation_page);
    const bool refused = !text(answer->document, "/refused/code").empty();
    return shown && *shown == kOk && refused ? kFailed : shown;
}

void add_lists(const Groups& groups, CLI::App* group) {
    auto runs = std::make_shared<ListOptions>();
    auto* command = group->add_subcommand("runs", "Runs, newest first");
    command->add_option("--state", runs->state, "Only those in this state")
        ->check(CLI::IsMember({"ready", "waiting", "asking", "failed", "done", "cancelled",
                               "declined", "returned", "undone"}));
    auto asked = std::make_shared<ListOptions>();
    auto* approvals = group->add_subcommand("approvals", "Runs that ask for a person's decision");
    for (const auto& [list, options] : {std::pair{command, runs}, std::pair{approvals, asked}}) {
        list->add_option("--flow", options->flow, "Only of this flow");
        list->add_option("--order", options->order, "Only of this order");
        list->add_option("--before", options->before, "The last page's next");
        list->add_option("--limit", options->limit, "How many at most")
            ->check(CLI::Range(1, 200))
            ->capture_default_str();
    }
    on_hub(groups, command, runs, list_runs);
    on_hub(groups, approvals, asked, list_approvals);
}

void add_start(const Groups& groups, CLI::App* group) {
    auto options = std::make_shared<StartOptions>();
    auto* command = group->add_subcommand("start", "Start a flow that starts by hand");
    command->add_option("FLOW", options->flow, "Its name")->required();
    command->add_option("--order", options->order, "The order that it is about");
    command->add_option("--case", options->about, "The case that it is about");
    command->add_option("--input", options->input, "A JSON object that its scripts find as input");
    on_hub(groups, command, options, start);
    auto trial = std::make_shared<SimulateOptions>();
    auto* trying = group->add_subcommand(
        "simulate", "What a file would do to an order now; nothing is kept, 1 if it is refused");
    trying->add_option("FILE", trial->file, "The flow (YAML)")->required();
    trying->add_option("--order", trial->order, "The order that it is about");
    trying->add_option("--case", trial->about, "The case that it is about");
    trying->add_option("--input", trial->input, "The action's input, or the flow's: a JSON object");
    on_hub(groups, trying, trial, simulate);
}

void add_tools(const Groups& groups, CLI::App* group) {
    const auto add = [&](const char* name, const char* help, const char* what, int least,
                         int most) {
        auto files = std::make_shared<std::vector<std::string>>();
        auto* command = group->add_subcommand(name, help);
        command->add_option(what, *files)->required()->expected(least, most);
        command->callback([groups, files, name] {
            groups.chosen.here = [groups, files, name] {
                return groups.local.flow_tool(name, *files, groups.json);
            };
        });
    };
    constexpr int kMostFiles = 1'000;
    add("lint", "Say what is wrong with a file; needs no hub", "FILE", 1, 1);
    add("graph", "A file as a Mermaid flowchart", "FILE", 1, 1);
    add("diff", "What two files do differently; 1 if anything", "FILE FILE", 2, 2);
    add("test", "Run the cases of files, or of folders' *_cases.yaml", "FILE|DIR", 1, kMostFiles);
}

void add_decisions(const Groups& groups, CLI::App* group) {
    const auto add = [&](const char* name, const char* help, auto function, bool needs_words) {
        auto options = std::make_shared<DecisionOptions>();
        auto* command = group->add_subcommand(name, help);
        command->add_option("RUN", options->run, "The run")->required();
        auto* words = needs_words
                          ? command->add_option("--reason", options->comment, "Why")->required()
                          : command->add_option("--comment", options->comment, "In your words");
        words->type_name("TEXT");
        on_hub(groups, command, options, function);
    };
    add("approve", "Agree: what was asked for is done", approve, false);
    add("decline", "Refuse: the run ends", decline, false);
    add("return", "Give it back to whoever asked, to change it", give_back, false);
    add("cancel", "End a run where it stands; what was done stays done", cancel, true);
}

}  // namespace

void add_flows(const Groups& groups) {
    auto* group = add_group(groups, "flow", "Service processes: definitions, runs, approvals");
    const auto add = [&](const char* name, const char* help, const char* what, auto function) {
        auto id = std::make_shared<std::string>();
        auto* command = group->add_subcommand(name, help);
        if (what != nullptr) command->add_option(what, *id)->required();
        on_hub(groups, command, id, function);
    };
    add("list", "The flows that new runs take", nullptr, list_flows);
    add("show", "The text of one", "FLOW", show_flow);
    add("reload", "Read the flows' folder again; 1 if a file is refused", nullptr, reload);
    add_lists(groups, group);
    add("run", "One run, step by step", "RUN", show_run);
    add_start(groups, group);
    add("retry", "Make the failed step again", "RUN", retry);
    add_decisions(groups, group);
    add_tools(groups, group);
}

}  // namespace orderhub::cli
