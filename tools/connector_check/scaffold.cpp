#include "scaffold.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace orderhub::kit {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMarker = "SCAFFOLD:";
constexpr std::size_t kMostBytes = 1024UL * 1024;

bool is_text_file(const fs::path& path) {
    static const std::set<std::string> kKinds{".c",    ".h",    ".cpp",  ".hpp", ".rs",
                                              ".md",   ".json", ".yaml", ".yml", ".txt",
                                              ".toml", ".py",   ".cmake"};
    return kKinds.contains(path.extension().string());
}

void find_in(const fs::path& path, const std::string& shown, std::vector<std::string>& places) {
    std::ifstream file(path);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const std::size_t at = line.find(kMarker);
        if (at == line.npos) continue;
        const std::string words = line.substr(at + kMarker.size());
        places.push_back(shown + ":" + std::to_string(number) + ":" + words.substr(0, 100));
    }
}

bool is_build_folder(const fs::path& path) {
    return fs::exists(path / "CMakeCache.txt") || path.filename() == ".git" ||
           path.filename() == "target";
}

}  // namespace

std::vector<std::string> scaffold_markers(const Options& options) {
    std::vector<std::string> places;
    if (options.check_file.empty()) return places;
    fs::path folder = fs::absolute(options.check_file).parent_path();
    if (folder.filename() == "check") folder = folder.parent_path();
    std::error_code ignored;
    for (auto entry = fs::recursive_directory_iterator(folder, ignored);
         entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
        if (entry->is_directory() && is_build_folder(entry->path()))
            entry.disable_recursion_pending();
        if (entry->is_regular_file() && is_text_file(entry->path()) &&
            entry->file_size() < kMostBytes)
            find_in(entry->path(), fs::relative(entry->path(), folder).string(), places);
    }
    std::ranges::sort(places);
    return places;
}

}  // namespace orderhub::kit
