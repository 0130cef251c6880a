// One effect, nothing lost, whatever comes between.
#include <algorithm>

#include "clauses.hpp"
#include "judge.hpp"
#include "samples.hpp"
#include "watch.hpp"

namespace orderhub::kit {
namespace {

constexpr std::int64_t kTenMinutesMs = 600'000;

std::vector<Sample> commands_of(const Subject& subject) {
    std::vector<Sample> all = samples_of(subject);
    std::erase_if(all, [](const Sample& each) { return each.kind != SampleKind::execute; });
    return all;
}

/// A sample that does not succeed undisturbed says nothing here; its own clause reports it.
bool succeeds(const Trace& trace) {
    return trace.result.outcome == connectors::Outcome::done;
}

/// Loses the answer to the last write, which took place, and tries again in a new process.
void lose_the_answer(Check& check, Peer& peer, const Sample& sample, const Trace& calm) {
    std::size_t last = calm.seen.size();
    for (std::size_t i = 0; i < calm.seen.size(); ++i)
        if (calm.seen[i].is_write()) last = i;
    if (last == calm.seen.size()) return;
    peer.begin(sample.given, sample.key());
    Fault fault;
    fault.kind = FaultKind::reset;
    fault.ordinal = last;
    fault.every = true;  // what it asks to settle that gets no answer either
    fault.takes_effect = true;
    peer.arm(fault);
    Texts state;
    {
        Stage stage(check.subject, peer.address());
        if (!stage.start()) return;
        run(stage, peer, sample);
        state = stage.state;
    }
    peer.disarm();
    Stage stage(check.subject, peer.address());
    stage.state = state;
    if (!stage.start()) return;
    const Trace second = run(stage, peer, sample, 2);
    const std::string where = sample.name + ", the answer to its last write lost; second attempt";
    check.expect(succeeds(second), where, "done", words(second.result));
    check.expect(same_effects(check.subject.script, calm.effects, second.effects), where,
                 words(calm.effects), words(second.effects));
    const bool is_keyed = calm.seen[last].is_keyed;
    const bool wrote = std::ranges::any_of(
        second.seen, [&](const Seen& each) { return is_risky(check.subject.script, each); });
    check.expect(is_keyed || !wrote, where, "it finds what is there and writes nothing",
                 "it wrote again");
}

void expect_the_same(Check& check, const Trace& calm, const Trace& now, const std::string& where) {
    check.expect(succeeds(now), where, "done", words(now.result));
    check.expect(now.records == calm.records, where, words(calm.records), words(now.records));
    check.expect(same_effects(check.subject.script, calm.effects, now.effects), where,
                 words(calm.effects), words(now.effects));
}

}  // namespace

void check_once(Check& check) {
    const auto commands = commands_of(check.subject);
    if (commands.empty()) return check.not_applicable("the connector has no commands");
    Peer peer(check.subject.script);
    for (const Sample& sample : commands) {
        check.trying(sample.name);
        peer.begin(sample.given, sample.key());
        Trace first;
        Texts state;
        {
            Stage stage(check.subject, peer.address());
            if (!stage.start()) continue;
            first = run(stage, peer, sample);
            state = stage.state;
        }
        if (!succeeds(first)) continue;
        Stage stage(check.subject, peer.address());
        stage.state = state;
        if (!stage.start()) continue;
        const Trace second = run(stage, peer, sample, 2);
        const std::string where = sample.name + ", a second time";
        check.expect(succeeds(second), where, "done", words(second.result));
        check.expect(same_effects(check.subject.script, first.effects, second.effects), where,
                     words(first.effects), words(second.effects));
        check.report_observations(where);
    }
}

void check_looks_first(Check& check) {
    const auto commands = commands_of(check.subject);
    if (commands.empty()) return check.not_applicable("the connector has no commands");
    Peer peer(check.subject.script);
    for (const Sample& sample : commands) {
        check.trying(sample.name);
        const Trace calm = run_fresh(check.subject, peer, sample);
        if (succeeds(calm)) lose_the_answer(check, peer, sample, calm);
        check.report_observations(sample.name);
    }
}

void check_pages_change(Check& check) {
    const auto& poll = check.subject.script.poll;
    if (!check.subject.manifest.poll_interval)
        return check.not_applicable("the manifest has no poll");
    if (!poll || poll->change_after.empty())
        return check.not_applicable("the check file says of no change (poll: change)");
    Peer peer(check.subject.script);
    for (const Sample& sample : samples_of(check.subject)) {
        if (sample.kind != SampleKind::poll) continue;
        check.trying(sample.name);
        peer.begin(sample.given, {});
        peer.change_after(poll->change_after, "changed");
        Stage stage(check.subject, peer.address());
        if (!stage.start()) return;
        const Trace trace = run(stage, peer, sample);
        Records missing;
        const Records wanted = records_of(poll->change_expect);
        std::ranges::set_difference(wanted, trace.records, std::inserter(missing, missing.end()));
        check.expect(missing.empty(), "a change after " + poll->change_after, words(wanted),
                     "missing: " + words(missing));
        check.report_observations("a change after " + poll->change_after);
    }
}

void check_clock(Check& check) {
    Peer peer(check.subject.script);
    for (const Sample& sample : samples_of(check.subject)) {
        const Trace calm = run_fresh(check.subject, peer, sample);
        if (!succeeds(calm)) continue;
        for (const std::int64_t offset : {-kTenMinutesMs, kTenMinutesMs}) {
            const std::string where =
                sample.name + ", the clock ten minutes " + (offset < 0 ? "slow" : "fast");
            check.trying(where);
            set_clock_offset(offset);
            const Trace now = run_fresh(check.subject, peer, sample);
            set_clock_offset(0);
            expect_the_same(check, calm, now, where);
        }
    }
}

}  // namespace orderhub::kit
