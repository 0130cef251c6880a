#include "scratch.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace orderhub::kit {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVariable = "ORDERHUB_KIT_DIRECTORY";

}  // namespace

ScratchDirectory::ScratchDirectory()
    : path_((fs::temp_directory_path() / "orderhub-kit-XXXXXX").string()) {
    if (!::mkdtemp(path_.data())) throw std::runtime_error("cannot make the directory " + path_);
    ::setenv(kVariable, path_.c_str(), 1);
}

ScratchDirectory::~ScratchDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string own_directory(const std::string& clause) {
    const std::string path = inherited_directory() + "/" + clause;
    fs::create_directories(path);
    ::setenv(kVariable, path.c_str(), 1);
    return path;
}

std::string inherited_directory() {
    const char* inherited = std::getenv(kVariable);
    return inherited ? inherited : fs::temp_directory_path().string();
}

}  // namespace orderhub::kit
