// Killed at every host call, and begun again.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "child.hpp"
#include "clauses.hpp"
#include "errand.hpp"
#include "samples.hpp"

namespace orderhub::kit {
namespace {

constexpr std::uint64_t kEvery = 24;  ///< the first host calls, each
constexpr std::uint64_t kMost = 48;   ///< and some of the rest

/// The host calls to be killed at.
std::vector<std::uint64_t> deaths(std::uint64_t calls) {
    std::vector<std::uint64_t> all;
    for (std::uint64_t n = 1; n <= std::min(calls, kEvery); ++n)
        all.push_back(n);
    const std::uint64_t rest = calls > kEvery ? calls - kEvery : 0;
    const std::uint64_t step = rest / (kMost - kEvery) + 1;
    for (std::uint64_t n = kEvery + step; n <= calls; n += step)
        all.push_back(n);
    return all;
}

/// A killed run's last durable state, and the records that were kept until then.
struct Kept {
    std::string cursor;
    Texts state;
    Records records;
    std::uint64_t host_calls = 0;
};

Kept run_errand(Check& check, const Peer& peer, const Sample& sample, std::uint64_t death) {
    std::vector<std::string> arguments = child_arguments(check.options);
    arguments.emplace_back("--errand");
    arguments.push_back(json::serialize(
        json::object{{"peer", peer.address()}, {"sample", sample.name}, {"kill_at", death}}));
    Kept kept;
    for (const json::object& line : run_child(arguments, 30).lines) {
        if (const json::value* calls = line.if_contains("host_calls"))
            kept.host_calls = calls->to_number<std::uint64_t>();
        if (!line.contains("cursor")) continue;
        kept.cursor = line.at("cursor").as_string();
        for (const auto& [key, value] : line.at("state").as_object())
            kept.state[std::string(key)] = value.as_string();
        for (const json::value& record : line.at("records").as_array())
            kept.records.emplace(record.as_string());
    }
    return kept;
}

void kill_everywhere(Check& check, SampleKind kind) {
    Peer peer(check.subject.script);
    for (const Sample& sample : samples_of(check.subject)) {
        if (sample.kind != kind) continue;
        const Trace calm = run_fresh(check.subject, peer, sample);
        if (calm.result.outcome != connectors::Outcome::done) continue;
        peer.begin(sample.given, sample.key());
        const Kept whole = run_errand(check, peer, sample, 0);
        for (const std::uint64_t death : deaths(whole.host_calls)) {
            const std::string where =
                sample.name + ", killed at host call " + std::to_string(death);
            check.trying(where);
            peer.begin(sample.given, sample.key());
            const Kept kept = run_errand(check, peer, sample, death);
            Stage stage(check.subject, peer.address());
            stage.cursor = kept.cursor;
            stage.state = kept.state;
            if (!stage.start()) return;
            Trace after = run(stage, peer, sample, 2);
            after.records.insert(kept.records.begin(), kept.records.end());
            check.expect(after.result.outcome == connectors::Outcome::done, where + ", then again",
                         "done", words(after.result));
            if (kind == SampleKind::poll)
                check.expect(after.records == calm.records, where + ", then again",
                             words(calm.records), words(after.records));
            check.expect(same_effects(check.subject.script, calm.effects, after.effects),
                         where + ", then again", words(calm.effects), words(after.effects));
        }
    }
}

}  // namespace

void check_kill_poll(Check& check) {
    if (!check.subject.manifest.poll_interval)
        return check.not_applicable("the manifest has no poll");
    kill_everywhere(check, SampleKind::poll);
}

void check_kill_execute(Check& check) {
    if (check.subject.script.commands.empty())
        return check.not_applicable("the connector has no commands");
    kill_everywhere(check, SampleKind::execute);
}

}  // namespace orderhub::kit
