// What a connector's process writes, on its way into the log: line by line, secrets masked, and not
// faster than a person could want it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/connectors/call.hpp"

namespace orderhub::connectors {

class ChildLines {
public:
    using Clock = std::chrono::steady_clock;
    /// So many may come at once, and so many a second for long.
    static constexpr double kBurst = 200;
    static constexpr double kPerSecond = 50;

    /// `context` must outlive it.
    explicit ChildLines(const InstanceContext& context) : context_(context) {}

    /// Bytes of the standard output or error; lines end where they end.
    void add(std::string_view bytes, Clock::time_point now);
    /// A line that the connector logs by the host's function. Its level is the connector's word.
    void log(std::int32_t level, std::string_view message, Clock::time_point now);
    /// Writes what has not ended in a line break, and how many lines were left out.
    void finish();
    /// Whether lines are left out now: its writer should be made to wait.
    bool is_flooded() const { return left_out_ > 0; }

private:
    bool take(Clock::time_point now);
    void line(std::string_view text, Clock::time_point now);
    void cut(Clock::time_point now);
    void say_left_out();

    const InstanceContext& context_;
    std::string rest_;
    double tokens_ = kBurst;
    Clock::time_point counted_{};
    std::uint64_t left_out_ = 0;
};

}  // namespace orderhub::connectors
