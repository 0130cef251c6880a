#include "hub/cli/terminal.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "hub/cli/session.hpp"
#include "hub/cli/text_width.hpp"

namespace orderhub::cli {

namespace {

/// Columns of stdout; 0, for unlimited, if it does not say.
std::size_t terminal_width() {
    winsize size{};
    return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

bool wait_between_polls(std::chrono::milliseconds interval) {
    // With no events asked for, poll reports only that the other end was closed.
    pollfd out{STDOUT_FILENO, 0, 0};
    const int reported = ::poll(&out, 1, static_cast<int>(interval.count()));
    return reported <= 0 || (out.revents & (POLLERR | POLLHUP | POLLNVAL)) == 0;
}

void LiveBlock::draw(const std::string& lines) {
    std::string out = drawn_ == 0 ? "" : fmt::format("\x1b[{}A\x1b[J", drawn_);
    drawn_ = 0;
    const std::size_t width = terminal_width();
    for (std::size_t at = 0; at < lines.size(); ++drawn_) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        out += clipped(std::string_view(lines).substr(at, end - at), width) + "\n";
        at = end + 1;
    }
    print(out);
}

}  // namespace orderhub::cli
