// Every declared capability against a stand-in that behaves.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <filesystem>

#include "clauses.hpp"
#include "hub/schemas/schemas.hpp"
#include "samples.hpp"

namespace orderhub::kit {
namespace {

/// Says which request the check file has no answer for.
void report_strangers(Check& check, const Trace& trace, const std::string& where) {
    for (const Seen& seen : trace.seen)
        check.expect(!seen.exchange.empty(), where, "a request that an exchange fits",
                     words(seen.request));
}

void expect_done(Check& check, const Trace& trace, const std::string& where) {
    report_strangers(check, trace, where);
    check.expect(trace.result.outcome == connectors::Outcome::done, where, "done",
                 words(trace.result));
    check.report_observations(where);
}

/// What was expected and did not come.
void expect_records(Check& check, const Trace& trace, const ExpectedRecords& expected,
                    const std::string& where) {
    Records missing;
    const Records wanted = records_of(expected);
    std::ranges::set_difference(wanted, trace.records, std::inserter(missing, missing.end()));
    check.expect(missing.empty(), where, words(wanted), "missing: " + words(missing));
}

std::vector<Sample> of_kind(const Subject& subject, SampleKind kind) {
    std::vector<Sample> all = samples_of(subject);
    std::erase_if(all, [&](const Sample& each) { return each.kind != kind; });
    return all;
}

}  // namespace

void check_covered(Check& check) {
    const auto& manifest = check.subject.manifest;
    const Script& script = check.subject.script;
    check.expect(!manifest.poll_interval || script.poll.has_value(), "poll",
                 "the check file says what a poll brings (poll: expect)", "it has no poll");
    check.expect(!manifest.webhook || !script.messages.empty(), "webhook",
                 "a sample message (messages)", "none");
    for (const std::string& kind : manifest.commands)
        check.expect(std::ranges::any_of(script.commands,
                                         [&](const auto& each) { return each.kind == kind; }),
                     kind, "a sample command (commands)", "none");
    for (const CommandSample& command : script.commands) {
        const auto valid = schemas::validate("commands/" + command.kind + ".schema.json",
                                             json::parse(command.payload));
        if (!valid)
            check.fail("commands, " + command.name, "a payload as the hub would send it",
                       valid.error().message);
    }
}

void check_check(Check& check) {
    Peer peer(check.subject.script);
    for (const Sample& sample : of_kind(check.subject, SampleKind::check)) {
        check.trying(sample.name);
        expect_done(check, run_fresh(check.subject, peer, sample), sample.name);
    }
}

void check_poll(Check& check) {
    if (!check.subject.manifest.poll_interval)
        return check.not_applicable("the manifest has no poll");
    Peer peer(check.subject.script);
    for (const Sample& sample : of_kind(check.subject, SampleKind::poll)) {
        check.trying(sample.name);
        const Trace trace = run_fresh(check.subject, peer, sample);
        expect_done(check, trace, sample.name);
        const auto& poll = check.subject.script.poll;
        if (poll && poll->expect) expect_records(check, trace, *poll->expect, sample.name);
    }
}

void check_receive(Check& check) {
    if (!check.subject.manifest.webhook) return check.not_applicable("the manifest has no webhook");
    Peer peer(check.subject.script);
    for (const Sample& sample : of_kind(check.subject, SampleKind::receive)) {
        check.trying(sample.name);
        const Trace trace = run_fresh(check.subject, peer, sample);
        expect_done(check, trace, sample.name);
        if (sample.message->expect)
            expect_records(check, trace, *sample.message->expect, sample.name);
    }
}

void check_execute(Check& check) {
    if (check.subject.manifest.commands.empty())
        return check.not_applicable("the manifest has no commands");
    Peer peer(check.subject.script);
    for (const Sample& sample : of_kind(check.subject, SampleKind::execute)) {
        check.trying(sample.name);
        const Trace trace = run_fresh(check.subject, peer, sample);
        expect_done(check, trace, sample.name);
        if (check.subject.manifest.hosts.empty()) {
            check.expect(!std::filesystem::is_empty(check.subject.directory), sample.name,
                         "a file in {{directory}}: it has no hosts", "none");
            continue;
        }
        check.expect(!trace.effects.empty(), sample.name,
                     "an effect in the outside system (an exchange with `effect`)",
                     words(trace.effects));
    }
}

void check_echoed_secrets(Check& check) {
    Peer peer(check.subject.script);
    for (const Sample& sample : samples_of(check.subject)) {
        const Trace calm = run_fresh(check.subject, peer, sample);
        for (std::size_t i = 0; i < calm.seen.size() && i < 10; ++i)
            for (const int status : {200, 400, 401, 500}) {
                const std::string where = sample.name + ", request " + std::to_string(i + 1) +
                                          " answered " + std::to_string(status) +
                                          " with all that it held";
                check.trying(where);
                peer.begin(sample.given, sample.key());
                Fault fault;
                fault.kind = FaultKind::status;
                fault.ordinal = i;
                fault.status = status;
                fault.echoes = true;
                peer.arm(fault);
                {
                    Stage stage(check.subject, peer.address());
                    if (stage.start()) run(stage, peer, sample);
                }
                check.report_observations(where);
            }
    }
}

}  // namespace orderhub::kit
