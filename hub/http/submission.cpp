#include "hub/http/submission.hpp"

#include "hub/flows/engine.hpp"
#include "hub/http/access.hpp"
#include "hub/http/answer.hpp"
#include "hub/http/routes.hpp"

namespace orderhub::http {

namespace {

// How long an answer can be replayed.
constexpr std::int64_t kKeepAnswersMs = std::int64_t{7} * 24 * 60 * 60 * 1000;

constexpr int kDone = 200;
constexpr int kAccepted = 202;  ///< somebody must agree first

std::string fingerprint_of(const Request& request) {
    return sha256_hex(request.method + "\n" + request.target + "\n" + request.body);
}

}  // namespace

News news_for(const Parts& parts, store::Transaction& transaction, const Asked& asked,
              const Error& error) {
    if (error.code != "order_changed") return {};
    const auto row = transaction.order(asked.order_id);
    if (!row) return {};
    return {row->version, parts.service.changes_since(transaction, asked.order_id, asked.version)};
}

Submission::Submission(const Parts& parts, const Call& call, const Asked& asked,
                       const std::string& key)
    : parts_(parts),
      asked_(asked),
      request_(acting(parts, call)),
      key_(call.caller.id + ":" + key),
      fingerprint_(fingerprint_of(call.request)) {}

Result<void> Submission::run(store::Transaction& transaction, Attempt& attempt) const {
    attempt = {};
    attempt.earlier = transaction.answer(key_);
    if (attempt.earlier) return check_same(*attempt.earlier);
    auto document = parts_.flows->submit(
        {transaction, transaction}, request_,
        {asked_.action, asked_.order_id, asked_.version, asked_.input, asked_.flow_version});
    if (!document) {
        attempt.news = news_for(parts_, transaction, asked_, document.error());
        return std::unexpected(std::move(document).error());
    }
    attempt.answer = json_answer(*document, document->contains("waits_for") ? kAccepted : kDone);
    transaction.forget_answers(request_.now_ms - kKeepAnswersMs);
    transaction.save_answer(
        {key_, fingerprint_, attempt.answer.status, attempt.answer.body, request_.now_ms});
    return {};
}

Result<void> Submission::check_same(const store::StoredAnswer& earlier) const {
    if (earlier.fingerprint == fingerprint_) return {};
    return fail(ErrorKind::Invalid, "idempotency_key_reused",
                "This Idempotency-Key was used for another request.");
}

}  // namespace orderhub::http
