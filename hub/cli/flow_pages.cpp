#include "hub/cli/flow_pages.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "hub/cli/action_page.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace json = boost::json;

namespace {

constexpr std::size_t kOutputWidth = 60;

std::string version_of(const json::value& run) {
    return text(run, "/flow") + " v" + text(run, "/flow_version");
}

/// "90 ms", "4.2 s", "3.5 h", "2.0 d"; nothing if it is not over.
std::string duration(const json::value& step) {
    if (text(step, "/duration_ms").empty()) return {};
    const auto ms = whole_number(step, "/duration_ms");
    constexpr std::int64_t kSecond = 1'000, kHour = 3'600'000, kDay = 86'400'000;
    const auto tenths = [&](std::int64_t of, const char* name) {
        return fmt::format("{}.{} {}", ms / of, ms % of * 10 / of, name);
    };
    if (ms < kSecond) return fmt::format("{} ms", ms);
    if (ms < kHour) return tenths(kSecond, "s");
    return ms < kDay ? tenths(kHour, "h") : tenths(kDay, "d");
}

/// What a step gave, or why it did not.
std::string said(const json::value& step) {
    const auto error = text(step, "/error/message");
    if (!error.empty()) return error;
    const auto* output = step.as_object().if_contains("output");
    if (output == nullptr || output->is_null()) return {};
    return output->is_string() ? std::string(output->get_string()) : json::serialize(*output);
}

std::string who(const json::value& step) {
    const auto by = text(step, "/by");
    const auto comment = text(step, "/comment");
    return comment.empty() ? by : by + ": " + comment;
}

Table steps_table(const json::value& run) {
    Table table({{"#", Align::right},
                 {"STEP"},
                 {"KIND"},
                 {"STATE"},
                 {"BEGAN"},
                 {"TOOK", Align::right},
                 {"WHO", Align::left, 40},
                 {"GAVE", Align::left, kOutputWidth}});
    for (const json::value& step : items(run, "/steps"))
        table.add({text(step, "/number"), text(step, "/step"), text(step, "/kind"),
                   text(step, "/state"), instant(step, "/started_at"), duration(step), who(step),
                   said(step)});
    return table;
}

}  // namespace

std::string flows_page(const json::value& flows) {
    Table table({{"NAME"},
                 {"VERSION", Align::right},
                 {"STARTS WITH"},
                 {"STEPS", Align::right},
                 {"TITLE", Align::left, 60}});
    for (const json::value& flow : items(flows, "/items"))
        table.add({text(flow, "/name"), text(flow, "/version"), text(flow, "/starts"),
                   text(flow, "/steps"), text(flow, "/title")});
    std::string out = table.text();
    for (const json::value& each : items(flows, "/complaints"))
        out += fmt::format("REFUSED {}:{}: {}\n", printable(text(each, "/file")),
                           text(each, "/line"), printable(text(each, "/message")));
    return out;
}

Table runs_table() {
    return Table({{"ID"},
                  {"FLOW"},
                  {"STATE"},
                  {"ORDER"},
                  {"BY"},
                  {"STARTED"},
                  {"ASKS"},
                  {"SAYS", Align::left, 60}});
}

std::vector<std::string> run_row(const json::value& run) {
    return {text(run, "/id"),       version_of(run),          text(run, "/state"),
            text(run, "/order_id"), text(run, "/started_by"), instant(run, "/started_at"),
            text(run, "/ask/role"), text(run, "/message")};
}

std::string run_page(const json::value& run) {
    std::string out = fmt::format("Run {}  {}  {}\n", printable(text(run, "/id")),
                                  printable(version_of(run)), text(run, "/state"));
    const auto line = [&](const char* name, const std::string& value) {
        if (!value.empty()) out += fmt::format("  {:<10} {}\n", name, printable(value));
    };
    line("order", text(run, "/order_id"));
    line("case", text(run, "/case_id"));
    line("action", text(run, "/action_id"));
    line("began", instant(run, "/started_at") + " by " + text(run, "/started_by"));
    line("asks", text(run, "/ask/role"));
    line("says", text(run, "/message"));
    line("until", instant(run, "/due_at"));
    if (!items(run, "/steps").empty()) out += "\n" + steps_table(run).text(2);
    return out;
}

std::string simulation_page(const json::value& simulation) {
    std::string out =
        fmt::format("Flow {}: nothing was changed\n", printable(text(simulation, "/flow")));
    const auto refused = text(simulation, "/refused/message");
    if (!refused.empty()) out += fmt::format("REFUSED: {}\n", printable(refused));
    if (simulation.at("preview").is_object())
        out += preview_page(simulation.at("preview"), text(simulation, "/preview/order_id"));
    if (!items(simulation, "/steps").empty())
        out += fmt::format("Then, to its end ({}):\n", text(simulation, "/state")) +
               steps_table(simulation).text(2);
    Table commands({{"SENT TO"}, {"COMMAND"}, {"PAYLOAD", Align::left, 100}});
    for (const json::value& each : items(simulation, "/commands"))
        commands.add(
            {text(each, "/connector"), text(each, "/kind"), json::serialize(each.at("payload"))});
    return commands.empty() ? out : out + commands.text();
}

}  // namespace orderhub::cli
