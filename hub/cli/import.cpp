// import CONNECTOR --from DATE, import CONNECTOR --cancel
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/progress_bar.hpp"
#include "hub/cli/terminal.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds kInterval{300};

struct ImportOptions {
    std::string connector;
    std::string from;
    std::int64_t max_per_second = 0;
    bool cancel = false;
};

/// A bar on a terminal; elsewhere a line each time that the figures have changed.
class Progress {
public:
    explicit Progress(const Session& session) : session_(session) {}

    void show(const json::value& import) {
        if (session_.json) return;
        if (session_.terminal) return block_.draw(progress_bar(import, turn_++) + "\n");
        const std::string line = import_line(import) + "\n";
        if (line != last_) print(line);
        last_ = line;
    }

private:
    const Session& session_;
    LiveBlock block_;
    std::string last_;
    unsigned turn_ = 0;
};

const char* ending(const std::string& state) {
    if (state == "failed") return "failed";
    return state == "cancelled" ? "been cancelled" : "not been made";
}

Expected<int> ended(const Session& session, const Answer& import) {
    if (session.json) print(import.body + "\n");
    if (text(import.document, "/state") == "done") return kOk;
    const std::string says = text(import.document, "/error");
    return failed(kFailed,
                  fmt::format("The import has {}{}.", ending(text(import.document, "/state")),
                              says.empty() ? "" : ": " + printable(says)));
}

Expected<int> cancel_import(Session& session, const std::string& path) {
    const auto answer = session.client.call({"POST", path + "/import:cancel"});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer,
                [](const json::value& import) { return import_line(import) + "\n"; });
}

Expected<int> import(Session& session, const ImportOptions& options) {
    const std::string path = "/api/v1/connectors/" + encoded(options.connector);
    if (options.cancel) return cancel_import(session, path);
    if (options.from.empty()) return failed(kUsage, "Say --from a day, or --cancel.");
    json::object input{{"from", options.from}};
    if (options.max_per_second != 0) input["max_per_second"] = options.max_per_second;
    auto answer = session.client.call({"POST", path + ":import", json::serialize(input)});
    Progress progress(session);
    while (answer) {
        progress.show(answer->document);
        if (text(answer->document, "/state") != "running") return ended(session, *answer);
        // The hub goes on with it, whether or not somebody looks.
        if (!wait_between_polls(kInterval)) return kFailed;
        answer = session.client.get(path + "/import");
    }
    return std::unexpected(answer.error());
}

}  // namespace

void add_import(const Groups& groups) {
    auto options = std::make_shared<ImportOptions>();
    auto* command = groups.app.add_subcommand(
        "import",
        "Read everything since a day again and follow it (admin); the hub goes on after "
        "Ctrl-C and after a restart");
    command->add_option("CONNECTOR", options->connector, "Its name in the configuration")
        ->required();
    command->add_option("--from", options->from, "A day, 2026-11-01, or an instant, UTC");
    command
        ->add_option("--max-per-second", options->max_per_second,
                     "Records that may pass each second (1 to 10000, default 50)")
        ->check(CLI::Range(1, 10'000));
    command->add_flag("--cancel", options->cancel, "End the import that is running");
    on_hub(groups, command, options, import);
}

}  // namespace orderhub::cli
