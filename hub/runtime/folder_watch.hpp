// Tells when files of a folder were written, moved or removed. Internal to hub/runtime.
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace orderhub::runtime {

/// A thread that sleeps in the kernel. Changes that come one after the other, as an editor makes
/// them, are told once, when it has been quiet for a moment.
class FolderWatch {
public:
    /// `changed` runs on the watch's thread. Throws std::runtime_error if the folder cannot be
    /// watched.
    FolderWatch(const std::string& folder, std::function<void()> changed);
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    ~FolderWatch();

private:
    void watch();
    bool drain() const;

    const std::function<void()> changed_;
    const int inotify_;
    const int stop_;  ///< an eventfd
    std::thread thread_;
};

}  // namespace orderhub::runtime
