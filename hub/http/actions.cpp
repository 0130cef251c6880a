#include "hub/http/actions.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "hub/http/access.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/input.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

namespace json = boost::json;

// How long an answer can be replayed.
constexpr std::int64_t kKeepAnswersMs = std::int64_t{7} * 24 * 60 * 60 * 1000;

struct Asked {
    servicing::Action action;
    json::object input;
    std::int64_t version = 0;
};

Checked<Asked> read_action(Call& call) {
    const auto name = call.parameter("action");
    if (name != "cancel" && name != "return")
        return std::unexpected(
            problem(404, "no_such_action", "The actions are cancel and return."));
    const auto version = if_match(call.request);
    if (!version) return std::unexpected(version.error());
    auto input = read_body(call.request, "ActionInput");
    if (!input) return std::unexpected(std::move(input).error());
    return Asked{name == "cancel" ? servicing::Action::cancel : servicing::Action::return_,
                 std::move(*input), *version};
}

std::string etag(std::int64_t version) {
    return '"' + std::to_string(version) + '"';
}

/// A 412 that says which version there is now.
Response changed(const Error& error, std::int64_t version) {
    auto answer = problem(412, error.code, error.message);
    auto body = json::parse(answer.body).as_object();
    body["order_version"] = version;
    answer.body = json::serialize(body);
    answer.headers.push_back({"ETag", etag(version)});
    return answer;
}

Response refusal(const Error& error, std::int64_t version) {
    const bool is_changed = error.code == "order_changed" && version > 0;
    return is_changed ? changed(error, version) : problem(error);
}

Response with_etag(Response answer) {
    const auto body = json::parse(answer.body);
    if (const auto* version = body.as_object().if_contains("order_version"))
        answer.headers.push_back({"ETag", etag(version->to_number<std::int64_t>())});
    return answer;
}

std::string fingerprint_of(const Request& request) {
    return sha256_hex(request.method + "\n" + request.target + "\n" + request.body);
}

/// What one attempt at a submission found.
struct Attempt {
    std::optional<store::StoredAnswer> earlier;
    Response answer;
    std::int64_t stored_version = 0;
};

class Submission {
public:
    Submission(const Parts& parts, const Call& call, const Asked& asked, const std::string& key)
        : parts_(parts),
          asked_(asked),
          order_id_(call.parameter("id")),
          request_(acting(parts, call)),
          key_(call.caller.token_id + ":" + key),
          fingerprint_(fingerprint_of(call.request)) {}

    /// Runs in one unit of work; may be run again after it was undone.
    Result<void> run(store::Transaction& transaction, Attempt& attempt) const {
        attempt = {};
        attempt.earlier = transaction.answer(key_);
        if (attempt.earlier) return check_same(*attempt.earlier);
        auto document = parts_.service.submit(transaction, request_, asked_.action, order_id_,
                                              asked_.version, asked_.input);
        if (!document) {
            if (const auto row = transaction.order(order_id_))
                attempt.stored_version = row->version;
            return std::unexpected(std::move(document).error());
        }
        attempt.answer = json_answer(*document);
        transaction.forget_answers(request_.now_ms - kKeepAnswersMs);
        transaction.save_answer(
            {key_, fingerprint_, attempt.answer.status, attempt.answer.body, request_.now_ms});
        return {};
    }

private:
    Result<void> check_same(const store::StoredAnswer& earlier) const {
        if (earlier.fingerprint == fingerprint_) return {};
        return fail(ErrorKind::Invalid, "idempotency_key_reused",
                    "This Idempotency-Key was used for another request.");
    }

    const Parts& parts_;
    const Asked& asked_;
    std::string order_id_;
    servicing::Request request_;
    std::string key_;
    std::string fingerprint_;
};

Response replayed(const store::StoredAnswer& earlier) {
    auto answer = with_etag({earlier.status, earlier.body, "application/json", {}});
    answer.headers.push_back({"Idempotency-Replayed", "true"});
    return answer;
}

}  // namespace

Response preview_action(const Parts& parts, Call& call) {
    const auto asked = read_action(call);
    if (!asked) return asked.error();
    Response answer;
    std::int64_t stored_version = 0;
    const auto outcome = parts.store.read([&](store::Transaction& transaction) -> Result<void> {
        const auto id = call.parameter("id");
        if (const auto row = transaction.order(id)) stored_version = row->version;
        auto document = parts.service.preview(transaction, acting(parts, call), asked->action, id,
                                              asked->version, asked->input);
        if (!document) return std::unexpected(std::move(document).error());
        answer = json_answer(*document);
        return {};
    });
    return outcome ? with_etag(std::move(answer)) : refusal(outcome.error(), stored_version);
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
    if (!outcome) return refusal(outcome.error(), attempt.stored_version);
    return attempt.earlier ? replayed(*attempt.earlier) : with_etag(std::move(attempt.answer));
}

}  // namespace orderhub::http
