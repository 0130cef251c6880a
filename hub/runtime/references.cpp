#include "hub/runtime/references.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

namespace orderhub::runtime {

namespace {

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorKind::Invalid, "bad_secret", std::move(message));
}

Result<std::string> from_environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (!value || !*value) return refuse("the environment variable " + name + " is not set");
    return std::string(value);
}

Result<std::string> from_file(const std::string& path) {
    if (!path.starts_with('/')) return refuse("write an absolute path after file:");
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return refuse("the file " + path + " cannot be read");
    std::string text((std::istreambuf_iterator<char>(stream)), {});
    if (text.ends_with('\n')) text.pop_back();
    if (text.ends_with('\r')) text.pop_back();
    if (text.empty()) return refuse("the file " + path + " is empty");
    return text;
}

/// As systemd hands them over (LoadCredential=, SetCredentialEncrypted=).
Result<std::string> from_credential(const std::string& name) {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (!folder || !*folder)
        return refuse("there are no systemd credentials: CREDENTIALS_DIRECTORY is not set");
    if (name.empty() || name.contains('/'))
        return refuse("write a credential's name after credential:");
    return from_file(std::string(folder) + "/" + name);
}

}  // namespace

bool is_environment_reference(const std::string& text) {
    if (text.size() < 4 || !text.starts_with("${") || !text.ends_with('}')) return false;
    const auto name = std::string_view(text).substr(2, text.size() - 3);
    return std::ranges::all_of(name, [](char c) {
        return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               (c >= '0' && c <= '9');
    });
}

Result<std::string> resolve_secret(const std::string& reference) {
    constexpr std::string_view kFile = "file:";
    constexpr std::string_view kCredential = "credential:";
    constexpr std::string_view kPlain = "plain:";
    if (is_environment_reference(reference))
        return from_environment(reference.substr(2, reference.size() - 3));
    if (reference.starts_with(kFile)) return from_file(reference.substr(kFile.size()));
    if (reference.starts_with(kCredential))
        return from_credential(reference.substr(kCredential.size()));
    if (reference.starts_with(kPlain)) return reference.substr(kPlain.size());
    return refuse(
        "a secret is written as ${ENV_NAME}, file:/path or credential:NAME; to write it here in "
        "clear, put "
        "plain: in front");
}

}  // namespace orderhub::runtime
