#include "declared/command_runner.hpp"

#include <orderhub/once.hpp>

#include "declared/schemas.hpp"

namespace orderhub::declared {
namespace {

const CommandRule& rule_of(const Settings& settings, std::string_view kind) {
    const auto found = settings.commands.find(kind);
    if (found != settings.commands.end()) return found->second;
    throw sdk::rejected("not_configured",
                        "configuration key commands." + std::string(kind) +
                            " is not set: this system was not told how to do that");
}

/// The currency that amounts of the result are in.
std::string currency_of(const Json& payload) {
    for (const std::string_view holder : {"memo", "invoice", "order"})
        if (payload[holder]["currency"].is_text()) return payload[holder]["currency"].text();
    return payload["currency"].text_or_empty();
}

/// `body` with errors of mapping as what `stop` makes of their words.
template <class Body, class MakeStop>
auto mapped(Body&& body, MakeStop&& stop) {
    std::string why;
    try {
        return body();
    } catch (const MappingError& thrown) {
        why = thrown.what();
    } catch (const ScriptError& thrown) {
        why = std::string("configuration key ") + thrown.what();
    }
    throw stop("unmapped", why);
}

}  // namespace

CommandRunner::CommandRunner(const Settings& settings, sdk::Call& call, const sdk::Command& command)
    : rule_(rule_of(settings, command.kind)),
      command_(command),
      call_(call),
      client_(settings, call),
      result_(schema_text("commands/" + std::string(command.kind)), "result"),
      payload_(documents_.put("command", command.payload)),
      currency_(currency_of(payload_)) {
    documents_.put("key", command.key);
    documents_.put("kind", command.kind);
    documents_.put("now", call.now());
}

Json CommandRunner::result_of(const Rule& rule, const Json& answer) {
    return result_.make(rule, {documents_, answer}, currency_);
}

std::optional<Json> CommandRunner::find() {
    if (!rule_.look) return std::nullopt;
    const auto answer = mapped(
        [&] { return client_.look(rule_.look->request, {documents_, payload_}); }, sdk::rejected);
    if (!answer) return std::nullopt;
    // An answer that is not as expected may be another one next time.
    return mapped(
        [&]() -> std::optional<Json> {
            const Json found = make(rule_.look->found, {documents_, answer->body});
            if (!is_true(found) || (found.is_array() && found.items().empty())) return std::nullopt;
            return result_of(rule_.look->result ? *rule_.look->result : *rule_.result, found);
        },
        [](std::string code, std::string words) {
            return sdk::retry(std::move(code), std::move(words));
        });
}

Json CommandRunner::act() {
    sdk::Headers more;
    if (!rule_.idempotency_header.empty())
        more.emplace_back(rule_.idempotency_header, command_.key);
    const Answer answer = mapped(
        [&] {
            return client_.send(rule_.request, {documents_, payload_}, sdk::Effect::write, more);
        },
        sdk::rejected);
    return mapped([&] { return result_of(*rule_.result, answer.body); }, sdk::unknown);
}

Json CommandRunner::run() {
    return sdk::do_once(call_, command_, [&] { return find(); }, [&] { return act(); });
}

}  // namespace orderhub::declared
