// Watches every call of the host: where it comes from, what the thread holds meanwhile, how many
// there were. One for the process, because the table lent to connectors has no place for more.
#pragma once

#include <orderhub/connector.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace orderhub::kit {

/// A rule of connector.h that was broken, with the clause that is about it.
struct Breach {
    std::string clause;
    std::string seen;
    friend bool operator==(const Breach&, const Breach&) = default;
};

/// The host's table with the watching in front of it.
const oh_host* watched_table();

/// The hub's clock as the connector sees it is off by so much.
void set_clock_offset(std::int64_t milliseconds);
/// That clock. Any thread; not a host call.
std::int64_t hub_now_ms();
/// Ends the process, as kill -9 does, at the host call of that number (from 1); 0: never.
void kill_at_host_call(std::uint64_t number);
std::uint64_t host_calls();
/// The connector's own code in memory, to know its locks by. `path` as it was loaded.
void watch_locks_of(const std::string& path);
/// Once a connector thread is known, calls from another thread are breaches; forgets that thread.
void forget_thread();

/// What was seen since the last time, each once.
std::vector<Breach> take_breaches();

}  // namespace orderhub::kit
