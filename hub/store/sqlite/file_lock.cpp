#include "hub/store/sqlite/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace orderhub::store {

FileLock::FileLock(const std::string& path) {
    const std::string name = path + ".lock";
    file_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) throw std::runtime_error("cannot open " + name + ": " + std::strerror(errno));
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(file_);
        throw std::runtime_error(reason == EWOULDBLOCK
                                     ? "another hub is running on " + path +
                                           "; stop it first, or give this one a store of its own"
                                     : "cannot lock " + name + ": " + std::strerror(reason));
    }
}

FileLock::~FileLock() {
    ::close(file_);
}

}  // namespace orderhub::store
