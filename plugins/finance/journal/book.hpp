// The files of the journal on the disk: entries are added at the end, whole and once.
#pragma once

#include <orderhub/call.hpp>
#include <string>

#include "format.hpp"

namespace orderhub::journal {

/// Keeps other writers out of a directory as long as it lives.
class DirectoryLock {
public:
    /// Throws Stop: retry "directory" or "not_writable" if it cannot be used, "busy" while another
    /// has it.
    explicit DirectoryLock(const std::string& directory);
    ~DirectoryLock();
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;

    /// Brings new names in the directory to the disk; false if that failed.
    bool flush() const;

private:
    int directory_;
};

/// Brings the entry into the file at `path`, unless it is there, after cutting off what a killed
/// attempt left of one. Throws Stop: retry if nothing of the entry is left in the file, unknown if
/// it may not outlast a power cut, rejected "double_number" and "damaged".
void keep(sdk::Call& call, const DirectoryLock& lock, const std::string& path, const Format& format,
          const Entry& entry, std::string_view key);

/// Throws Stop (rejected) that says what is wrong with the directory.
void check_directory(const std::string& directory);

}  // namespace orderhub::journal
