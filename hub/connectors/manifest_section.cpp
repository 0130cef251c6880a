#include "hub/connectors/manifest_section.hpp"

#include <elf.h>
#include <orderhub/connector.h>

#include <bit>
#include <cstdint>
#include <cstring>

namespace orderhub::connectors {
namespace {

constexpr unsigned char kOurOrder =
    std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;

/// Nothing if it does not lie within the bytes.
std::optional<std::string_view> part(std::string_view bytes, std::uint64_t begin,
                                     std::uint64_t size) {
    if (begin > bytes.size() || size > bytes.size() - begin) return std::nullopt;
    return bytes.substr(begin, size);
}

template <class T>
std::optional<T> read(std::string_view bytes, std::uint64_t begin) {
    const auto found = part(bytes, begin, sizeof(T));
    if (!found) return std::nullopt;
    T value;
    std::memcpy(&value, found->data(), sizeof value);
    return value;
}

bool is_library(const Elf64_Ehdr& header) {
    return std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
           header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == kOurOrder &&
           header.e_type == ET_DYN && header.e_shentsize == sizeof(Elf64_Shdr);
}

std::optional<Elf64_Shdr> section(std::string_view library, const Elf64_Ehdr& header,
                                  std::uint64_t index) {
    const auto offset = index * sizeof(Elf64_Shdr);
    if (header.e_shoff > library.size()) return std::nullopt;
    return read<Elf64_Shdr>(library, header.e_shoff + offset);
}

bool has_name(std::string_view names, const Elf64_Shdr& found) {
    constexpr std::string_view kName = OH_MANIFEST_SECTION;
    const auto name = part(names, found.sh_name, kName.size() + 1);
    return name && name->substr(0, kName.size()) == kName && name->back() == '\0';
}

}  // namespace

std::optional<std::string> manifest_section(std::string_view library) {
    const auto header = read<Elf64_Ehdr>(library, 0);
    if (!header || !is_library(*header)) return std::nullopt;
    const auto names_at = section(library, *header, header->e_shstrndx);
    const auto names =
        names_at ? part(library, names_at->sh_offset, names_at->sh_size) : std::nullopt;
    if (!names) return std::nullopt;
    for (std::uint64_t i = 0; i < header->e_shnum; ++i) {
        const auto found = section(library, *header, i);
        if (!found) return std::nullopt;
        if (!has_name(*names, *found)) continue;
        const auto text = part(library, found->sh_offset, found->sh_size);
        if (!text || found->sh_type == SHT_NOBITS) return std::nullopt;
        return std::string(text->substr(0, text->find('\0')));
    }
    return std::string();
}

}  // namespace orderhub::connectors
