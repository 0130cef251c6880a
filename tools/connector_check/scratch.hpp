// Directories for connectors that keep files: {{directory}} of the check file.
#pragma once

#include <string>

namespace orderhub::kit {

/// A directory that child processes inherit, there as long as the kit runs. Throws
/// std::runtime_error if none can be made.
class ScratchDirectory {
public:
    ScratchDirectory();
    ~ScratchDirectory();
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

private:
    std::string path_;
};

/// In a clause's process: its own part of what it inherited, which its errands inherit in turn.
std::string own_directory(const std::string& clause);
std::string inherited_directory();

}  // namespace orderhub::kit
