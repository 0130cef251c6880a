#include "hub/runtime/operations.hpp"

#include <boost/json/serialize.hpp>
#include <future>

#include "hub/http/instant.hpp"
#include "hub/runtime/hub.hpp"

namespace orderhub::runtime {

namespace {

namespace json = boost::json;

/// Begins something and waits until the store has answered.
template <class Begin>
Result<void> wait_for(Begin begin) {
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto answer = promise->get_future();
    begin([promise](Result<void> outcome) { promise->set_value(std::move(outcome)); });
    return answer.get();
}

Result<json::object> import_progress(const routing::Router& router, const std::string& connector) {
    const auto run = router.backfill(connector);
    if (!run) return std::unexpected(run.error());
    const auto lasted = (run->updated_at - run->started_at) / 1'000;
    json::object out{{"connector", connector},
                     {"state", run->state},
                     {"pages", run->pages},
                     {"records", run->records},
                     {"queued", run->queued},
                     {"held", run->queued - run->released},
                     {"max_per_second", run->max_per_second},
                     {"per_second", lasted > 0 ? run->released / static_cast<std::uint64_t>(lasted)
                                               : run->released}};
    const auto or_null = [](const std::string& text) {
        return text.empty() ? json::value(nullptr) : json::value(text);
    };
    out["cursor"] = or_null(run->cursor);
    out["started_at"] = or_null(run->started_at != 0 ? http::rfc3339(run->started_at) : "");
    out["updated_at"] = or_null(run->updated_at != 0 ? http::rfc3339(run->updated_at) : "");
    out["error"] = or_null(run->error);
    return out;
}

json::object connector_state(const routing::Router& router, const std::string& connector) {
    json::object out;
    if (const auto* metrics = router.metrics(connector)) {
        out["paused"] = metrics->paused.load();
        out["breaker"] = routing::breaker_word(*metrics, now_ms());
        out["accepted"] = metrics->accepted.load();
        out["applied"] = metrics->applied.load();
        out["delivered"] = metrics->delivered.load();
        out["polls"] = metrics->polls.load();
        out["poll_failures"] = metrics->poll_failures.load();
    }
    if (const auto poll = router.poll_progress(connector); poll && !poll->error.empty())
        out["poll_error"] = poll->error;
    return out;
}

/// Where a backfill begins: what every connector that can be polled takes as a cursor.
std::string cursor_from(std::int64_t from_ms) {
    auto instant = http::rfc3339(from_ms);
    instant.replace(instant.find('.'), 4, "");
    return json::serialize(json::object{{"from", instant}});
}

}  // namespace

http::Operations bind_operations(routing::Router& router) {
    http::Operations out;
    out.accept = [&router](routing::InboxMessage message, http::Operations::Done done) {
        router.intake(message.connector,
                      {std::move(message.message_id), std::move(message.headers),
                       std::move(message.content_type), std::move(message.body)},
                      std::move(done));
    };
    out.retry_delivery = [&router](const std::string& id, const routing::Actor& actor) {
        return wait_for([&](auto done) { router.retry(id, actor, std::move(done)); });
    };
    out.park_delivery = [&router](const std::string& id, const routing::Actor& actor) {
        return wait_for([&](auto done) { router.park(id, actor, std::move(done)); });
    };
    out.drop_delivery = [&router](const std::string& id, const std::string& reason,
                                  const routing::Actor& actor) {
        return wait_for([&](auto done) { router.drop(id, reason, actor, std::move(done)); });
    };
    out.retry_message = [&router](std::int64_t sequence, const routing::Actor& actor) {
        return wait_for([&](auto done) { router.retry_message(sequence, actor, std::move(done)); });
    };
    out.start_import = [&router](const std::string& connector, std::int64_t from_ms,
                                 std::uint32_t max_per_second, const routing::Actor& actor) {
        return router.start_backfill(connector, cursor_from(from_ms), max_per_second, actor);
    };
    out.cancel_import = [&router](const std::string& connector, const routing::Actor& actor) {
        return router.cancel_backfill(connector, actor);
    };
    out.import_progress = [&router](const std::string& connector) {
        return import_progress(router, connector);
    };
    out.connector_state = [&router](const std::string& connector) {
        return connector_state(router, connector);
    };
    return out;
}

void bind_replayer(http::Operations& operations, Replayer& replayer) {
    operations.start_replay = [&replayer](routing::Replay wanted, const routing::Actor& actor) {
        return replayer.start(std::move(wanted), actor);
    };
    operations.cancel_replay = [&replayer](const std::string& id, const routing::Actor& actor) {
        return replayer.cancel(id, actor);
    };
}

void bind_reconciler(http::Operations& operations, Reconciler& reconciler) {
    operations.start_reconciliation = [&reconciler](std::int64_t from_ms, std::int64_t to_ms,
                                                    const std::string& connector) {
        return reconciler.start({from_ms, to_ms}, connector);
    };
    operations.reconciliation = [&reconciler](const std::string& id) {
        return reconciler.find(id);
    };
}

}  // namespace orderhub::runtime
