#include "hub/connectors/library.hpp"

#include <dlfcn.h>

#include <boost/dll/shared_library.hpp>
#include <filesystem>
#include <optional>
#include <string_view>

#include "hub/connectors/connector_table.hpp"
#include "hub/connectors/manifest.hpp"

namespace orderhub::connectors {
namespace {

namespace dll = boost::dll;

auto refused(const std::string& path, std::string code, const std::string& why,
             std::string field = {}) {
    return fail(ErrorKind::Invalid, std::move(code), path + ": " + why, std::move(field));
}

/// Lines of system_error carry several texts; the first line is what the loader said.
std::string first_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
}

Result<void> check_functions(const std::string& path, const oh_connector& table,
                             const Manifest& manifest) {
    const auto lacks = [&](std::string_view function, std::string_view entry) {
        return refused(path, "bad_manifest",
                       "its manifest has \"" + std::string(entry) +
                           "\", but it lacks the function " + std::string(function));
    };
    if (manifest.webhook && !table.receive) return lacks("receive", "webhook");
    if (manifest.poll_interval && !table.poll) return lacks("poll", "poll");
    if (!manifest.commands.empty() && !table.execute) return lacks("execute", "commands");
    return {};
}

/// A library that is mapped, and its bytes as long as the loader may know them by their place.
class Mapping {
public:
    /// Throws boost::system::system_error.
    Mapping(const std::string& place, std::optional<LibraryFile> file)
        : file_(std::move(file)),
          place_(place),
          library_(place, dll::load_mode::rtld_now | dll::load_mode::rtld_local) {}
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() {
        library_.unload();
        // One that cannot be unloaded keeps its descriptor for ever, or the next library to have
        // that number would be taken for it.
        if (file_ && ::dlopen(place_.c_str(), RTLD_NOW | RTLD_NOLOAD))
            static_cast<void>(new LibraryFile(*file_));  // NOLINT: on purpose
    }
    const dll::shared_library& library() const { return library_; }

private:
    std::optional<LibraryFile> file_;
    std::string place_;
    dll::shared_library library_;
};

Result<Library> read(const std::string& path, const std::shared_ptr<const Mapping>& mapped) {
    const dll::shared_library& library = mapped->library();
    if (!library.has(kConnectorSymbol))
        return refused(path, "not_a_connector", "it exports no orderhub_connector");
    const auto& table = library.get<const oh_connector>(kConnectorSymbol);
    if (const auto complaint = table_complaint(table); !complaint.code.empty())
        return refused(path, complaint.code, complaint.message);
    const oh_str text = table.describe();
    auto manifest = parse_manifest({text.len == 0 ? "" : text.data, text.len});
    if (!manifest)
        return refused(path, manifest.error().code, manifest.error().message,
                       manifest.error().field);
    ORDERHUB_TRY(check_functions(path, table, *manifest));
    return Library{mapped, &table, std::move(*manifest)};
}

Result<Library> load(const std::string& path, const std::string& place,
                     std::optional<LibraryFile> file) {
    try {
        return read(path, std::make_shared<const Mapping>(place, std::move(file)));
    } catch (const boost::system::system_error& error) {
        return refused(path, "not_a_connector", "it cannot be loaded: " + first_line(error.what()));
    }
}

}  // namespace

Result<Library> load_library(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return refused(path, "not_found", "there is no such file");
    return load(path, path, std::nullopt);
}

Result<Library> load_library(const LibraryFile& file) {
    return load(file.path(), "/proc/self/fd/" + std::to_string(file.descriptor()), file);
}

}  // namespace orderhub::connectors
