#include "samples.hpp"

#include <algorithm>

#include "leaks.hpp"

namespace orderhub::kit {
namespace {

using connectors::CallResult;

constexpr int kMostPolls = 200;

Trace poll_to_the_end(Stage& stage, Peer& peer) {
    Trace all;
    bool has_failed = false;
    for (int quiet = 0; quiet < 2 && all.calls < kMostPolls; ++all.calls) {
        CallResult result = stage.poll();
        const std::size_t before = all.records.size();
        all.records.merge(records_of(result));
        quiet = all.records.size() == before ? quiet + 1 : 0;
        const bool is_done = result.outcome == connectors::Outcome::done;
        if (!is_done) peer.disarm();
        if (!has_failed) all.result = std::move(result);
        has_failed = has_failed || !is_done;
        if (!is_done && all.calls > 3 && has_failed) break;
    }
    return all;
}

Trace call_once(Stage& stage, const Sample& sample, std::uint32_t attempt) {
    Trace all;
    all.calls = 1;
    if (sample.kind == SampleKind::check) all.result = stage.check();
    if (sample.kind == SampleKind::receive) all.result = stage.receive(*sample.message);
    if (sample.kind == SampleKind::execute) all.result = stage.execute(*sample.command, attempt);
    if (all.result.outcome == connectors::Outcome::done) all.records = records_of(all.result);
    return all;
}

}  // namespace

std::vector<Sample> samples_of(const Subject& subject) {
    const Script& script = subject.script;
    std::vector<Sample> all{{SampleKind::check, "check", script.check_given, nullptr, nullptr}};
    if (subject.manifest.poll_interval)
        all.push_back({SampleKind::poll, "poll",
                       script.poll ? script.poll->given : std::vector<std::string>{}, nullptr,
                       nullptr});
    for (const MessageSample& message : script.messages)
        all.push_back(
            {SampleKind::receive, "receive " + message.name, message.given, &message, nullptr});
    for (const CommandSample& command : script.commands)
        all.push_back(
            {SampleKind::execute, "execute " + command.name, command.given, nullptr, &command});
    return all;
}

Trace run(Stage& stage, Peer& peer, const Sample& sample, std::uint32_t attempt) {
    peer.next_call();
    if (sample.kind == SampleKind::poll && stage.cursor.empty() && stage.script().poll)
        stage.cursor = stage.script().poll->cursor;
    Trace all = sample.kind == SampleKind::poll ? poll_to_the_end(stage, peer)
                                                : call_once(stage, sample, attempt);
    all.seen = peer.seen();
    all.effects = peer.effects();
    for (const Seen& seen : all.seen)
        find_leaks(stage.subject(), "the address of a request", seen.request.target);
    return all;
}

Trace run_fresh(const Subject& subject, Peer& peer, const Sample& sample, StageSettings settings) {
    peer.begin(sample.given, sample.key());
    Stage stage(subject, peer.address(), std::move(settings));
    if (const auto started = stage.start(); !started) {
        Trace refused;
        refused.result.outcome = connectors::Outcome::rejected;
        refused.result.code = started.error().code;
        refused.result.message = started.error().message;
        return refused;
    }
    return run(stage, peer, sample);
}

bool same_effects(const Script& script, const Effects& wanted, const Effects& seen) {
    return std::ranges::all_of(wanted, [&](const auto& one) {
        const auto found = seen.find(one.first);
        const int times = found == seen.end() ? 0 : found->second;
        const bool may_repeat = std::ranges::any_of(script.exchanges, [&](const Exchange& each) {
            return each.effect == one.first && each.may_repeat;
        });
        return may_repeat ? times >= 1 : times == one.second;
    });
}

std::string words(const Effects& effects) {
    std::string all;
    for (const auto& [effect, times] : effects)
        all += (all.empty() ? "" : ", ") + effect + " x " + std::to_string(times);
    return all.empty() ? "no effect" : all;
}

std::string words(const Records& records) {
    std::string all;
    int count = 0;
    for (const std::string& record : records)
        if (++count <= 12) all += (all.empty() ? "" : ", ") + record;
    if (count > 12) all += " and " + std::to_string(count - 12) + " more";
    return all.empty() ? "no records" : all;
}

std::string words(const HttpRequest& request) {
    std::string all = request.method + " " + request.target;
    if (!request.body.empty()) all += "\n" + request.body.substr(0, 600);
    return all;
}

const Exchange* exchange_named(const Script& script, const std::string& name) {
    const auto found = std::ranges::find(script.exchanges, name, &Exchange::name);
    return found == script.exchanges.end() ? nullptr : &*found;
}

Records records_of(const CallResult& result) {
    Records all;
    for (const auto& record : result.records)
        all.insert(record.kind + " " + record.external_id);
    return all;
}

Records records_of(const ExpectedRecords& expected) {
    Records all;
    for (const auto& [kind, ids] : expected)
        for (const std::string& id : ids)
            all.insert(kind + " " + id);
    return all;
}

}  // namespace orderhub::kit
