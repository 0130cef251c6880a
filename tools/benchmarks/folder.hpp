// A temporary folder.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace orderhub::bench {

/// Made empty, and removed with the object. Throws std::runtime_error if it cannot be made.
class Folder {
public:
    Folder() {
        path_ = (std::filesystem::temp_directory_path() / "orderhub-bench-XXXXXX").string();
        if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace orderhub::bench
