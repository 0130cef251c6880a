#include "hub/connectors/child/channel.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <string_view>

namespace orderhub::connectors {
namespace {

constexpr std::size_t kFlushBytes = 64 * 1024;

}  // namespace

void Channel::put(std::string frame) {
    out_ += frame;
    if (out_.size() >= kFlushBytes) flush();
}

void Channel::flush() {
    std::string_view rest = out_;
    while (!rest.empty()) {
        const ssize_t count = ::write(socket_, rest.data(), rest.size());
        if (count > 0)
            rest.remove_prefix(static_cast<std::size_t>(count));
        else if (errno != EINTR)
            ::_exit(0);
    }
    out_.clear();
}

Frame Channel::read() {
    flush();
    while (true) {
        if (auto frame = in_.next()) return std::move(*frame);
        if (in_.is_broken()) ::_exit(0);
        std::array<char, 64 * 1024> buffer;
        const ssize_t count = ::read(socket_, buffer.data(), buffer.size());
        if (count > 0)
            in_.add({buffer.data(), static_cast<std::size_t>(count)});
        else if (count == 0 || errno != EINTR)
            ::_exit(0);
    }
}

}  // namespace orderhub::connectors
