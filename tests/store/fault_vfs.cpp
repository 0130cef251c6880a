#include "tests/store/fault_vfs.hpp"

#include <sqlite3.h>

#include <map>
#include <mutex>

namespace orderhub::test {

namespace {

Faults faults;
sqlite3_vfs* real_vfs = nullptr;
// The real VFS opens its own file object into the memory given; only its table of functions is
// exchanged for a copy with two of them replaced. It has one table for the database and another for
// its log.
struct Table {
    sqlite3_io_methods faulty{};  // first, so that a file's table leads back to the whole
    const sqlite3_io_methods* real = nullptr;
};

const sqlite3_io_methods& real_methods(sqlite3_file* file) {
    return *reinterpret_cast<const Table*>(file->pMethods)->real;
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    if (faults.disk_full) return SQLITE_FULL;
    if (faults.write_fails) return SQLITE_IOERR_WRITE;
    if (faults.read_only) return SQLITE_READONLY;
    return real_methods(file).xWrite(file, data, size, offset);
}

int sync(sqlite3_file* file, int flags) {
    if (faults.sync_fails) return SQLITE_IOERR_FSYNC;
    ++faults.syncs;
    return real_methods(file).xSync(file, flags);
}

const sqlite3_io_methods* faulty_table(const sqlite3_io_methods* real) {
    static std::mutex mutex;
    static std::map<const sqlite3_io_methods*, Table> tables;
    const std::scoped_lock lock(mutex);
    const auto [place, added] = tables.try_emplace(real);
    if (added) {
        place->second.faulty = *real;
        place->second.faulty.xWrite = write;
        place->second.faulty.xSync = sync;
        place->second.real = real;
    }
    return &place->second.faulty;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    const int code = real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
    if (file->pMethods != nullptr) file->pMethods = faulty_table(file->pMethods);
    return code;
}

}  // namespace

Faults& fault_vfs() {
    static sqlite3_vfs vfs = [] {
        real_vfs = sqlite3_vfs_find(nullptr);
        sqlite3_vfs copy = *real_vfs;
        copy.zName = "orderhub-fault";
        copy.pNext = nullptr;
        copy.xOpen = open;
        return copy;
    }();
    static const int registered = sqlite3_vfs_register(&vfs, 0);
    static_cast<void>(registered);
    return faults;
}

}  // namespace orderhub::test
