// Recording what a connector and its outside system say to each other.
#pragma once

#include <string>
#include <vector>

namespace orderhub::runtime {

struct RecordOptions {
    std::string config_file;
    std::string connector;              ///< its name in the configuration
    std::string folder;                 ///< where to; made if it is not there
    int polls = 5;                      ///< at most
    std::vector<std::string> commands;  ///< files: {"kind", "key", "payload"}; carried out for real
    std::vector<std::string> scrub;     ///< members that hold personal data, besides those known
};

/// Runs the configured instance by itself, from the beginning and with no state kept: check, some
/// polls, the commands. Writes FOLDER/recording.jsonl, scrubbed (hub/connectors/scrub.hpp,
/// sdk/docs/testing.md). Touches no store and needs no running hub. Gives the exit code: 0, or 1
/// with the reason on stderr.
int record_connector(const RecordOptions& options);

}  // namespace orderhub::runtime
