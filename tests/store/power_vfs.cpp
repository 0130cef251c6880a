#include "tests/store/power_vfs.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <utility>

namespace orderhub::test {

namespace {

struct Power {
    std::mutex mutex;
    PowerDisk disk;
    std::uint64_t calls = 0;
    std::uint64_t fails_at = 0;
    bool is_out = false;
    std::map<sqlite3_file*, std::string> paths;
    std::map<sqlite3_file*, bool> syncs_folder;  ///< a new journal's or log's first sync does
    std::map<const sqlite3_io_methods*, sqlite3_io_methods> tables;
    std::map<sqlite3_file*, const sqlite3_io_methods*> real;
};

Power& power() {
    static Power one;
    return one;
}

sqlite3_vfs* real_vfs = nullptr;

// With the lock held: whether this call still takes place. `last` runs as the power goes.
template <class Last>
bool goes_on(Power& now, Last last) {
    if (now.is_out) return false;
    if (++now.calls != now.fails_at) return true;
    last();
    now.is_out = true;
    return false;
}

const sqlite3_io_methods& real_methods(sqlite3_file* file) {
    const std::scoped_lock lock(power().mutex);
    return *power().real.at(file);
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    const std::string_view bytes(static_cast<const char*>(data), static_cast<std::size_t>(size));
    {
        const std::scoped_lock lock(power().mutex);
        const auto& path = power().paths.at(file);
        if (!goes_on(power(),
                     [&] { power().disk.write(path, offset, bytes.substr(0, bytes.size() / 2)); }))
            return SQLITE_IOERR_WRITE;
        power().disk.write(path, offset, bytes);
    }
    return real_methods(file).xWrite(file, data, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    {
        const std::scoped_lock lock(power().mutex);
        if (!goes_on(power(), [] {})) return SQLITE_IOERR_TRUNCATE;
        power().disk.truncate(power().paths.at(file), size);
    }
    return real_methods(file).xTruncate(file, size);
}

int sync(sqlite3_file* file, int) {
    const std::scoped_lock lock(power().mutex);
    if (!goes_on(power(), [] {})) return SQLITE_IOERR_FSYNC;
    power().disk.sync(power().paths.at(file));
    if (std::exchange(power().syncs_folder[file], false)) power().disk.sync_folder();
    return SQLITE_OK;
}

int close(sqlite3_file* file) {
    const auto& methods = real_methods(file);
    {
        const std::scoped_lock lock(power().mutex);
        power().paths.erase(file);
        power().syncs_folder.erase(file);
        power().real.erase(file);
    }
    return methods.xClose(file);
}

void exchange_table(sqlite3_file* file) {
    const auto* real = file->pMethods;
    power().real[file] = real;
    const auto [place, is_new] = power().tables.try_emplace(real);
    if (is_new) {
        place->second = *real;
        place->second.xWrite = write;
        place->second.xTruncate = truncate;
        place->second.xSync = sync;
        place->second.xClose = close;
    }
    file->pMethods = &place->second;
}

std::optional<std::string> content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    const std::scoped_lock lock(power().mutex);
    if (name == nullptr) return real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
    const auto content = content_of(name);
    file->pMethods = nullptr;
    const bool is_made = !content && (flags & SQLITE_OPEN_CREATE) != 0;
    if (is_made && !goes_on(power(), [] {})) return SQLITE_CANTOPEN;
    const int code = real_vfs->xOpen(real_vfs, name, file, flags, out_flags);
    if (code != SQLITE_OK || file->pMethods == nullptr) return code;
    exchange_table(file);
    power().paths[file] = name;
    power().disk.know(name, content);
    power().syncs_folder[file] = !content && (flags & SQLITE_OPEN_MAIN_DB) == 0;
    return code;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
    {
        const std::scoped_lock lock(power().mutex);
        if (!goes_on(power(), [] {})) return SQLITE_IOERR_DELETE;
        power().disk.remove(name);
        if (sync_folder != 0) power().disk.sync_folder();
    }
    return real_vfs->xDelete(real_vfs, name, 0);
}

void register_once() {
    static sqlite3_vfs vfs = [] {
        real_vfs = sqlite3_vfs_find(nullptr);
        sqlite3_vfs copy = *real_vfs;
        copy.zName = "orderhub-power";
        copy.pNext = nullptr;
        copy.xOpen = open;
        copy.xDelete = remove;
        return copy;
    }();
    static const int registered = sqlite3_vfs_register(&vfs, 0);
    static_cast<void>(registered);
}

}  // namespace

PowerVfs& PowerVfs::instance() {
    static PowerVfs one;
    register_once();
    return one;
}

void PowerVfs::begin(std::uint64_t at_call) {
    const std::scoped_lock lock(power().mutex);
    power().disk = {};
    power().calls = 0;
    power().fails_at = at_call;
    power().is_out = false;
}

std::uint64_t PowerVfs::calls() const {
    const std::scoped_lock lock(power().mutex);
    return power().calls;
}

bool PowerVfs::is_out() const {
    const std::scoped_lock lock(power().mutex);
    return power().is_out;
}

void PowerVfs::cut() {
    const std::scoped_lock lock(power().mutex);
    power().is_out = true;
}

void PowerVfs::restore(Survival survival, std::uint64_t seed, const std::string& folder) const {
    const std::scoped_lock lock(power().mutex);
    for (const auto& [path, content] : power().disk.after_cut(survival, seed)) {
        std::ofstream file(std::filesystem::path(folder) / std::filesystem::path(path).filename(),
                           std::ios::binary);
        file << content;
    }
}

}  // namespace orderhub::test
