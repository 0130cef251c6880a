#include "hub/http/actions.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "hub/flows/engine.hpp"
#include "hub/http/action_names.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"
#include "hub/http/submission.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

Checked<Asked> read_action(Call& call) {
    const auto action = domain::action_kind(call.parameter("action"));
    if (!action)
        return std::unexpected(
            problem(404, "no_such_action", "The actions are " + action_words() + "."));
    const auto shown = if_match_preview(call.request);
    if (!shown) return std::unexpected(shown.error());
    auto input = read_body(call.request, input_schema(*action));
    if (!input) return std::unexpected(std::move(input).error());
    return Asked{*action, std::string(call.parameter("id")), shown->order, std::move(*input),
                 shown->flow};
}

std::string etag(std::int64_t version) {
    return '"' + std::to_string(version) + '"';
}

/// Of what a preview showed: the order's version, and that of the flow which had a part in it.
std::string preview_etag(const json::object& preview) {
    const auto order = preview.at("order_version").to_number<std::int64_t>();
    const auto* flow = preview.at("flow").if_object();
    if (flow == nullptr) return etag(order);
    return '"' + std::to_string(order) + '.' +
           std::to_string(flow->at("version").to_number<std::int64_t>()) + '"';
}

/// A 409 that says which version there is now and what happened since the caller's.
Response changed(const Error& error, News news) {
    auto answer = problem(error);
    auto body = json::parse(answer.body).as_object();
    body["order_version"] = news.version;
    body["changes"] = std::move(news.changes);
    answer.body = json::serialize(body);
    answer.headers.push_back({"ETag", etag(news.version)});
    return answer;
}

Response refusal(const Error& error, News news) {
    return news.version > 0 ? changed(error, std::move(news)) : problem(error);
}

Response with_etag(Response answer) {
    const auto body = json::parse(answer.body);
    if (const auto* version = body.as_object().if_contains("order_version"))
        answer.headers.push_back({"ETag", etag(version->to_number<std::int64_t>())});
    return answer;
}

Response replayed(const store::StoredAnswer& earlier) {
    auto answer = with_etag({earlier.status, earlier.body, "application/json", {}});
    answer.headers.push_back({"Idempotency-Replayed", "true"});
    return answer;
}

}  // namespace

Response show_eligibility(const Parts& parts, Call& call) {
    auto answer = read_answer(parts.store, call.caller.scope, [&](store::Transaction& transaction) {
        return parts.service.eligibility(transaction, acting(parts, call), call.parameter("id"));
    });
    return answer.status == 200 ? with_etag(std::move(answer)) : answer;
}

Response preview_action(const Parts& parts, Call& call) {
    const auto asked = read_action(call);
    if (!asked) return asked.error();
    Response answer;
    News news;
    const auto outcome = parts.store.read([&](store::Transaction& transaction) -> Result<void> {
        auto document = parts.flows->preview(
            {transaction, transaction}, acting(parts, call),
            {asked->action, asked->order_id, asked->version, asked->input, asked->flow_version});
        if (!document) {
            news = news_for(parts, transaction, *asked, document.error());
            return std::unexpected(std::move(document).error());
        }
        answer = json_answer(*document);
        answer.headers.push_back({"ETag", preview_etag(*document)});
        return {};
    });
    return outcome ? std::move(answer) : refusal(outcome.error(), std::move(news));
}

Response submit_action(const Parts& parts, Call& call) {
    const auto key = idempotency_key(call.request);
    if (!key) return key.error();
    const auto asked = read_action(call);
    if (!asked) return asked.error();
    if (asked->version == 0)
        return problem(428, "if_match_required",
                       "Send If-Match with the ETag of the order that the preview showed.");
    const Submission submission(parts, call, *asked, *key);
    Attempt attempt;
    const auto outcome = parts.store.write(
        [&](store::Transaction& transaction) { return submission.run(transaction, attempt); });
    if (!outcome) return refusal(outcome.error(), std::move(attempt.news));
    return attempt.earlier ? replayed(*attempt.earlier) : with_etag(std::move(attempt.answer));
}

}  // namespace orderhub::http
