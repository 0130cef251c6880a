// The samples of the check file as things to do, and what they leave behind.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "check.hpp"
#include "peer.hpp"
#include "stage.hpp"

namespace orderhub::kit {

enum class SampleKind { check, poll, receive, execute };

struct Sample {
    SampleKind kind = SampleKind::check;
    std::string name;
    std::vector<std::string> given;
    const MessageSample* message = nullptr;
    const CommandSample* command = nullptr;

    std::string key() const { return command ? command->key : std::string(); }
};

/// check(), poll() if the manifest has it, each message, each command.
std::vector<Sample> samples_of(const Subject& subject);

/// "order 17" for each record that was kept. One that comes again changes nothing in the hub, so it
/// counts once.
using Records = std::set<std::string>;

/// What a sample left, all of its calls together.
struct Trace {
    connectors::CallResult
        result;  ///< of the call; of a poll: the first that was not done, else the last
    Records records;
    std::vector<Seen> seen;
    Effects effects;
    int calls = 0;
};

/// One attempt. A poll goes on until two calls in a row bring nothing new; after a call that is not
/// done the stand-in's fault is over.
Trace run(Stage& stage, Peer& peer, const Sample& sample, std::uint32_t attempt = 1);

/// A fresh stage and stand-in's memory, and one attempt.
Trace run_fresh(const Subject& subject, Peer& peer, const Sample& sample,
                StageSettings settings = {});

/// Whether what took place is what should have: effects that may not repeat exactly as often.
bool same_effects(const Script& script, const Effects& wanted, const Effects& seen);
std::string words(const Effects& effects);
std::string words(const Records& records);
/// "POST /orders?page=2", and the start of the body if it is text.
std::string words(const HttpRequest& request);

const Exchange* exchange_named(const Script& script, const std::string& name);
/// Records by "kind id".
Records records_of(const connectors::CallResult& result);
Records records_of(const ExpectedRecords& expected);

}  // namespace orderhub::kit
