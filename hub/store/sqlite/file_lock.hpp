// One hub per store file.
#pragma once

#include <string>

namespace orderhub::store {

/// Holds `<path>.lock` for this process; the kernel frees it when the process ends, however it
/// ends.
class FileLock {
public:
    /// Throws std::runtime_error with a sentence if another process holds it or the folder cannot
    /// be written.
    explicit FileLock(const std::string& path);
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

private:
    int file_ = -1;
};

}  // namespace orderhub::store
