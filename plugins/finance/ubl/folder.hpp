// The directory that the files are left in: looked at and written under a lock, each file whole or
// not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <orderhub/call.hpp>
#include <string>

namespace orderhub::ubl {

class Folder {
public:
    /// `taken` is where files are moved once they were handed over; it need not be there.
    Folder(std::string directory, std::string taken);

    /// Throws Stop (rejected) that says what is wrong with the directory.
    void check() const;

    /// The content of `name` in the directory or where it was taken to; nothing if it is in
    /// neither. Throws Stop (retry) if that cannot be told.
    std::optional<std::string> find(const std::string& name) const;

    /// Brings `name` into the directory, on the disk and whole. Throws Stop: retry if nothing of it
    /// is visible, unknown if it is but may not outlast a power cut.
    void publish(const std::string& name, const std::string& content) const;

    /// Keeps other writers out as long as it lives. Throws Stop (retry "busy") while another has
    /// it.
    class Lock {
    public:
        explicit Lock(const Folder& folder);
        ~Lock();
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;

    private:
        int directory_;
    };

private:
    std::string directory_;
    std::string taken_;
};

}  // namespace orderhub::ubl
