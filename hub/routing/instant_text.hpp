// Instants as people and JSON read them.
#pragma once

#include <ctime>
#include <string>

#include "hub/routing/queue.hpp"

namespace orderhub::routing {

/// "2026-01-31T12:00:00.123Z"
inline std::string rfc3339(Instant instant_ms) {
    const std::time_t seconds = instant_ms / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    const std::string millis = std::to_string(1000 + instant_ms % 1000).substr(1);
    return std::string(text, length) + "." + millis + "Z";
}

}  // namespace orderhub::routing
