#include "book.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace orderhub::journal {

namespace {

std::string words(const std::string& what, const std::string& where, int error) {
    return what + " " + where + ": " + std::strerror(error);
}

// What a person frees or mends is waited for; the entry is tried again with the hub's own pauses.
sdk::Stop stop_for(const std::string& what, const std::string& where, int error) {
    const char* code = "directory";
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) code = "disk_full";
    if (error == EACCES || error == EPERM || error == EROFS) code = "not_writable";
    return sdk::retry(code, words(what, where, error), 60'000);
}

class File {
public:
    explicit File(const std::string& path)
        : path_(path), file_(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640)) {
        if (file_ < 0) throw stop_for("cannot write", path_, errno);
    }
    ~File() { ::close(file_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    std::string content() const {
        std::string content;
        char buffer[65536];
        for (;;) {
            const ssize_t count =
                ::pread(file_, buffer, sizeof buffer, static_cast<off_t>(content.size()));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) throw stop_for("cannot read", path_, errno);
            if (count == 0) return content;
            content.append(buffer, static_cast<std::size_t>(count));
        }
    }

    void cut(std::size_t size) const {
        if (::ftruncate(file_, static_cast<off_t>(size)) != 0 || ::fsync(file_) != 0)
            throw stop_for("cannot mend", path_, errno);
    }

    /// All of it or nothing, as far as this process lives to see to it.
    void append(const std::string& text, std::size_t size) const {
        if (write_all(text)) {
            if (::fsync(file_) == 0) return;
            throw sdk::unknown("not_durable", words("cannot make sure of", path_, errno));
        }
        const int error = errno;
        // What cannot be taken back is cut by the next attempt.
        if (::ftruncate(file_, static_cast<off_t>(size)) != 0)
            throw sdk::unknown("cut_short", words("cannot take back from", path_, errno));
        throw stop_for("cannot write", path_, error);
    }

private:
    bool write_all(const std::string& text) const {
        std::size_t done = 0;
        while (done < text.size()) {
            const ssize_t count = ::write(file_, text.data() + done, text.size() - done);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return false;
            done += static_cast<std::size_t>(count);
        }
        return true;
    }

    std::string path_;
    int file_;
};

std::size_t whole(const Format& format, const std::string& content, const std::string& path) {
    std::string why;
    try {
        return format.whole(content);
    } catch (const Damaged& damaged) {
        why = damaged.why;
    }
    throw sdk::rejected("damaged", path + ": " + why + "; move it away or mend it");
}

}  // namespace

DirectoryLock::DirectoryLock(const std::string& directory)
    : directory_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (directory_ < 0) throw stop_for("cannot use", directory, errno);
    if (::flock(directory_, LOCK_EX | LOCK_NB) == 0) return;
    const int error = errno;
    ::close(directory_);
    throw sdk::retry("busy", words("another writes in", directory, error), 1'000);
}

DirectoryLock::~DirectoryLock() {
    ::close(directory_);
}

bool DirectoryLock::flush() const {
    return ::fsync(directory_) == 0;
}

void keep(sdk::Call& call, const DirectoryLock& lock, const std::string& path, const Format& format,
          const Entry& entry, std::string_view key) {
    const File file(path);
    std::string content = file.content();
    const std::size_t size = whole(format, content, path);
    if (size < content.size()) {
        file.cut(size);
        call.log(OH_LOG_WARN, path + ": cut off an entry whose writing had been cut short");
        content.resize(size);
    }
    if (format.has(content, key)) return;
    if (format.has_number(content, entry.number))
        throw sdk::rejected("double_number",
                            path + " has " + entry.number + " already, and not from this command");
    const std::string head = content.empty() ? format.head() : "";
    file.append(head + format.block(entry, key, head.empty() ? content : head), content.size());
    if (!head.empty() && !lock.flush())
        throw sdk::unknown("not_durable", words("cannot make sure of", path, errno));
}

void check_directory(const std::string& directory) {
    struct stat facts{};
    if (::stat(directory.c_str(), &facts) != 0)
        throw sdk::rejected("directory", words("cannot use", directory, errno));
    if (!S_ISDIR(facts.st_mode)) throw sdk::rejected("directory", directory + " is no directory");
    if (::access(directory.c_str(), R_OK | W_OK | X_OK) != 0)
        throw sdk::rejected("not_writable", words("cannot write in", directory, errno));
}

}  // namespace orderhub::journal
