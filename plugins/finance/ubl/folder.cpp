#include "folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace orderhub::ubl {

namespace {

constexpr std::size_t kLargestFile = 64UL << 20U;

/// An open file, closed at the end.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    explicit operator bool() const { return value_ >= 0; }
    int get() const { return value_; }

private:
    int value_;
};

std::string words(const std::string& what, const std::string& where, int error) {
    return what + " " + where + ": " + std::strerror(error);
}

// What a person frees or mends is waited for; the file is tried again with the hub's own pauses.
sdk::Stop stop_for(const std::string& what, const std::string& where, int error) {
    const char* code = "directory";
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) code = "disk_full";
    if (error == EACCES || error == EPERM || error == EROFS) code = "not_writable";
    return sdk::retry(code, words(what, where, error), 60'000);
}

bool write_all(int file, const std::string& content) {
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t count = ::write(file, content.data() + done, content.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

// Some file systems cannot tell a new name from a taken one; the lock and the look before have to
// do.
bool rename_new(const char* from, const char* to) {
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
    return (errno == EINVAL || errno == ENOSYS) && ::rename(from, to) == 0;
}

std::optional<std::string> read_all(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file && errno == ENOENT) return std::nullopt;
    if (!file) throw stop_for("cannot look at", path, errno);
    std::string content;
    char buffer[16384];
    for (;;) {
        const ssize_t count = ::read(file.get(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw stop_for("cannot read", path, errno);
        if (count == 0) return content;
        content.append(buffer, static_cast<std::size_t>(count));
        if (content.size() > kLargestFile)
            throw sdk::rejected("not_ours", path + " is larger than any file of ours");
    }
}

}  // namespace

Folder::Folder(std::string directory, std::string taken)
    : directory_(std::move(directory)), taken_(std::move(taken)) {}

void Folder::check() const {
    struct stat facts{};
    if (::stat(directory_.c_str(), &facts) != 0)
        throw sdk::rejected("directory", words("cannot use", directory_, errno));
    if (!S_ISDIR(facts.st_mode)) throw sdk::rejected("directory", directory_ + " is no directory");
    if (::access(directory_.c_str(), R_OK | W_OK | X_OK) != 0)
        throw sdk::rejected("not_writable", words("cannot write in", directory_, errno));
    if (::stat(taken_.c_str(), &facts) == 0 && ::access(taken_.c_str(), X_OK) != 0)
        throw sdk::rejected("directory", words("cannot look into", taken_, errno));
}

std::optional<std::string> Folder::find(const std::string& name) const {
    // In this order: a file that is taken away meanwhile is then found where it went.
    if (auto here = read_all(directory_ + "/" + name)) return here;
    return read_all(taken_ + "/" + name);
}

void Folder::publish(const std::string& name, const std::string& content) const {
    // One name for all attempts, so that what a killed one left is written over. Whoever collects
    // files leaves names with a dot before them alone.
    const std::string unfinished = directory_ + "/." + name + ".part";
    const std::string finished = directory_ + "/" + name;
    const Descriptor file(
        ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    if (!file) throw stop_for("cannot write", unfinished, errno);
    if (!write_all(file.get(), content) || ::fsync(file.get()) != 0) {
        const int error = errno;
        ::unlink(unfinished.c_str());
        throw stop_for("cannot write", unfinished, error);
    }
    if (!rename_new(unfinished.c_str(), finished.c_str()))
        throw stop_for("cannot finish", finished, errno);
    const Descriptor directory(::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory || ::fsync(directory.get()) != 0)
        throw sdk::unknown("not_durable", words("cannot make sure of", finished, errno));
}

Folder::Lock::Lock(const Folder& folder)
    : directory_(::open(folder.directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (directory_ < 0) throw stop_for("cannot use", folder.directory_, errno);
    if (::flock(directory_, LOCK_EX | LOCK_NB) == 0) return;
    const int error = errno;
    ::close(directory_);
    throw sdk::retry("busy", words("another writes in", folder.directory_, error), 1'000);
}

Folder::Lock::~Lock() {
    ::close(directory_);
}

}  // namespace orderhub::ubl
