#include "elf.hpp"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace orderhub::kit {
namespace {

auto malformed(std::string message) {
    return fail(ErrorKind::Invalid, "not_elf", std::move(message));
}

/// Copies a struct out of the file; false if it is not all there.
template <class Part>
bool read_at(const std::string& file, std::size_t offset, Part& part) {
    if (offset > file.size() || file.size() - offset < sizeof part) return false;
    std::memcpy(&part, file.data() + offset, sizeof part);
    return true;
}

std::string name_at(const std::string& file, std::size_t offset) {
    return offset < file.size() ? std::string(file.c_str() + offset) : std::string();
}

void read_symbols(const std::string& file, const Elf64_Shdr& table, const Elf64_Shdr& names,
                  std::vector<Symbol>& into) {
    for (std::size_t at = sizeof(Elf64_Sym); at < table.sh_size; at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        if (!read_at(file, table.sh_offset + at, symbol)) return;
        const unsigned binding = ELF64_ST_BIND(symbol.st_info);
        if (symbol.st_shndx == SHN_UNDEF || binding == STB_LOCAL) continue;
        into.push_back(
            {name_at(file, names.sh_offset + symbol.st_name), binding == STB_GNU_UNIQUE});
    }
}

}  // namespace

Result<std::vector<Symbol>> exported_symbols(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    const std::string file{std::istreambuf_iterator<char>(stream), {}};
    Elf64_Ehdr head;
    if (!read_at(file, 0, head) || std::memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 ||
        head.e_ident[EI_CLASS] != ELFCLASS64)
        return malformed("it is no 64-bit ELF file");
    std::vector<Symbol> symbols;
    for (std::size_t i = 0; i < head.e_shnum; ++i) {
        Elf64_Shdr section;
        Elf64_Shdr names;
        if (!read_at(file, head.e_shoff + i * head.e_shentsize, section))
            return malformed("its section table is cut off");
        if (section.sh_type != SHT_DYNSYM) continue;
        if (!read_at(file, head.e_shoff + section.sh_link * head.e_shentsize, names))
            return malformed("its symbol names are cut off");
        read_symbols(file, section, names, symbols);
    }
    return symbols;
}

}  // namespace orderhub::kit
