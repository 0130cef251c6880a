#include "hub/cli/terminal.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>

#include "hub/cli/session.hpp"

namespace orderhub::cli {

bool wait_between_polls(std::chrono::milliseconds interval) {
    // With no events asked for, poll reports only that the other end was closed.
    pollfd out{STDOUT_FILENO, 0, 0};
    const int reported = ::poll(&out, 1, static_cast<int>(interval.count()));
    return reported <= 0 || (out.revents & (POLLERR | POLLHUP | POLLNVAL)) == 0;
}

void LiveBlock::draw(const std::string& lines) {
    const std::string back = drawn_ == 0 ? "" : fmt::format("\x1b[{}A\x1b[J", drawn_);
    print(back + lines);
    drawn_ = static_cast<std::size_t>(std::ranges::count(lines, '\n'));
}

}  // namespace orderhub::cli
