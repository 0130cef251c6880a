// reconcile --from DATE --to DATE
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
constexpr std::string_view kColumns[] = {"kind",   "side",     "order_number", "subject", "ours",
                                         "theirs", "currency", "code",         "reason"};

struct ReconcileOptions {
    std::string from;
    std::string to;
    std::string connector;
    bool csv = false;
};

/// RFC 4180: a cell with a comma, quote or line end is quoted.
std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string cell = "\"";
    for (const char c : text) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return cell + '"';
}

template <class Row>
std::string csv_line(const Row& cells) {
    std::string line;
    for (const auto& cell : cells) {
        if (!line.empty()) line += ',';
        line += csv_cell(std::string(cell));
    }
    return line + "\r\n";
}

std::vector<std::string> row(const json::value& item) {
    std::vector<std::string> cells;
    for (const std::string_view column : kColumns)
        cells.push_back(text(item, "/" + std::string(column)));
    return cells;
}

std::string csv(const json::value& run) {
    std::string out = csv_line(kColumns);
    for (const json::value& item : items(run, "/items"))
        out += csv_line(row(item));
    return out;
}

std::int64_t differences(const json::value& run) {
    return whole_number(run, "/counts/missing") + whole_number(run, "/counts/doubled") +
           whole_number(run, "/counts/different");
}

std::string summary(const json::value& run) {
    std::string asked;
    for (const json::value& each : items(run, "/asked"))
        asked += fmt::format("{}{} ({} records)", asked.empty() ? "" : ", ",
                             printable(text(each, "/connector")), whole_number(each, "/records"));
    return fmt::format("{} missing, {} doubled, {} different, {} explained. Asked: {}.\n",
                       whole_number(run, "/counts/missing"), whole_number(run, "/counts/doubled"),
                       whole_number(run, "/counts/different"),
                       whole_number(run, "/counts/explained"), asked);
}

std::string page(const json::value& run) {
    Table table({{"KIND"},
                 {"SIDE"},
                 {"ORDER"},
                 {"SUBJECT"},
                 {"OURS", Align::right},
                 {"THEIRS", Align::right},
                 {"CUR"},
                 {"CODE"},
                 {"REASON"}});
    for (const json::value& item : items(run, "/items"))
        table.add(row(item));
    return (table.empty() ? "" : table.text()) + summary(run);
}

Expected<int> ended(const Session& session, const Answer& run, bool as_csv) {
    if (text(run.document, "/state") != "done") {
        if (session.json) print(run.body + "\n");
        return failed(kFailed, "The reconciliation has failed: " +
                                   printable(text(run.document, "/error/message")));
    }
    const auto shown = show(session, run, as_csv ? csv : page);
    if (!shown || *shown != kOk) return shown;
    return differences(run.document) == 0 ? kOk : kDifferences;
}

std::string body_of(const ReconcileOptions& options) {
    json::object body{{"from", options.from}, {"to", options.to}};
    if (!options.connector.empty()) body["connector"] = options.connector;
    return json::serialize(body);
}

Expected<int> reconcile(Session& session, const ReconcileOptions& options) {
    auto answer = session.client.call({"POST", "/api/v1/reconciliations", body_of(options)});
    while (answer) {
        if (text(answer->document, "/state") != "running")
            return ended(session, *answer, options.csv);
        // The hub goes on with it, whether or not somebody looks.
        if (!wait_between_polls(kInterval)) return kFailed;
        answer =
            session.client.get("/api/v1/reconciliations/" + encoded(text(answer->document, "/id")));
    }
    return std::unexpected(answer.error());
}

}  // namespace

void add_reconcile(const Groups& groups) {
    auto options = std::make_shared<ReconcileOptions>();
    auto* command = groups.app.add_subcommand(
        "reconcile",
        "Compare the hub with the books, the payment side and the storefronts (admin); ends with 6 "
        "if they differ");
    command->add_option("--from", options->from, "A day, 2026-11-01, or an instant, UTC")
        ->required();
    command->add_option("--to", options->to, "A day, which counts whole, or an instant, UTC")
        ->required();
    command->add_option("--connector", options->connector,
                        "Ask only this one; otherwise all that know of orders or documents");
    command->add_flag("--csv", options->csv, "Print comma-separated values (RFC 4180)");
    on_hub(groups, command, options, reconcile);
}

}  // namespace orderhub::cli
