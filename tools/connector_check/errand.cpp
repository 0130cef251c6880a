#include "errand.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "samples.hpp"
#include "watch.hpp"

namespace orderhub::kit {
namespace {

constexpr int kMostPolls = 200;

/// After a call that was done: what the store would hold now.
void tell_durable(const Stage& stage, const connectors::CallResult& result) {
    json::object state;
    for (const auto& [key, value] : stage.state)
        state[key] = value;
    json::array records;
    for (const std::string& record : records_of(result))
        records.emplace_back(record);
    tell_parent(
        {{"cursor", stage.cursor}, {"state", std::move(state)}, {"records", std::move(records)}});
}

void poll_and_tell(Stage& stage) {
    if (stage.script().poll) stage.cursor = stage.script().poll->cursor;
    int quiet = 0;
    Records known;
    for (int i = 0; i < kMostPolls && quiet < 2; ++i) {
        const auto result = stage.poll();
        if (result.outcome != connectors::Outcome::done) return;
        const std::size_t before = known.size();
        known.merge(records_of(result));
        quiet = known.size() == before ? quiet + 1 : 0;
        tell_durable(stage, result);
    }
}

}  // namespace

void run_errand_here(const Options& options, const Subject& subject) {
    const json::value errand = json::parse(options.errand);
    const std::string name(errand.at("sample").as_string());
    const auto samples = samples_of(subject);
    const auto found = std::ranges::find(samples, name, &Sample::name);
    if (found == samples.end()) return;
    Stage stage(subject, std::string(errand.at("peer").as_string()));
    if (!stage.start()) return;
    kill_at_host_call(errand.at("kill_at").to_number<std::uint64_t>());
    if (found->kind == SampleKind::poll)
        poll_and_tell(stage);
    else if (found->kind == SampleKind::execute)
        tell_durable(stage, stage.execute(*found->command, 1));
    tell_parent({{"host_calls", host_calls()}});
}

}  // namespace orderhub::kit
