#include "hub/runtime/reconciler.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <exception>
#include <future>

#include "hub/http/instant.hpp"

namespace orderhub::runtime {

namespace {

namespace json = boost::json;
using connectors::CallResult;
using connectors::Outcome;

constexpr std::size_t kKeptRuns = 20;
constexpr int kAttempts = 5;
constexpr std::chrono::milliseconds kPause{1000};
constexpr std::chrono::milliseconds kLongestPause{60'000};

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

Error cannot_ask(const connectors::Instance& instance, const std::string& why) {
    return fail(ErrorKind::Invalid, "cannot_be_asked",
                "The connector " + instance.name() + " cannot be asked what it has: " + why + ".",
                "/connector")
        .error();
}

Error failed(const connectors::Instance& instance, const CallResult& result) {
    return fail(ErrorKind::Unavailable, "connector_failed",
                instance.name() + " could not be read: " + result.code +
                    (result.message.empty() ? "" : ": " + result.message))
        .error();
}

/// What every connector that can be polled takes as the cursor of a beginning.
std::string cursor_from(std::int64_t from_ms) {
    auto instant = http::rfc3339(from_ms);
    instant.replace(instant.find('.'), 4, "");
    return json::serialize(json::object{{"from", instant}});
}

CallResult poll(connectors::Instance& instance, const std::string& cursor) {
    auto promise = std::make_shared<std::promise<CallResult>>();
    auto answer = promise->get_future();
    instance.poll(cursor, [promise](CallResult result) { promise->set_value(std::move(result)); });
    return answer.get();
}

}  // namespace

Reconciler::Asked Reconciler::roles(connectors::Instance& instance) {
    const auto& manifest = instance.manifest();
    return {&instance, has(manifest.records, "order"),
            has(manifest.records, "posting") || has(manifest.commands, "credit_memo.post") ||
                has(manifest.commands, "invoice.post")};
}

Result<std::vector<Reconciler::Asked>> Reconciler::choose(const std::string& connector) const {
    if (!connector.empty() && host_.find(connector) == nullptr)
        return fail(ErrorKind::NotFound, "no_such_connector",
                    "There is no connector " + connector + ".");
    std::vector<Asked> chosen;
    for (auto* instance : host_.instances()) {
        if (!connector.empty() && instance->name() != connector) continue;
        const Asked asked = roles(*instance);
        if (!asked.orders && !asked.postings) {
            if (connector.empty()) continue;
            return std::unexpected(
                cannot_ask(*instance, "it knows neither orders nor documents of the books"));
        }
        if (!instance->manifest().poll_interval)
            return std::unexpected(cannot_ask(*instance, "it cannot be polled"));
        if (asked.postings && !has(instance->manifest().records, "posting"))
            return std::unexpected(
                cannot_ask(*instance, "it posts documents and gives no records of them"));
        chosen.push_back(asked);
    }
    if (chosen.empty())
        return fail(ErrorKind::Invalid, "nothing_to_ask",
                    "No connector knows of orders or of documents of the books.");
    return chosen;
}

Result<json::object> Reconciler::start(const domain::Period& period, const std::string& connector) {
    auto asked = choose(connector);
    if (!asked) return std::unexpected(std::move(asked).error());
    std::lock_guard lock(mutex_);
    if (is_running_ || is_stopping_)
        return fail(ErrorKind::Conflict, "running", "Another reconciliation is running.");
    if (thread_.joinable()) thread_.join();
    json::array names;
    for (const Asked& each : *asked)
        names.push_back({{"connector", each.instance->name()}, {"records", 0}});
    const json::object document{{"id", make_id_("rc")},
                                {"state", "running"},
                                {"from", http::rfc3339(period.from)},
                                {"to", http::rfc3339(period.to)},
                                {"asked", std::move(names)},
                                {"counts", nullptr},
                                {"items", json::array{}},
                                {"error", nullptr}};
    runs_.push_back(document);
    if (runs_.size() > kKeptRuns) runs_.pop_front();
    is_running_ = true;
    thread_ = std::thread([this, run = Run{period, std::move(*asked)}] { work(run); });
    return document;
}

Result<json::object> Reconciler::find(const std::string& id) const {
    std::lock_guard lock(mutex_);
    for (const json::object& each : runs_)
        if (each.at("id").as_string() == id) return each;
    return fail(ErrorKind::NotFound, "no_such_reconciliation",
                "There is no reconciliation " + id + "; they are kept until the hub stops.");
}

void Reconciler::wait() const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_running_; });
}

