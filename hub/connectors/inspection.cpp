#include "hub/connectors/inspection.hpp"

#include <fstream>
#include <sstream>

#include "hub/connectors/installation.hpp"
#include "hub/connectors/library.hpp"
#include "hub/connectors/manifest.hpp"
#include "hub/connectors/signature.hpp"

namespace orderhub::connectors {
namespace {

/// Longer ones are none.
constexpr std::streamsize kMostSignatureBytes = 16 * 1024;

std::unexpected<Error> about(const LibraryFile& file, Error error) {
    error.message = file.path() + ": " + error.message;
    return std::unexpected(std::move(error));
}

std::optional<std::string> signature_beside(const LibraryFile& file) {
    std::ifstream input(file.path() + ".minisig", std::ios::binary);
    if (!input) return std::nullopt;
    std::string text(kMostSignatureBytes, '\0');
    input.read(text.data(), kMostSignatureBytes);
    text.resize(static_cast<std::size_t>(input.gcount()));
    return text;
}

Result<std::vector<PublicKey>> parsed(const std::vector<std::string>& keys) {
    std::vector<PublicKey> all;
    for (const std::string& text : keys) {
        const auto key = parse_public_key(text);
        if (!key) return std::unexpected(key.error());
        all.push_back(*key);
    }
    return all;
}

struct Checked {
    Signature signature;
    Result<void> verdict;
};

/// Nothing if there is no signature.
Result<std::optional<Checked>> checked(const LibraryFile& file,
                                       const std::vector<std::string>& keys) {
    const auto known = parsed(keys);
    if (!known) return std::unexpected(known.error());
    const auto text = signature_beside(file);
    if (!text) return std::optional<Checked>();
    auto signature = parse_signature(*text);
    if (!signature) return std::unexpected(signature.error());
    auto verdict = verify_signature(*signature, file.bytes(), *known);
    return std::optional(Checked{std::move(*signature), std::move(verdict)});
}

}  // namespace

Result<SignatureFacts> check_signature(const LibraryFile& file,
                                       const std::vector<std::string>& keys) {
    const auto found = checked(file, keys);
    SignatureFacts facts;
    if (!found) {
        if (found.error().code == "bad_key") return std::unexpected(found.error());
        facts.is_there = facts.is_wrong = true;
        facts.complaint = found.error().message;
    } else if (*found) {
        facts.is_there = true;
        facts.key_id = key_id_text((*found)->signature.key_id);
        facts.is_good = (*found)->verdict.has_value();
        if (facts.is_good)
            facts.trusted_comment = (*found)->signature.trusted_comment;
        else
            facts.complaint = (*found)->verdict.error().message;
        facts.is_wrong = !facts.is_good && (*found)->verdict.error().code != "unknown_key";
    }
    return facts;
}

Result<void> check_trust(const LibraryFile& file, const LibraryTrust& trust) {
    if (trust.may_be_unsigned) return {};
    const auto found = checked(file, trust.keys);
    if (!found) return about(file, found.error());
    if (!*found)
        return fail(ErrorKind::Denied, "unsigned",
                    file.path() + ": it is not signed: there is no " + file.path() + ".minisig");
    if ((*found)->verdict) return {};
    return about(file, (*found)->verdict.error());
}

Result<Manifest> manifest_of(const LibraryFile& file) {
    const auto text = file.manifest();
    if (!text) return std::unexpected(text.error());
    if (text->empty())
        return fail(ErrorKind::Invalid, "bad_manifest",
                    file.path() + ": it has no section " OH_MANIFEST_SECTION
                                  " with its manifest (OH_MANIFEST of connector.h)");
    auto manifest = parse_manifest(*text);
    if (!manifest) return about(file, manifest.error());
    return manifest;
}

Result<Manifest> inspect_library(const std::string& path, const LibraryTrust& trust) {
    const auto file = LibraryFile::read(path);
    if (!file) return std::unexpected(file.error());
    const bool is_own = is_own_library(path);
    if (!is_own) ORDERHUB_TRY(check_trust(*file, trust));
    auto manifest = manifest_of(*file);
    if (manifest || !is_own || manifest.error().code != "bad_manifest") return manifest;
    auto loaded = load_library(path);
    if (!loaded) return std::unexpected(loaded.error());
    return std::move(loaded->manifest);
}

}  // namespace orderhub::connectors
