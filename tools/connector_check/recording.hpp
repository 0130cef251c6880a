// What `orderhub connectors record` wrote (sdk/docs/testing.md).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "script.hpp"

namespace orderhub::kit {

struct RecordedExchange {
    std::string method;
    std::string path;       ///< without origin and query
    std::string origin;     ///< "{{peer}}" or the fixed address that was asked
    std::string operation;  ///< of GraphQL its first words, of JSON-RPC its method; else empty
    bool was_answered = false;
    int status = 0;
    Texts headers;  ///< of the answer
    std::string body;
};

struct RecordedCall {
    json::object call;  ///< kind; of a command also command, key, payload
    std::vector<RecordedExchange> exchanges;
    std::string outcome;
    std::set<std::string> records;  ///< "order 17"

    std::string kind() const { return std::string(call.at("kind").as_string()); }
};

struct Recording {
    json::object config;
    std::set<std::string> secrets;  ///< keys of those that were configured
    std::vector<RecordedCall> calls;
};

/// Reads FOLDER/recording.jsonl. Errors: Invalid "bad_recording", naming file and line.
Result<Recording> read_recording(const std::string& folder);

/// As a check file: each call's exchanges answer once, in their order, while the fact call_N holds.
Script script_of(const Recording& recording);

/// What came, went or changed its type between two recordings, one line each.
std::vector<std::string> drift(const Recording& before, const Recording& after);

}  // namespace orderhub::kit
