#include "hub/connectors/library.hpp"

#include <boost/dll/shared_library.hpp>
#include <cstddef>
#include <filesystem>
#include <string_view>

#include "hub/connectors/manifest.hpp"

namespace orderhub::connectors {
namespace {

constexpr const char* kSymbol = "orderhub_connector";
/// The table of ABI 1.0: what every connector has.
constexpr std::size_t kSmallestTable = offsetof(oh_connector, get_extension);

auto refused(const std::string& path, std::string code, const std::string& why,
             std::string field = {}) {
    return fail(ErrorKind::Invalid, std::move(code), path + ": " + why, std::move(field));
}

/// Lines of system_error carry several texts; the first line is what the loader said.
std::string first_line(std::string_view text) {
    return std::string(text.substr(0, text.find('\n')));
}

Result<void> check_header(const std::string& path, const oh_connector& table) {
    if (table.magic != OH_MAGIC)
        return refused(path, "not_a_connector",
                       "its orderhub_connector has the wrong magic number");
    const std::string version =
        std::to_string(table.abi_major) + "." + std::to_string(table.abi_minor);
    const std::string ours = std::to_string(OH_ABI_MAJOR) + "." + std::to_string(OH_ABI_MINOR);
    if (table.abi_major > OH_ABI_MAJOR)
        return refused(path, "abi_too_new", "it needs ABI " + version + ", this hub has " + ours);
    if (table.abi_major < OH_ABI_MAJOR)
        return refused(path, "abi_too_old",
                       "it was built for ABI " + version + ", this hub has " + ours);
    if (table.size < kSmallestTable)
        return refused(path, "not_a_connector",
                       "its orderhub_connector has " + std::to_string(table.size) +
                           " bytes, at least " + std::to_string(kSmallestTable) + " are needed");
    return {};
}

Result<void> check_functions(const std::string& path, const oh_connector& table,
                             const Manifest& manifest) {
    if (!table.create || !table.check || !table.destroy)
        return refused(path, "not_a_connector", "it lacks create, check or destroy");
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

Result<Library> read(const std::string& path,
                     std::shared_ptr<const boost::dll::shared_library> mapped) {
    if (!mapped->has(kSymbol))
        return refused(path, "not_a_connector", "it exports no orderhub_connector");
    const auto& table = mapped->get<const oh_connector>(kSymbol);
    ORDERHUB_TRY(check_header(path, table));
    if (!table.describe) return refused(path, "not_a_connector", "it lacks describe");
    const oh_str text = table.describe();
    auto manifest = parse_manifest({text.len == 0 ? "" : text.data, text.len});
    if (!manifest)
        return refused(path, manifest.error().code, manifest.error().message,
                       manifest.error().field);
    ORDERHUB_TRY(check_functions(path, table, *manifest));
    return Library{std::move(mapped), &table, std::move(*manifest)};
}

}  // namespace

Result<Library> load_library(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return refused(path, "not_found", "there is no such file");
    namespace dll = boost::dll;
    try {
        return read(path, std::make_shared<const dll::shared_library>(
                              path, dll::load_mode::rtld_now | dll::load_mode::rtld_local));
    } catch (const boost::system::system_error& error) {
        return refused(path, "not_a_connector", "it cannot be loaded: " + first_line(error.what()));
    }
}

}  // namespace orderhub::connectors
