// Following something that changes, on a terminal or into a file.
#pragma once

#include <chrono>
#include <string>

namespace orderhub::cli {

/// Waits before the hub is asked again. Ends early, with false, when the reader of stdout is gone:
/// then nobody follows any more.
bool wait_between_polls(std::chrono::milliseconds interval);

/// A block of lines that is redrawn in place on a terminal. Elsewhere nothing is redrawn.
class LiveBlock {
public:
    /// Replaces what the last call drew. Lines are cut at the terminal's width: one that wraps
    /// could not be redrawn.
    void draw(const std::string& lines);

private:
    std::size_t drawn_ = 0;
};

}  // namespace orderhub::cli
