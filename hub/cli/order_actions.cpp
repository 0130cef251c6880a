// order cancel, order return, ...: building an action's input, preview, submission.
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <map>
#include <random>

#include "hub/cli/action_option.hpp"
#include "hub/cli/action_page.hpp"
#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/resolve.hpp"
#include "hub/cli/watch.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct ActionWords {
    explicit ActionWords(const ActionCommand& for_command)
        : command(for_command), words(for_command.options.size()) {}

    const ActionCommand& command;
    std::vector<std::vector<std::string>> words;  ///< of each of the command's options
    std::string order;
    std::string at_version;
    std::string key;
    unsigned watch_for_s = 900;
    bool preview = false;
    bool submit = false;
    bool watch = false;
};

std::string fresh_key() {
    std::random_device random;
    std::string key = "cli-";
    for (int part = 0; part < 4; ++part)
        key += fmt::format("{:08x}", static_cast<std::uint32_t>(random()));
    return key;
}

std::string if_match(const ActionWords& given, const Answer& order) {
    if (!given.at_version.empty()) return '"' + given.at_version + '"';
    if (!order.etag.empty()) return order.etag;
    return '"' + text(order.document, "/version") + '"';
}

Expected<json::object> input_of(const ActionWords& given, const json::value& order) {
    json::object input;
    const auto& options = given.command.options;
    for (std::size_t at = 0; at < options.size(); ++at) {
        if (given.words[at].empty()) continue;
        const auto put = options[at].put({options[at], given.words[at], order}, input);
        if (!put) return std::unexpected(put.error());
    }
    return input;
}

Expected<Call> call_for(const ActionWords& given, const Answer& order) {
    const auto input = input_of(given, order.document);
    if (!input) return std::unexpected(input.error());
    return Call{"POST",
                fmt::format("/api/v1/orders/{}/actions/{}:{}", encoded(text(order.document, "/id")),
                            given.command.action, given.submit ? "submit" : "preview"),
                json::serialize(*input)};
}

Expected<int> preview(Session& session, const ActionWords& given, const Answer& order, Call call) {
    if (!given.at_version.empty()) call.headers.emplace_back("If-Match", if_match(given, order));
    const auto answer = session.client.call(call);
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [&](const json::value& result) {
        return preview_page(result, text(order.document, "/number"));
    });
}

Expected<int> submit(Session& session, const ActionWords& given, const Answer& order, Call call) {
    const std::string key = given.key.empty() ? fresh_key() : given.key;
    call.headers = {{"If-Match", if_match(given, order)}, {"Idempotency-Key", key}};
    auto answer = session.client.call(call);
    if (!answer && answer.error().may_have_happened)
        answer.error().sentence += fmt::format(
            " It may have been done. Repeat the command with --idempotency-key {}: then it is done "
            "once.",
            key);
    if (!answer) return std::unexpected(answer.error());
    const auto shown = show(session, *answer, [&](const json::value& result) {
        return submission_page(result, text(order.document, "/number"));
    });
    const bool waits = text(answer->document, "/action_id").empty();
    if (!given.watch || !shown || *shown != kOk || waits) return shown;
    return watch_steps(session, text(order.document, "/id"), text(answer->document, "/action_id"),
                       std::chrono::seconds{given.watch_for_s});
}

Expected<int> act(Session& session, const ActionWords& given) {
    if (given.preview == given.submit) return failed(kUsage, "Say either --preview or --submit.");
    if (given.watch && given.preview) return failed(kUsage, "--watch goes with --submit.");
    const auto order = find_order(session, given.order);
    if (!order) return std::unexpected(order.error());
    auto call = call_for(given, *order);
    if (!call) return std::unexpected(call.error());
    return given.submit ? submit(session, given, *order, std::move(*call))
                        : preview(session, given, *order, std::move(*call));
}

void add_option(CLI::App& command, const ActionOption& option, std::vector<std::string>& words) {
    if (option.takes == Takes::nothing) {
        command.add_flag_callback(option.name, [&words] { words = {"true"}; }, option.help);
        return;
    }
    auto* added = command.add_option(option.name, words, option.help)
                      ->required(option.required)
                      ->allow_extra_args(false);
    if (option.takes == Takes::one) added->expected(1);
    if (!option.allowed.empty()) added->check(CLI::IsMember(option.allowed));
}

/// The group of options that are one choice.
CLI::App& group_for(CLI::App& command, Choice choice, std::map<Choice, CLI::App*>& groups) {
    if (choice == Choice::none) return command;
    CLI::App*& group = groups[choice];
    if (group == nullptr) {
        const bool one = choice == Choice::exactly_one;
        group = command.add_option_group(one ? "Exactly one of" : "At least one of");
        group->require_option(1, one ? 1 : 0);
    }
    return *group;
}

void add_how(CLI::App& command, ActionWords& given) {
    command.add_flag("--preview", given.preview, "Only show what it would do");
    command.add_flag("--submit", given.submit, "Do it");
    command.add_flag("--watch", given.watch, "After --submit, follow the steps to their end");
    command.add_option("--watch-for", given.watch_for_s, "Seconds to follow them at most")
        ->check(CLI::Range(1, 86400))
        ->capture_default_str();
    command
        .add_option("--at-version", given.at_version,
                    "Refuse if the order is at another version than the preview showed")
        ->check(CLI::PositiveNumber);
    command.add_option("--idempotency-key", given.key,
                       "Only to repeat a --submit that got no answer; it is done once");
}

void add_action(const Groups& groups, CLI::App* order, const ActionCommand& action) {
    auto given = std::make_shared<ActionWords>(action);
    auto* command = order->add_subcommand(action.action, action.help);
    command->add_option("ORDER", given->order, "Id or number")->required();
    std::map<Choice, CLI::App*> choices;
    for (std::size_t at = 0; at < action.options.size(); ++at)
        add_option(group_for(*command, action.options[at].choice, choices), action.options[at],
                   given->words[at]);
    add_how(*command, *given);
    on_hub(groups, command, given, act);
}

}  // namespace

void add_order_actions(const Groups& groups) {
    auto* order = add_group(groups, "order", "Actions on one order");
    add_eligibility(groups, order);
    for (const ActionCommand& action : action_commands())
        add_action(groups, order, action);
}

}  // namespace orderhub::cli
