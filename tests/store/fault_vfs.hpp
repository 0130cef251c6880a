// A SQLite VFS over the default one that counts fsyncs and fails on command.
#pragma once

#include <atomic>
#include <cstdint>

namespace orderhub::test {

struct Faults {
    std::atomic<std::uint64_t> syncs{0};
    std::atomic<bool> disk_full{false};    ///< every write gives SQLITE_FULL
    std::atomic<bool> write_fails{false};  ///< every write gives SQLITE_IOERR_WRITE
    std::atomic<bool> read_only{false};    ///< every write gives SQLITE_READONLY
    std::atomic<bool> sync_fails{false};   ///< every fsync gives SQLITE_IOERR_FSYNC
};

/// Registers the VFS "orderhub-fault" (once) and gives its switches, which all its files share.
Faults& fault_vfs();

}  // namespace orderhub::test
