#include "hub/connectors/installation.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace orderhub::connectors {
namespace {

namespace fs = std::filesystem;

fs::path program_folder() {
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

}  // namespace

std::string connector_program() {
    return (program_folder() / "orderhub-connector").string();
}

std::vector<std::string> own_folders() {
    const fs::path base = program_folder().parent_path();
    return {(base / "connectors").string(), (base / "lib/orderhub/connectors").string()};
}

bool is_own_library(const std::string& path) {
    std::error_code error;
    const fs::path folder = fs::canonical(path, error).parent_path();
    if (error) return false;
    return std::ranges::any_of(own_folders(), [&](const std::string& own) {
        return fs::equivalent(folder, own, error) && !error;
    });
}

}  // namespace orderhub::connectors
