#include "hub/connectors/child_lines.hpp"

#include <algorithm>
#include <utility>

namespace orderhub::connectors {
namespace {

constexpr std::size_t kLongestLine = 4 * 1024;
constexpr std::size_t kLongestSecret = 1024;

}  // namespace

bool ChildLines::take(Clock::time_point now) {
    const std::chrono::duration<double> since = now - counted_;
    tokens_ = std::min(kBurst, tokens_ + since.count() * kPerSecond);
    counted_ = now;
    if (tokens_ < 1) {
        ++left_out_;
        return false;
    }
    tokens_ -= 1;
    say_left_out();
    return true;
}

void ChildLines::say_left_out() {
    if (left_out_ == 0) return;
    write_log(
        context_, OH_LOG_WARN,
        std::to_string(left_out_) + " lines of its process were left out: it writes too many");
    left_out_ = 0;
}

void ChildLines::log(std::int32_t level, std::string_view message, Clock::time_point now) {
    if (take(now)) write_log(context_, level, message);
}

void ChildLines::line(std::string_view text, Clock::time_point now) {
    if (!text.empty() && take(now))
        write_log(context_, OH_LOG_WARN, "its process wrote: " + std::string(text));
}

void ChildLines::add(std::string_view bytes, Clock::time_point now) {
    rest_.append(bytes);
    std::size_t begin = 0;
    for (std::size_t end = rest_.find('\n'); end != rest_.npos; end = rest_.find('\n', begin)) {
        line(std::string_view(rest_).substr(begin, end - begin), now);
        begin = end + 1;
    }
    rest_.erase(0, begin);
    if (rest_.size() > kLongestLine) cut(now);
}

/// A line that does not end is not kept for ever. Its end stays: half a secret may stand there,
/// which is not known for one before the other half has come.
void ChildLines::cut(Clock::time_point now) {
    rest_ = context_.mask(rest_);
    const std::size_t size = rest_.size() - std::min(rest_.size(), kLongestSecret);
    line(std::string_view(rest_).substr(0, size), now);
    rest_.erase(0, size);
}

void ChildLines::finish() {
    line(std::exchange(rest_, std::string()), counted_);
    say_left_out();
}

}  // namespace orderhub::connectors
