#include "hub/runtime/inspect.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <iostream>

#include "hub/connectors/inspection.hpp"
#include "hub/connectors/installation.hpp"
#include "hub/runtime/config.hpp"

namespace orderhub::runtime {

namespace {

namespace json = boost::json;

struct Found {
    connectors::Manifest manifest;
    connectors::SignatureFacts signature;
    bool is_own = false;
};

Result<std::vector<std::string>> trusted_keys(const std::string& config_path) {
    if (config_path.empty()) return std::vector<std::string>();
    const auto config = load_base_config(config_path);
    if (config) return config->trusted_keys;
    return fail(ErrorKind::Invalid, "bad_configuration", config.error().front().text());
}

Result<Found> look(const std::string& library, const std::string& config_path) {
    const auto keys = trusted_keys(config_path);
    if (!keys) return std::unexpected(keys.error());
    const auto file = connectors::LibraryFile::read(library);
    if (!file) return std::unexpected(file.error());
    auto manifest = connectors::manifest_of(*file);
    if (!manifest) return std::unexpected(manifest.error());
    auto signature = connectors::check_signature(*file, *keys);
    if (!signature) return std::unexpected(signature.error());
    return Found{std::move(*manifest), std::move(*signature), connectors::is_own_library(library)};
}

/// A word for programs.
const char* verdict(const connectors::SignatureFacts& signature) {
    if (!signature.is_there) return "none";
    if (signature.is_good) return "good";
    return signature.is_wrong ? "wrong" : "unknown_key";
}

json::object document(const std::string& library, const Found& found) {
    const auto& manifest = found.manifest;
    json::object permissions{{"hosts", json::value_from(manifest.hosts)},
                             {"directories", json::value_from(manifest.directories)},
                             {"records", json::value_from(manifest.records)},
                             {"commands", json::value_from(manifest.commands)},
                             {"secrets", json::value_from(manifest.secrets)}};
    json::object signature{{"verdict", verdict(found.signature)},
                           {"key", found.signature.key_id},
                           {"trusted_comment", found.signature.trusted_comment},
                           {"message", found.signature.complaint}};
    return {{"library", library},
            {"own", found.is_own},
            {"permissions", std::move(permissions)},
            {"signature", std::move(signature)},
            {"manifest", json::parse(manifest.text)}};
}

std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const auto& each : list)
        text += (text.empty() ? "" : ", ") + each;
    return text.empty() ? "none" : text;
}

std::string signature_line(const connectors::SignatureFacts& signature) {
    if (!signature.is_there) return "none";
    if (signature.is_good) return "good, by " + signature.key_id + ": " + signature.trusted_comment;
    return signature.complaint;
}

/// What a terminal must not be told by a file that nobody trusts yet.
std::string printable(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') c = '?';
    return text;
}

void print(const Found& found) {
    const auto& manifest = found.manifest;
    const auto line = [](const char* name, const std::string& value) {
        std::cout << name << printable(value) << "\n";
    };
    line("connector  ", manifest.name + " " + manifest.version + " (" + manifest.kind + ", " +
                            manifest.stability + ")");
    line("summary    ", manifest.summary);
    line("signature  ", signature_line(found.signature));
    line("hosts      ", joined(manifest.hosts));
    line("directories", " " + joined(manifest.directories));
    line("records    ", joined(manifest.records));
    line("commands   ", joined(manifest.commands));
    line("secrets    ", joined(manifest.secrets));
    if (found.is_own) line("", "It lies in the hub's own folder and needs no signature.");
}

}  // namespace

int inspect_connector(const std::string& library, const std::string& config_path, bool as_json) {
    const auto found = look(library, config_path);
    if (!found) {
        std::cerr << "orderhub: " << printable(found.error().message) << "\n";
        return 1;
    }
    if (as_json)
        std::cout << json::serialize(document(library, *found)) << "\n";
    else
        print(*found);
    return found->signature.is_wrong ? 1 : 0;
}

}  // namespace orderhub::runtime
