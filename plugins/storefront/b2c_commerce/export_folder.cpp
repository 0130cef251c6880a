#include "export_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <tuple>

namespace orderhub::b2c_commerce {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLargest = 512LL << 20U;
constexpr std::size_t kPiece = 64U << 10U;
constexpr std::size_t kPiecesBetweenRests = 64;

std::string words_of(int error) {
    return std::generic_category().message(error);
}

std::int64_t to_ms(const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

ExportFile facts_of(std::string name, const struct stat& facts) {
    return {std::move(name), to_ms(facts.st_ctim), to_ms(facts.st_mtim), facts.st_size};
}

/// Who copies files gives them another ending, or a dot in front, until they are whole. Names go
/// into the cursor and the log, so they are plain text.
bool is_export_name(const std::string& name) {
    return name.ends_with(".xml") && !name.starts_with('.') &&
           std::ranges::all_of(name, [](char c) { return c >= ' ' && c <= '~'; });
}

class OpenFile {
public:
    explicit OpenFile(const std::string& path)
        : file_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)) {}
    ~OpenFile() {
        if (file_ >= 0) ::close(file_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    bool is_open() const { return file_ >= 0; }
    bool is_still(const ExportFile& file) const {
        struct stat facts{};
        return ::fstat(file_, &facts) == 0 && S_ISREG(facts.st_mode) &&
               facts_of(file.name, facts) == file;
    }
    /// Empty at its end. Throws Unreadable.
    std::string_view next(std::string& buffer) const {
        for (;;) {
            const ssize_t count = ::read(file_, buffer.data(), buffer.size());
            if (count >= 0) return {buffer.data(), static_cast<std::size_t>(count)};
            if (errno != EINTR) throw Unreadable(words_of(errno));
        }
    }

private:
    int file_;
};

std::vector<ExportedOrder> read_through(const OpenFile& file, const std::function<void()>& rest) {
    OrderExportReader reader;
    std::string buffer(kPiece, '\0');
    for (std::size_t pieces = 1;; ++pieces) {
        const std::string_view piece = file.next(buffer);
        if (piece.empty()) return reader.finish();
        reader.take(piece);
        if (pieces % kPiecesBetweenRests == 0) rest();
    }
}

}  // namespace

std::vector<ExportFile> export_files(const std::string& directory) {
    std::vector<ExportFile> files;
    std::error_code error;
    fs::directory_iterator each(directory, error);
    for (; !error && each != fs::directory_iterator(); each.increment(error)) {
        std::string name = each->path().filename().string();
        struct stat facts{};
        if (is_export_name(name) && ::lstat(each->path().c_str(), &facts) == 0 &&
            S_ISREG(facts.st_mode))
            files.push_back(facts_of(std::move(name), facts));
    }
    if (error) throw Unreadable(directory + " cannot be read: " + error.message());
    std::ranges::sort(files, {},
                      [](const ExportFile& file) { return std::tie(file.changed_ms, file.name); });
    return files;
}

ExportReading read_export(const std::string& directory, const ExportFile& file,
                          const std::function<void()>& rest) {
    if (file.size > kLargest) return {{}, "it has over 512 MiB, the most that is read"};
    const OpenFile open(directory + "/" + file.name);
    if (!open.is_open() && errno == ENOENT) return {{}, {}, true};
    if (!open.is_open()) return {{}, words_of(errno)};
    ExportReading reading;
    try {
        reading.orders = read_through(open, rest);
    } catch (const std::runtime_error& wrong) {
        reading.wrong = wrong.what();
    }
    if (!open.is_still(file)) return {{}, {}, true};
    return reading;
}

}  // namespace orderhub::b2c_commerce
