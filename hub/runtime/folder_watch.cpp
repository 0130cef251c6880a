#include "hub/runtime/folder_watch.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>

namespace orderhub::runtime {

namespace {

constexpr int kQuietMs = 200;
constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;

}  // namespace

FolderWatch::FolderWatch(const std::string& folder, std::function<void()> changed)
    : changed_(std::move(changed)),
      inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
    if (inotify_ < 0 || stop_ < 0 || ::inotify_add_watch(inotify_, folder.c_str(), kEvents) < 0) {
        if (inotify_ >= 0) ::close(inotify_);
        if (stop_ >= 0) ::close(stop_);
        throw std::runtime_error(folder + " cannot be watched for changes");
    }
    thread_ = std::thread([this] { watch(); });
}

FolderWatch::~FolderWatch() {
    const std::uint64_t one = 1;
    while (::write(stop_, &one, sizeof one) < 0 && errno == EINTR) {
    }
    thread_.join();
    ::close(inotify_);
    ::close(stop_);
}

bool FolderWatch::drain() const {
    std::array<char, 4096> buffer{};
    bool any = false;
    while (::read(inotify_, buffer.data(), buffer.size()) > 0)
        any = true;
    return any;
}

void FolderWatch::watch() {
    bool is_changed = false;
    for (;;) {
        std::array<pollfd, 2> wanted{pollfd{inotify_, POLLIN, 0}, pollfd{stop_, POLLIN, 0}};
        const int ready = ::poll(wanted.data(), wanted.size(), is_changed ? kQuietMs : -1);
        if (wanted[1].revents != 0) return;
        if (ready > 0) is_changed = drain() || is_changed;
        if (ready == 0) {
            is_changed = false;
            changed_();
        }
    }
}

}  // namespace orderhub::runtime
