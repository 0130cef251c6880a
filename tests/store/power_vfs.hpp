// A SQLite VFS over the default one that plays a power cut at a chosen call.
#pragma once

#include <cstdint>
#include <string>

#include "tests/store/power_disk.hpp"

namespace orderhub::test {

/// The VFS "orderhub-power": registered when first used, one disk for all who use it. The running
/// process works on real files through the operating system's cache; nothing is really synced.
class PowerVfs {
public:
    static PowerVfs& instance();

    /// A fresh disk. The power fails at the `at_call`th write, sync, truncation, removal or making
    /// of a file, counted from 1 (0: never): half of what that call writes is under way then, and
    /// it and all later ones fail.
    void begin(std::uint64_t at_call);
    std::uint64_t calls() const;
    bool is_out() const;
    /// Cuts the power now, if it is not out yet.
    void cut();
    /// Writes what is found after the cut into `folder`, each file under its own name.
    void restore(Survival survival, std::uint64_t seed, const std::string& folder) const;
};

}  // namespace orderhub::test