void Reconciler::stop() {
    {
        std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Reconciler::work(const Run& run) {
    try {
        end(compare(run));
    } catch (const std::exception& thrown) {
        end(fail(ErrorKind::Bug, "internal", thrown.what()));
    }
}

Result<json::object> Reconciler::compare(const Run& run) {
    std::vector<domain::Order> before;
    ORDERHUB_TRY(store_.read([&](store::Transaction& transaction) -> Result<void> {
        before = servicing::orders_of_period(transaction, run.period);
        return {};
    }));
    servicing::OutsideRecords records;
    domain::Reconciliation input;
    input.period = run.period;
    input.series = series_;
    for (const Asked& asked : run.asked) {
        const std::string& name = asked.instance->name();
        ORDERHUB_TRY(ask(asked, servicing::ask_from(run.period, before, name), records));
        if (asked.orders) input.storefronts.insert(name);
        if (asked.postings) input.postings.emplace();
    }
    input.shown = records.orders();
    if (input.postings) input.postings = records.postings();
    // Read after the outside, so that what the hub did meanwhile is not missed there.
    ORDERHUB_TRY(store_.read([&](store::Transaction& transaction) -> Result<void> {
        input.orders = servicing::orders_to_compare(transaction, run.period, input.shown);
        return {};
    }));
    return servicing::differences_view(domain::reconcile(input));
}

/// Ends like an import: with a page that brings nothing new or leaves the cursor.
Result<void> Reconciler::ask(const Asked& asked, std::int64_t from,
                             servicing::OutsideRecords& records) {
    std::string cursor = cursor_from(from);
    for (;;) {
        auto result = page(*asked.instance, cursor);
        if (!result) return std::unexpected(std::move(result).error());
        bool is_new = false;
        for (const auto& record : result->records) {
            const auto added = records.add(asked.instance->name(), record.kind, record.json);
            if (!added) return std::unexpected(added.error());
            is_new = is_new || *added;
        }
        note(asked.instance->name(), result->records.size());
        if (!is_new || !result->cursor || *result->cursor == cursor) return {};
        cursor = *result->cursor;
    }
}

/// A connector that is busy is asked again a few times.
Result<CallResult> Reconciler::page(connectors::Instance& instance, const std::string& cursor) {
    for (int attempt = 1;; ++attempt) {
        CallResult result = poll(instance, cursor);
        if (result.outcome == Outcome::done) return result;
        if (result.outcome != Outcome::retry || attempt == kAttempts)
            return std::unexpected(failed(instance, result));
        if (pause(std::min(result.retry_after.value_or(kPause), kLongestPause)))
            return fail(ErrorKind::Unavailable, "stopping", "The hub is stopping.");
    }
}

/// True if the hub stops.
bool Reconciler::pause(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, wait, [this] { return is_stopping_; });
}

void Reconciler::note(std::string_view connector, std::size_t records) {
    std::lock_guard lock(mutex_);
    for (json::value& each : runs_.back()["asked"].as_array())
        if (each.at("connector").as_string() == connector)
            each.as_object()["records"] = each.at("records").to_number<std::size_t>() + records;
}

void Reconciler::end(Result<json::object> outcome) {
    std::lock_guard lock(mutex_);
    json::object& run = runs_.back();
    run["state"] = outcome ? "done" : "failed";
    if (outcome)
        for (const auto& [name, value] : *outcome)
            run[name] = value;
    else
        run["error"] = {{"code", outcome.error().code}, {"message", outcome.error().message}};
    is_running_ = false;
    changed_.notify_all();
}

}  // namespace orderhub::runtime
