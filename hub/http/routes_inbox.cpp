#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <charconv>
#include <optional>

#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/parked_input.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/view.hpp"
#include "hub/schemas/schemas.hpp"

namespace orderhub::http {

namespace {

constexpr std::int64_t kMaxPage = 200;
constexpr std::int64_t kDefaultPage = 50;
constexpr std::array<std::string_view, 2> kStates{"parked", "dropped"};

/// 0, which no message has, if it is no number.
std::int64_t sequence_of(const Call& call) {
    const auto text = call.parameter("sequence");
    std::int64_t sequence = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sequence);
    return error == std::errc{} && end == text.data() + text.size() ? sequence : 0;
}

/// What a record may not say; raw messages may say anything.
std::optional<Response> refuse_record(const std::string& kind, const std::string& text) {
    if (kind.empty()) return std::nullopt;
    boost::json::error_code error;
    const auto record = boost::json::parse(text, error);
    const Result<void> fits =
        error ? Result<void>(fail(ErrorKind::Invalid, "schema", "it is not JSON"))
              : schemas::validate("records/" + kind + ".schema.json", record);
    if (fits) return std::nullopt;
    return problem(422, "invalid_record",
                   "A record of this kind cannot say this: " + fits.error().message + ".",
                   {{"/body" + fits.error().field, fits.error().message}});
}

Response find_messages(const Parts& parts, Call& call) {
    const auto& target = call.target;
    if (auto known = only_parameters(target, {"state", "connector", "order", "kind", "code",
                                              "older_than", "limit", "after"});
        !known)
        return known.error();
    const auto filter = work_filter(target);
    if (!filter) return filter.error();
    const auto state = word_parameter(target, "state", kStates);
    const auto limit = number_parameter(target, "limit", kDefaultPage, 1, kMaxPage);
    const auto after = number_parameter(target, "after", 0, 0, INT64_MAX);
    if (!state) return state.error();
    for (const auto* given : {&limit, &after})
        if (!*given) return given->error();
    return read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        boost::json::object page{{"items", boost::json::array()}, {"next", nullptr}};
        auto query = message_query(*filter, transaction);
        if (!query) return Result<boost::json::object>(std::move(page));
        query->state = state->empty() ? "parked" : *state;
        query->after = *after;
        query->limit = static_cast<std::uint32_t>(*limit);
        const auto found = transaction.find_messages(*query);
        for (const auto& message : found)
            page["items"].as_array().push_back(view(message, false));
        if (found.size() == query->limit) page["next"] = found.back().sequence;
        return Result<boost::json::object>(std::move(page));
    });
}

Response show_message(const Parts& parts, Call& call) {
    return read_answer(
        parts.store, call.caller.scope,
        [&](store::Transaction& transaction) -> Result<boost::json::object> {
            const auto message = transaction.message(sequence_of(call));
            if (!message)
                return fail(ErrorKind::NotFound, "no_such_message", "There is no such message.");
            auto out = view(*message, true);
            const auto original = transaction.original(routing::subject_of(*message));
            out["original"] = nullptr;
            if (original) out["original"] = view(*original, "body");
            return out;
        });
}

Response retry_message(const Parts& parts, Call& call) {
    const auto outcome = parts.operations.retry_message(sequence_of(call), deciding(call));
    return outcome ? show_message(parts, call) : problem(outcome.error());
}

Response edit_message(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "EditMessageInput");
    if (!body) return body.error();
    const auto sequence = sequence_of(call);
    std::string kind;
    const auto read = parts.store.read([&](store::Transaction& transaction) -> Result<void> {
        const auto message = transaction.message(sequence);
        if (!message)
            return fail(ErrorKind::NotFound, "no_such_message", "There is no such message.");
        kind = message->record_kind;
        return {};
    });
    if (!read) return problem(read.error());
    const std::string text(body->at("body").as_string());
    if (const auto refused = refuse_record(kind, text)) return *refused;
    const auto outcome = parts.operations.edit_message(sequence, text, deciding(call));
    return outcome ? show_message(parts, call) : problem(outcome.error());
}

Response drop_message(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "DropInput");
    if (!body) return body.error();
    const auto outcome = parts.operations.drop_message(
        sequence_of(call), std::string(body->at("reason").as_string()), deciding(call));
    return outcome ? show_message(parts, call) : problem(outcome.error());
}

Response retry_messages(const Parts& parts, Call& call) {
    const auto body = read_body(call.request, "RetryMessagesInput");
    if (!body) return body.error();
    const auto filter = work_filter(*body);
    if (!filter) return filter.error();
    std::optional<routing::MessageQuery> query;
    const auto read = parts.store.read([&](store::Transaction& transaction) -> Result<void> {
        query = message_query(*filter, transaction);
        return {};
    });
    if (!read) return problem(read.error());
    const bool dry_run = is_dry_run(*body);
    boost::json::object answer{{"count", 0}, {"dry_run", dry_run}, {"next", nullptr}};
    if (!query) return json_answer(answer);
    query->limit = retry_limit(*body);
    if (const auto* after = body->if_contains("after"))
        query->after = after->to_number<std::int64_t>();
    const auto retried = parts.operations.retry_messages(*query, dry_run, deciding(call));
    if (!retried) return problem(retried.error());
    answer["count"] = retried->count;
    if (retried->next_message != 0) answer["next"] = retried->next_message;
    return json_answer(answer);
}

}  // namespace

void add_inbox_routes(std::vector<Route>& routes, const Parts& parts) {
    const auto add = adding(routes, parts);
    add("GET", "/api/v1/inbox", Right::read_operations, find_messages);
    add("POST", "/api/v1/inbox:retry", Right::act_on_operations, retry_messages);
    add("GET", "/api/v1/inbox/{sequence}", Right::read_operations, show_message);
    add("POST", "/api/v1/inbox/{sequence}:retry", Right::act_on_operations, retry_message);
    add("POST", "/api/v1/inbox/{sequence}:edit", Right::act_on_operations, edit_message);
    add("POST", "/api/v1/inbox/{sequence}:drop", Right::act_on_operations, drop_message);
}

}  // namespace orderhub::http
