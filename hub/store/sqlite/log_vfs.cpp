#include "hub/store/sqlite/log_vfs.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>

namespace orderhub::store {

namespace {

/// SQLite's own VFS writes (n & 0x1ffff) of n bytes with one call: of 128 KiB it writes nothing, and
/// takes that for a full disk.
constexpr std::size_t kMostGathered = 124 * 1024;

struct GatheringVfs {
    sqlite3_vfs vfs{};  ///< first: SQLite gives its address back
    sqlite3_vfs* inner = nullptr;
    std::string name;
};

/// Lies in memory that SQLite gives, with the inner VFS's file behind it.
struct LogFile {
    sqlite3_file base{};  ///< first, as above
    sqlite3_file* real = nullptr;
    std::unique_ptr<char[]> gathered;
    std::size_t size = 0;  ///< of what was gathered
    sqlite3_int64 begin = 0;
};

/// Where the inner file begins.
constexpr std::size_t kBehind =
    (sizeof(LogFile) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);

LogFile& log_file(sqlite3_file* file) {
    return *reinterpret_cast<LogFile*>(file);
}

const sqlite3_io_methods& real_methods(const LogFile& log) {
    return *log.real->pMethods;
}

int hand_on(LogFile& log, const void* data, std::size_t size, sqlite3_int64 offset) {
    return real_methods(log).xWrite(log.real, data, static_cast<int>(size), offset);
}

// After a failure the transaction is undone, and what it had written is of no use.
int flush(LogFile& log) {
    const std::size_t size = log.size;
    log.size = 0;
    return size == 0 ? SQLITE_OK : hand_on(log, log.gathered.get(), size, log.begin);
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    LogFile& log = log_file(file);
    const auto bytes = static_cast<std::size_t>(size);
    const bool goes_on = offset == log.begin + static_cast<sqlite3_int64>(log.size);
    if (!goes_on || log.size + bytes > kMostGathered)
        if (const int code = flush(log); code != SQLITE_OK) return code;
    if (!log.gathered) log.gathered.reset(new (std::nothrow) char[kMostGathered]);
    if (!log.gathered || bytes > kMostGathered) return hand_on(log, data, bytes, offset);
    if (log.size == 0) log.begin = offset;
    std::memcpy(log.gathered.get() + log.size, data, bytes);
    log.size += bytes;
    return SQLITE_OK;
}

int read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    LogFile& log = log_file(file);
    const int code = flush(log);
    return code != SQLITE_OK ? code : real_methods(log).xRead(log.real, data, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    LogFile& log = log_file(file);
    const int code = flush(log);
    return code != SQLITE_OK ? code : real_methods(log).xTruncate(log.real, size);
}

int sync(sqlite3_file* file, int flags) {
    LogFile& log = log_file(file);
    const int code = flush(log);
    return code != SQLITE_OK ? code : real_methods(log).xSync(log.real, flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    LogFile& log = log_file(file);
    const int code = flush(log);
    return code != SQLITE_OK ? code : real_methods(log).xFileSize(log.real, size);
}

int close(sqlite3_file* file) {
    LogFile& log = log_file(file);
    const int flushed = flush(log);
    const int closed = real_methods(log).xClose(log.real);
    log.~LogFile();
    return flushed != SQLITE_OK ? flushed : closed;
}

int control(sqlite3_file* file, int what, void* with) {
    const LogFile& log = log_file(file);
    return real_methods(log).xFileControl(log.real, what, with);
}

int sector_size(sqlite3_file* file) {
    const LogFile& log = log_file(file);
    return real_methods(log).xSectorSize(log.real);
}

int characteristics(sqlite3_file* file) {
    const LogFile& log = log_file(file);
    return real_methods(log).xDeviceCharacteristics(log.real);
}

int no_lock(sqlite3_file*, int) {
    return SQLITE_OK;
}

int is_reserved(sqlite3_file*, int* out) {
    *out = 0;
    return SQLITE_OK;
}

constexpr sqlite3_io_methods methods() {
    sqlite3_io_methods table{};
    table.iVersion = 1;
    table.xClose = close;
    table.xRead = read;
    table.xWrite = write;
    table.xTruncate = truncate;
    table.xSync = sync;
    table.xFileSize = file_size;
    table.xLock = no_lock;
    table.xUnlock = no_lock;
    table.xCheckReservedLock = is_reserved;
    table.xFileControl = control;
    table.xSectorSize = sector_size;
    table.xDeviceCharacteristics = characteristics;
    return table;
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    static constexpr sqlite3_io_methods kMethods = methods();
    sqlite3_vfs* inner = reinterpret_cast<GatheringVfs*>(vfs)->inner;
    if ((flags & SQLITE_OPEN_WAL) == 0) return inner->xOpen(inner, path, file, flags, out_flags);
    auto* log = new (file) LogFile;
    log->real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + kBehind);
    const int code = inner->xOpen(inner, path, log->real, flags, out_flags);
    if (code == SQLITE_OK)
        log->base.pMethods = &kMethods;
    else
        log->~LogFile();
    return code;
}

}  // namespace

std::string gathering_vfs(const std::string& inner) {
    static std::mutex mutex;
    static std::map<std::string, GatheringVfs> known;
    const std::scoped_lock lock(mutex);
    const auto [place, is_new] = known.try_emplace(inner);
    GatheringVfs& made = place->second;
    if (!is_new) return made.name;
    made.inner = sqlite3_vfs_find(inner.empty() ? nullptr : inner.c_str());
    if (made.inner == nullptr) throw std::runtime_error("there is no SQLite VFS " + inner);
    made.name = "orderhub-gathering" + (inner.empty() ? "" : "-" + inner);
    made.vfs = *made.inner;
    made.vfs.pNext = nullptr;
    made.vfs.zName = made.name.c_str();
    made.vfs.szOsFile = static_cast<int>(kBehind) + made.inner->szOsFile;
    made.vfs.xOpen = open;
    if (sqlite3_vfs_register(&made.vfs, 0) != SQLITE_OK)
        throw std::runtime_error("SQLite does not take a VFS");
    return made.name;
}

}  // namespace orderhub::store
