// Many calls at once.
#include <algorithm>

#include "clauses.hpp"
#include "samples.hpp"

namespace orderhub::kit {
namespace {

constexpr int kCalls = 200;
constexpr int kPauseMs = 20;

std::future<connectors::CallResult> begin(Stage& stage, const Sample& sample, int number) {
    if (sample.kind == SampleKind::receive)
        return stage.begin_receive(*sample.message, "kit-message-" + std::to_string(number));
    if (sample.kind == SampleKind::execute) return stage.begin_execute(*sample.command, 2);
    return stage.begin_check();
}

/// Begins them all, then compares each with what a call of its own gave.
class Crowd {
public:
    void add(Stage& stage, const Sample& sample, const Trace& alone, int number) {
        members_.push_back({sample.name, alone, begin(stage, sample, number)});
    }

    void expect_as_alone(Check& check, const std::string& where) {
        int wrong = 0;
        std::string first;
        std::string expected;
        for (Member& member : members_) {
            const auto result = member.future.get();
            const Records records = records_of(result);
            const bool fine =
                result.outcome == member.alone.result.outcome && records == member.alone.records;
            if (fine || wrong++ > 0) continue;
            first = member.name + ": " + words(result) + ", " + words(records);
            expected = words(member.alone.result) + ", " + words(member.alone.records);
        }
        check.expect(wrong == 0, where, expected,
                     std::to_string(wrong) + " others; the first: " + first);
    }

private:
    struct Member {
        std::string name;
        const Trace& alone;
        std::future<connectors::CallResult> future;
    };
    std::vector<Member> members_;
};

/// 200 calls of one sample, compared with one call of it.
void run_many(Check& check, Peer& peer, const Sample& sample) {
    const std::string where = std::to_string(kCalls) + " times at once: " + sample.name;
    check.trying(where);
    peer.begin(sample.given, sample.key());
    Stage stage(check.subject, peer.address());
    if (!stage.start()) return;
    const Trace first = run(stage, peer, sample);
    if (first.result.outcome != connectors::Outcome::done) return;
    const Trace second = run(stage, peer, sample, 2);
    peer.slow_down(kPauseMs);
    Crowd crowd;
    for (int i = 0; i < kCalls; ++i)
        crowd.add(stage, sample, second, i);
    crowd.expect_as_alone(check, where);
    peer.slow_down(0);
    check.expect(same_effects(check.subject.script, first.effects, peer.effects()), where,
                 words(first.effects), words(peer.effects()));
    check.report_observations(where);
}

/// Different calls among each other, so that what belongs to one would be seen in another.
void run_mixed(Check& check, Peer& peer) {
    const std::string where = std::to_string(kCalls) + " different calls at once";
    check.trying(where);
    std::vector<std::pair<Sample, Trace>> all;
    for (const Sample& sample : samples_of(check.subject)) {
        const bool is_read = sample.kind == SampleKind::check || sample.kind == SampleKind::receive;
        if (!is_read || !sample.given.empty()) continue;
        Trace trace = run_fresh(check.subject, peer, sample);
        if (trace.result.outcome == connectors::Outcome::done)
            all.emplace_back(sample, std::move(trace));
    }
    if (all.size() < 2) return;
    peer.begin({});
    peer.slow_down(kPauseMs);
    Stage stage(check.subject, peer.address());
    if (!stage.start()) return;
    Crowd crowd;
    for (int i = 0; i < kCalls; ++i) {
        const auto& [sample, trace] = all[static_cast<std::size_t>(i) % all.size()];
        crowd.add(stage, sample, trace, i);
    }
    crowd.expect_as_alone(check, where);
    peer.slow_down(0);
}

}  // namespace

void check_parallel(Check& check) {
    Peer peer(check.subject.script);
    for (const Sample& sample : samples_of(check.subject))
        if (sample.kind != SampleKind::poll) run_many(check, peer, sample);
    run_mixed(check, peer);
}

}  // namespace orderhub::kit
