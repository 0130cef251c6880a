// Inbound messages that nobody would send.
#include <algorithm>
#include <array>
#include <random>

#include "clauses.hpp"
#include "samples.hpp"

namespace orderhub::kit {
namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t limit) {
    return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit);
}

constexpr std::array<std::string_view, 24> kPieces{"null",
                                                   "true",
                                                   "-1",
                                                   "0",
                                                   "1e400",
                                                   "-0.0",
                                                   "99999999999999999999999",
                                                   "\"\"",
                                                   "[]",
                                                   "{}",
                                                   "\\u0000",
                                                   "\\ud800",
                                                   "\xff",
                                                   "\xc3\x28",
                                                   "\xed\xa0\x80",
                                                   "\"\":",
                                                   ",",
                                                   "{\"a\":",
                                                   "[[[[",
                                                   "1.5e-400",
                                                   "\"2026-02-30T25:61:61Z\"",
                                                   "\"{{secret:token}}\"",
                                                   "\xf0\x9f\x98\x80",
                                                   "\r\n"};

void mutate(Random& random, std::string& text) {
    const std::size_t at = below(random, text.size() + 1);
    const std::size_t length = below(random, 1 + below(random, 64));
    switch (below(random, 8)) {
        case 0:
            if (at < text.size()) text[at] = static_cast<char>(random());
            break;
        case 1:
            text.erase(std::min(at, text.size()), length);
            break;
        case 2:
            text.insert(at, kPieces[below(random, kPieces.size())]);
            break;
        case 3:
            text.insert(at, text.substr(below(random, text.size() + 1), length));
            break;
        case 4:
            text.resize(at);
            break;
        case 5: {
            const std::size_t digit = text.find_first_of("0123456789", at);
            if (digit != text.npos) text.replace(digit, 1, kPieces[below(random, kPieces.size())]);
            break;
        }
        case 6: {
            const std::size_t quote = text.find('"', at);
            if (quote != text.npos) text.insert(quote + 1, std::string(below(random, 3000), 'k'));
            break;
        }
        default: {
            const std::size_t depth = below(random, 2) == 0 ? 40 : 20'000;
            text.insert(at, std::string(depth, below(random, 2) == 0 ? '[' : '{'));
        }
    }
}

/// The message that a seed stands for.
MessageSample made_from(const std::vector<MessageSample>& samples, std::uint64_t seed) {
    Random random(seed);
    MessageSample message = samples[below(random, samples.size())];
    const std::size_t changes = 1 + below(random, 4);
    for (std::size_t i = 0; i < changes; ++i)
        mutate(random, message.body);
    if (below(random, 20) == 0) message.content_type = "text/plain; charset=utf-16";
    if (below(random, 20) == 0) message.headers.clear();
    return message;
}

void send_one(Check& check, Peer& peer, Stage& stage, std::uint64_t seed) {
    const std::string where = "seed " + std::to_string(seed);
    check.trying(where);
    const MessageSample message = made_from(check.subject.script.messages, seed);
    if (check.options.reproduce)
        tell_parent({{"shown", "message of seed " + std::to_string(seed) + ":\n" + message.body}});
    peer.begin(message.given);
    const Sample sample{SampleKind::receive, where, message.given, &message, nullptr};
    const Trace trace = run(stage, peer, sample);
    check.expect(trace.result.outcome != connectors::Outcome::unknown, where,
                 "done, rejected or retry: reading changes nothing", words(trace.result));
    const bool escaped = trace.result.message.contains("let an exception escape");
    check.expect(!escaped, where, "no exception leaves receive()", words(trace.result));
    check.report_observations(where);
}

}  // namespace

void check_fuzz(Check& check) {
    if (!check.subject.manifest.webhook) return check.not_applicable("the manifest has no webhook");
    if (check.subject.script.messages.empty())
        return check.not_applicable("the check file has no sample message");
    Peer peer(check.subject.script);
    Stage stage(check.subject, peer.address());
    if (const auto started = stage.start(); !started)
        return check.fail("create()", "an instance", started.error().message);
    const int cases = check.options.reproduce ? 1 : check.options.fuzz_cases;
    for (int i = 0; i < cases; ++i)
        send_one(check, peer, stage, check.options.seed + static_cast<std::uint64_t>(i));
}

}  // namespace orderhub::kit
