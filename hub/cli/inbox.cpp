// inbox list, show, retry
#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

Expected<int> list_messages(Session& session, const std::string& limit) {
    const auto answer =
        session.client.get(with_query("/api/v1/inbox", {{"state", "parked"}, {"limit", limit}}));
    if (!answer) return std::unexpected(answer.error());
    Table table({{"SEQUENCE", Align::right},
                 {"CONNECTOR"},
                 {"RECORD"},
                 {"RECEIVED"},
                 {"ATTEMPTS", Align::right},
                 {"CODE"},
                 {"SAYS", Align::left, 80}});
    const auto row = [](const json::value& each) -> std::vector<std::string> {
        return {text(each, "/sequence"),       text(each, "/connector"), text(each, "/record_kind"),
                instant(each, "/received_at"), text(each, "/attempts"),  text(each, "/error/code"),
                text(each, "/error/message")};
    };
    return show_list(session, *answer, std::move(table), row, "No message is parked.");
}

std::string message_page(const json::value& message) {
    std::string out = fmt::format("Message {} from {}  {}\n", text(message, "/sequence"),
                                  printable(text(message, "/connector")), text(message, "/state"));
    const auto line = [&](const char* name, const std::string& value) {
        if (!value.empty()) out += fmt::format("  {:<10} {}\n", name, printable(value));
    };
    line("received", instant(message, "/received_at"));
    line("attempts", text(message, "/attempts"));
    line("says", text(message, "/error/message"));
    line("type", text(message, "/content_type"));
    line("body", text(message, "/body"));
    return out;
}

Expected<int> show_message(Session& session, const std::string& sequence) {
    const auto answer = session.client.get("/api/v1/inbox/" + encoded(sequence));
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, message_page);
}

Expected<int> retry_message(Session& session, const std::string& sequence) {
    const auto answer =
        session.client.call({"POST", "/api/v1/inbox/" + encoded(sequence) + ":retry"});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& message) {
        return fmt::format("Message {} is {} now.\n", text(message, "/sequence"),
                           text(message, "/state"));
    });
}

}  // namespace

void add_inbox(const Groups& groups) {
    auto* inbox = add_group(groups, "inbox", "Messages that could not be understood (admin)");
    auto limit = std::make_shared<std::string>();
    auto* list = inbox->add_subcommand("list", "The oldest of them");
    list->add_option("--limit", *limit, "How many (1 to 200, default 50)")
        ->check(CLI::Range(1, 200));
    on_hub(groups, list, limit, list_messages);
    const auto add = [&](const char* name, const char* help, auto function) {
        auto sequence = std::make_shared<std::string>();
        auto* command = inbox->add_subcommand(name, help);
        command->add_option("SEQUENCE", *sequence, "The message's number")
            ->required()
            ->check(CLI::PositiveNumber);
        on_hub(groups, command, sequence, function);
    };
    add("show", "One message with its body", show_message);
    add("retry", "Try to understand it again", retry_message);
}

}  // namespace orderhub::cli
