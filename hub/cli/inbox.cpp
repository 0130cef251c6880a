// inbox list, show, edit, retry, retry-all, drop
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/commands.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/parked.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct ListOptions {
    WorkOptions work;
    std::string state = "parked";
    std::string limit;
    std::string after;
};

Expected<int> list_messages(Session& session, const ListOptions& options) {
    const auto order = resolved_order(session, options.work);
    if (!order) return std::unexpected(order.error());
    const auto answer =
        session.client.get(with_query("/api/v1/inbox", {{"state", options.state},
                                                        {"connector", options.work.connector},
                                                        {"order", *order},
                                                        {"kind", options.work.kind},
                                                        {"code", options.work.code},
                                                        {"older_than", options.work.older_than},
                                                        {"limit", options.limit},
                                                        {"after", options.after}}));
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
    return show_list(session, *answer, std::move(table), row, "No message was found.");
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
    line("original", text(message, "/original/body"));
    line("edited", instant(message, "/original/edited_at"));
    return out;
}

Expected<int> show_message(Session& session, const std::string& sequence) {
    const auto answer = session.client.get("/api/v1/inbox/" + encoded(sequence));
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, message_page);
}

struct Change {
    std::string sequence;
    std::string reason;
    std::string file;
};

Expected<int> told(Session& session, const std::string& path, const json::object& body) {
    const auto answer =
        session.client.call({"POST", path, body.empty() ? "" : json::serialize(body)});
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [](const json::value& message) {
        return fmt::format("Message {} is {} now.\n", text(message, "/sequence"),
                           text(message, "/state"));
    });
}

Expected<int> retry_message(Session& session, const std::string& sequence) {
    return told(session, "/api/v1/inbox/" + encoded(sequence) + ":retry", {});
}

Expected<int> drop_message(Session& session, const Change& change) {
    return told(session, "/api/v1/inbox/" + encoded(change.sequence) + ":drop",
                {{"reason", change.reason}});
}

Expected<int> edit_message(Session& session, const Change& change) {
    const auto content = read_content(change.file);
    if (!content) return std::unexpected(content.error());
    return told(session, "/api/v1/inbox/" + encoded(change.sequence) + ":edit",
                {{"body", *content}});
}

Expected<int> retry_all(Session& session, const RetryOptions& options) {
    return retry_many(session, options, {"/api/v1/inbox:retry", "after", "messages"});
}

void add_list(const Groups& groups, CLI::App* inbox) {
    auto options = std::make_shared<ListOptions>();
    auto* list = inbox->add_subcommand("list", "Parked or dropped messages, oldest first");
    add_work_options(list, options->work);
    list->add_option("--state", options->state, "parked (default) or dropped")
        ->check(CLI::IsMember({"parked", "dropped"}));
    list->add_option("--limit", options->limit, "How many (1 to 200, default 50)")
        ->check(CLI::Range(1, 200));
    list->add_option("--after", options->after, "Go on after this message of the last page")
        ->check(CLI::NonNegativeNumber);
    on_hub(groups, list, options, list_messages);
}

}  // namespace

void add_inbox(const Groups& groups) {
    auto* inbox = add_group(groups, "inbox", "Messages that could not be understood (admin)");
    add_list(groups, inbox);
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
    const auto add_change = [&](const char* name, const char* help, auto function) {
        auto change = std::make_shared<Change>();
        auto* command = inbox->add_subcommand(name, help);
        command->add_option("SEQUENCE", change->sequence, "The message's number")
            ->required()
            ->check(CLI::PositiveNumber);
        on_hub(groups, command, change, function);
        return std::pair{command, change};
    };
    const auto [edit, edited] = add_change(
        "edit", "What a parked one is to say instead; the first body is kept", edit_message);
    edit->add_option("FILE", edited->file, "The body; - for standard input")->required();
    const auto [drop, dropped] = add_change("drop", "Give up on it for good", drop_message);
    drop->add_option("--reason", dropped->reason, "Why, for the journal")->required();
    add_retry_all(groups, inbox, "Try again all parked ones that fit", retry_all);
}

}  // namespace orderhub::cli
