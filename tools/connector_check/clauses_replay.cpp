// A recording played back.
#include <boost/json/serialize.hpp>

#include "clauses.hpp"
#include "recording.hpp"
#include "samples.hpp"

namespace orderhub::kit {
namespace {

CommandSample command_of(const json::object& call) {
    CommandSample made;
    made.kind = call.at("command").as_string();
    made.name = made.kind;
    made.key = call.at("key").as_string();
    made.payload = json::serialize(call.at("payload"));
    return made;
}

connectors::CallResult play(Stage& stage, const RecordedCall& recorded) {
    if (recorded.kind() == "poll") return stage.poll();
    if (recorded.kind() == "execute") return stage.execute(command_of(recorded.call), 1);
    return stage.check();
}

}  // namespace

void check_replay(Check& check) {
    const auto recording = read_recording(check.options.replay);
    if (!recording) return check.fail("the recording", "it can be read", recording.error().message);
    Peer peer(check.subject.script);
    Stage stage(check.subject, peer.address());
    if (const auto started = stage.start(); !started)
        return check.fail("the recorded configuration", "an instance", started.error().message);
    for (std::size_t i = 0; i < recording->calls.size(); ++i) {
        const RecordedCall& recorded = recording->calls[i];
        const std::string where = "call " + std::to_string(i + 1) + " (" + recorded.kind() + ")";
        check.trying(where);
        peer.begin({"call_" + std::to_string(i)});
        const auto result = play(stage, recorded);
        for (const Seen& seen : peer.seen())
            check.expect(!seen.exchange.empty(), where, "a request that was recorded",
                         words(seen.request));
        check.expect(words(result.outcome) == recorded.outcome, where, recorded.outcome,
                     words(result));
        check.expect(records_of(result) == recorded.records, where, words(recorded.records),
                     words(records_of(result)));
        check.report_observations(where);
    }
}

}  // namespace orderhub::kit
