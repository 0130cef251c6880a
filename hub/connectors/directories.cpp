#include "hub/connectors/directories.hpp"

#include <algorithm>
#include <filesystem>

namespace orderhub::connectors {

namespace {

namespace fs = std::filesystem;

fs::path normal(const std::string& path) {
    fs::path made = fs::path(path).lexically_normal();
    return made.has_filename() ? made : made.parent_path();
}

}  // namespace

std::vector<WantedDirectory> wanted_directories(const Manifest& manifest,
                                                const boost::json::object& config) {
    constexpr std::string_view kFromConfig = "config:";
    std::vector<WantedDirectory> wanted;
    for (const std::string& entry : manifest.directories) {
        if (!entry.starts_with(kFromConfig)) {
            wanted.push_back({entry, {}});
            continue;
        }
        const std::string key = entry.substr(kFromConfig.size());
        const auto* value = config.if_contains(key);
        if (value && value->is_string()) wanted.push_back({value->as_string().c_str(), key});
    }
    return wanted;
}

bool is_granted_directory(const std::vector<std::string>& granted, const std::string& path) {
    if (!path.starts_with('/')) return false;
    const fs::path wanted = normal(path);
    return std::ranges::any_of(granted, [&](const std::string& each) {
        const fs::path root = normal(each);
        return each.starts_with('/') &&
               std::ranges::mismatch(root, wanted).in1 == std::ranges::end(root);
    });
}

Result<void> check_directories(const Manifest& manifest, const boost::json::object& config,
                               const std::vector<std::string>& granted) {
    for (const WantedDirectory& wanted : wanted_directories(manifest, config))
        if (!is_granted_directory(granted, wanted.path))
            return fail(ErrorKind::Denied, "directory_not_granted",
                        "it needs the directory " + wanted.path + ", which is not granted");
    return {};
}

}  // namespace orderhub::connectors
