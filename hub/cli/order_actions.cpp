// order cancel, order return
#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <random>

#include "hub/cli/action_page.hpp"
#include "hub/cli/commands.hpp"
#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/line_choice.hpp"
#include "hub/cli/resolve.hpp"
#include "hub/cli/watch.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

struct ActionOptions {
    std::string action;
    std::string order;
    std::vector<std::string> lines;
    std::string reason;
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

std::string if_match(const ActionOptions& options, const Answer& order) {
    if (!options.at_version.empty()) return '"' + options.at_version + '"';
    if (!order.etag.empty()) return order.etag;
    return '"' + text(order.document, "/version") + '"';
}

Expected<Call> call_for(const ActionOptions& options, const Answer& order) {
    auto lines = choose_lines(order.document, options.lines);
    if (!lines) return std::unexpected(lines.error());
    const json::object body{{"lines", std::move(*lines)}, {"reason", options.reason}};
    return Call{"POST",
                fmt::format("/api/v1/orders/{}/actions/{}:{}", encoded(text(order.document, "/id")),
                            options.action, options.submit ? "submit" : "preview"),
                json::serialize(body)};
}

Expected<int> preview(Session& session, const ActionOptions& options, const Answer& order,
                      Call call) {
    if (!options.at_version.empty())
        call.headers.emplace_back("If-Match", if_match(options, order));
    const auto answer = session.client.call(call);
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, [&](const json::value& result) {
        return action_page(result, text(order.document, "/number"), false);
    });
}

Expected<int> submit(Session& session, const ActionOptions& options, const Answer& order,
                     Call call) {
    const std::string key = options.key.empty() ? fresh_key() : options.key;
    call.headers = {{"If-Match", if_match(options, order)}, {"Idempotency-Key", key}};
    auto answer = session.client.call(call);
    if (!answer && answer.error().may_have_happened)
        answer.error().sentence += fmt::format(
            " It may have been done. Repeat the command with --idempotency-key {}: then it is done "
            "once.",
            key);
    if (!answer) return std::unexpected(answer.error());
    const auto shown = show(session, *answer, [&](const json::value& result) {
        return action_page(result, text(order.document, "/number"), true);
    });
    if (!options.watch || !shown || *shown != kOk) return shown;
    return watch_steps(session, text(order.document, "/id"),
                       text(answer->document, "/change_order/id"),
                       std::chrono::seconds{options.watch_for_s});
}

Expected<int> act(Session& session, const ActionOptions& options) {
    if (options.preview == options.submit)
        return failed(kUsage, "Say either --preview or --submit.");
    if (options.watch && options.preview) return failed(kUsage, "--watch goes with --submit.");
    const auto order = find_order(session, options.order);
    if (!order) return std::unexpected(order.error());
    auto call = call_for(options, *order);
    if (!call) return std::unexpected(call.error());
    return options.submit ? submit(session, options, *order, std::move(*call))
                          : preview(session, options, *order, std::move(*call));
}

void add_action(const Groups& groups, CLI::App* order, const char* action, const char* help) {
    auto options = std::make_shared<ActionOptions>();
    options->action = action;
    auto* command = order->add_subcommand(action, help);
    command->add_option("ORDER", options->order, "Id or number")->required();
    command->add_option("--line", options->lines, "LINE:QTY, LINE being a line's id or its SKU")
        ->required();
    command->add_option("--reason", options->reason, "Why; it stands on the refund and the memo")
        ->required();
    command->add_flag("--preview", options->preview, "Only show what it would do");
    command->add_flag("--submit", options->submit, "Do it");
    command->add_flag("--watch", options->watch, "After --submit, follow the steps to their end");
    command->add_option("--watch-for", options->watch_for_s, "Seconds to follow them at most")
        ->check(CLI::Range(1, 86400))
        ->capture_default_str();
    command
        ->add_option("--at-version", options->at_version,
                     "Refuse if the order is at another version than the preview showed")
        ->check(CLI::PositiveNumber);
    command->add_option("--idempotency-key", options->key,
                        "Only to repeat a --submit that got no answer; it is done once");
    on_hub(groups, command, options, act);
}

}  // namespace

void add_order_actions(const Groups& groups) {
    auto* order = add_group(groups, "order", "Actions on one order");
    add_action(groups, order, "cancel", "Cancel units that have not been allocated");
    add_action(groups, order, "return", "Return units, with immediate refund and credit memo");
}

}  // namespace orderhub::cli
