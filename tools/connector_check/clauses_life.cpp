// Creating, stopping and destroying instances.
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "clauses.hpp"
#include "judge.hpp"
#include "samples.hpp"
#include "watch.hpp"
#include "wire.hpp"

namespace orderhub::kit {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// False, with the fault reported, if it cannot be created.
bool start(Check& check, Stage& stage) {
    const auto started = stage.start();
    if (!started)
        check.fail("create() with the check file's configuration", "an instance",
                   started.error().code + ": " + started.error().message);
    return started.has_value();
}

std::size_t entries(const char* folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

/// An address of loopback where nobody listens.
std::string nobody() {
    std::uint16_t port = 0;
    ::close(listen_on_loopback(port));
    return "http://127.0.0.1:" + std::to_string(port);
}

/// Two stages have a connector thread each, which is not the connector's fault.
void forget_threads() {
    static_cast<void>(take_breaches());
}

std::future<connectors::CallResult> begin(Stage& stage, const Sample& sample) {
    switch (sample.kind) {
        case SampleKind::poll:
            return stage.begin_poll();
        case SampleKind::receive:
            return stage.begin_receive(*sample.message, "kit-message-1");
        case SampleKind::execute:
            return stage.begin_execute(*sample.command, 1);
        default:
            return stage.begin_check();
    }
}

/// Stops while a sample waits at the request of that ordinal.
void stop_while_busy(Check& check, Peer& peer, const Sample& sample, std::size_t ordinal) {
    const std::string where = sample.name + ", stopped at request " + std::to_string(ordinal + 1);
    check.trying(where);
    peer.begin(sample.given, sample.key());
    Fault fault;
    fault.kind = FaultKind::slow;
    fault.ordinal = ordinal;
    fault.every = true;
    peer.arm(fault);
    Stage stage(check.subject, peer.address());
    if (!start(check, stage)) return;
    auto future = begin(stage, sample);
    for (int i = 0; i < 300 && peer.seen().size() <= ordinal; ++i)
        future.wait_for(10ms);
    if (peer.seen().size() <= ordinal) return;  // a later poll would ask that
    const auto begun = Clock::now();
    stage.stop();
    const auto took = Clock::now() - begun;
    check.expect(
        took < 3s, where, "it ends within 3 s",
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(took).count()) + " s");
    const auto result = future.get();
    const auto seen = peer.seen();
    // What was answered before the stop is found by the look that the next attempt begins with.
    const bool may_have_acted =
        std::ranges::any_of(seen.begin() + static_cast<std::ptrdiff_t>(ordinal), seen.end(),
                            [&](const Seen& each) { return is_risky(check.subject.script, each); });
    const std::string expected = may_have_acted ? "unknown, or retry after a look" : "retry";
    const bool fine = result.outcome == connectors::Outcome::retry
                          ? !may_have_acted
                          : result.outcome == connectors::Outcome::unknown &&
                                std::ranges::any_of(seen, &Seen::is_write);
    check.expect(fine, where, expected, words(result));
}

}  // namespace

void check_create(Check& check) {
    Peer peer(check.subject.script);
    Stage stage(check.subject, peer.address());
    const auto begun = Clock::now();
    if (!start(check, stage)) return;
    check.expect(Clock::now() - begun < 2s, "create()", "at once", "it took more than 2 s");
    check.expect(peer.connections() == 0, "create()", "no outward call",
                 std::to_string(peer.connections()) + " connections to the outside system");
}

void check_two_instances(Check& check) {
    Peer first_peer(check.subject.script);
    Peer second_peer(check.subject.script);
    Stage first(check.subject, first_peer.address());
    if (!start(check, first)) return;
    const Sample sample = samples_of(check.subject).front();
    first_peer.begin(sample.given);
    second_peer.begin(sample.given);
    const Trace alone = run(first, first_peer, sample);
    const int before = first_peer.connections();
    {
        Stage second(check.subject, second_peer.address());
        if (!start(check, second)) return;
        const Trace other = run(second, second_peer, sample);
        check.expect(other.result.outcome == alone.result.outcome, "check() of the second",
                     words(alone.result), words(other.result));
        check.expect(first_peer.connections() == before, "check() of the second",
                     "it asks its own system", "it asked the system of the first");
        check.expect(other.seen.size() == alone.seen.size(), "check() of the second",
                     std::to_string(alone.seen.size()) + " requests to its own system",
                     std::to_string(other.seen.size()));
    }
    const Trace again = run(first, first_peer, sample);
    check.expect(again.result.outcome == alone.result.outcome,
                 "check() of the first, the second destroyed", words(alone.result),
                 words(again.result));
    check.expect(again.seen.empty() == alone.seen.empty(),
                 "check() of the first, the second destroyed", "requests to its own system",
                 std::to_string(again.seen.size()) + " requests to its own system");
    forget_threads();
}

void check_destroy_busy(Check& check) {
    Peer peer(check.subject.script);
    for (const Sample& sample : samples_of(check.subject)) {
        const Trace calm = run_fresh(check.subject, peer, sample);
        for (const std::size_t ordinal : worth_a_fault(calm.seen))
            stop_while_busy(check, peer, sample, ordinal);
    }
}

void check_lifecycle_repeated(Check& check) {
    Peer peer(check.subject.script);
    const Sample sample = samples_of(check.subject).front();
    run_fresh(check.subject, peer, sample);
    const std::size_t threads = entries("/proc/self/task");
    const std::size_t files = entries("/proc/self/fd");
    for (int i = 0; i < 100; ++i) {
        check.trying("life " + std::to_string(i + 1));
        Stage stage(check.subject, peer.address());
        if (!start(check, stage)) return;
        if (i % 10 == 0) run(stage, peer, sample);
    }
    const auto no_more = [&](const char* folder, std::size_t before, const std::string& what) {
        const std::size_t after = entries(folder);
        check.expect(after <= before + 10, "after 100 lives", "as many " + what + " as before",
                     std::to_string(after) + " instead of " + std::to_string(before));
    };
    no_more("/proc/self/task", threads, "threads");
    no_more("/proc/self/fd", files, "descriptors");
}

void check_unreachable(Check& check) {
    Peer peer(check.subject.script);
    const std::string address = nobody();
    for (const Sample& sample : samples_of(check.subject)) {
        check.trying(sample.name);
        const Trace calm = run_fresh(check.subject, peer, sample);
        if (calm.seen.empty()) continue;
        Stage stage(check.subject, address);
        if (!start(check, stage)) return;
        const Trace lost = run(stage, peer, sample);
        const bool is_check = sample.kind == SampleKind::check;
        const bool fine = lost.result.outcome == connectors::Outcome::retry ||
                          (is_check && lost.result.outcome == connectors::Outcome::rejected);
        check.expect(fine, sample.name + ", connection refused", "retry: nothing was sent",
                     words(lost.result));
        check.report_observations(sample.name + ", connection refused");
    }
}

}  // namespace orderhub::kit
