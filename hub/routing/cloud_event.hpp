// A line of the journal as a CloudEvent.
#pragma once

#include <cstddef>
#include <string>

#include "hub/routing/subscription.hpp"

namespace orderhub::routing {

inline constexpr const char* kCloudEventType = "application/cloudevents+json; charset=utf-8";

/// CloudEvents 1.0 in JSON, structured mode: the same bytes each time. `source` is the hub's public
/// address. The line's order, case, actor and trace are the extensions orderid, caseid, actor and
/// traceid; its place in the journal is the extension sequence, in 19 digits, if it has one. Data
/// that would make the whole longer than `max_bytes` is left out; the extension dataref says where
/// to read it.
std::string cloud_event(const JournalLine& line, const std::string& source, std::size_t max_bytes);

}  // namespace orderhub::routing
