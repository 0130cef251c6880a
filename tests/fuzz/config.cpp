// The operator's file: it is loaded, or every complaint has words and a line that the file has.
#include "hub/runtime/config.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

#include "tests/fuzz/fuzz.hpp"

namespace orderhub::fuzz {
namespace {

using runtime::Complaint;

const std::string& path() {
    static const std::string path = [] {
        const auto folder = std::filesystem::temp_directory_path() /
                            ("orderhub-fuzz-" + std::to_string(::getpid()));
        std::filesystem::create_directory(folder);
        static const struct Remove {
            std::filesystem::path folder;
            ~Remove() {
                std::error_code ignored;
                std::filesystem::remove_all(folder, ignored);
            }
        } remove{folder};
        return (folder / "orderhub.yaml").string();
    }();
    return path;
}

void write(std::string_view text) {
    std::FILE* file = std::fopen(path().c_str(), "wb");
    require(file != nullptr, "the file can be written");
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
}

Result<connectors::Manifest> inspect(const std::string&, const connectors::LibraryTrust&) {
    connectors::Manifest manifest;
    manifest.name = "vendure";
    manifest.commands = {"refund.create"};
    manifest.hosts = {"config:base_url"};
    manifest.secrets = {"password"};
    manifest.poll_interval = std::chrono::seconds(60);
    manifest.config_schema =
        R"({"type": "object", "properties": {"base_url": {"type": "string"}}})";
    return manifest;
}

void check(const std::vector<Complaint>& complaints, long lines) {
    require(!complaints.empty(), "a refused file has a complaint");
    for (const auto& complaint : complaints) {
        require(!complaint.message.empty(), "a complaint has words");
        require(complaint.line >= 0 && complaint.line <= lines,
                "a complaint's line is in the file");
    }
}

}  // namespace
}  // namespace orderhub::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace orderhub;
    const auto text = fuzz::text_of(data, size);
    // A file: that a secret refers to is opened, wherever it is.
    if (text.contains("file:/")) return -1;
    fuzz::write(text);
    // The end of a file may be one line behind its last line break.
    const auto lines = std::ranges::count(text, '\n') + std::ranges::count(text, '\r') + 2;
    const auto base = runtime::load_base_config(fuzz::path());
    const auto whole = runtime::load_config(fuzz::path(), fuzz::inspect);
    if (!base) fuzz::check(base.error(), lines);
    if (!whole) fuzz::check(whole.error(), lines);
    fuzz::require(base.has_value() || !whole, "what is good as a whole is good in its base");
    return 0;
}
