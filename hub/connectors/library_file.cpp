#include "hub/connectors/library_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>

#include "hub/connectors/manifest_section.hpp"

namespace orderhub::connectors {
namespace {

constexpr off_t kMostBytes = off_t{256} * 1024 * 1024;

class OpenFile {
public:
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int get() const { return descriptor_; }

private:
    int descriptor_;
};

auto refused(const std::string& path, const char* code, const std::string& why) {
    return fail(ErrorKind::Invalid, code, path + ": " + why);
}

/// False if not all of it could be copied.
bool copy_all(int from, int to, off_t size) {
    while (size > 0) {
        const ssize_t count = ::sendfile(to, from, nullptr, static_cast<std::size_t>(size));
        if (count <= 0) return false;
        size -= count;
    }
    return true;
}

bool seal(int file) {
    return ::fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) ==
           0;
}

}  // namespace

struct LibraryFile::Copy {
    explicit Copy(int descriptor) : file(descriptor) {}
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;
    ~Copy() {
        if (size > 0) ::munmap(start, size);
    }

    OpenFile file;
    void* start = nullptr;
    std::size_t size = 0;
};

Result<LibraryFile> LibraryFile::read(const std::string& path) {
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts{};
    if (file.get() < 0 || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return refused(path, "not_found", "there is no such file");
    if (facts.st_size == 0 || facts.st_size > kMostBytes)
        return refused(path, "not_a_connector", "it cannot be loaded: it has no usable size");
    const auto name = std::filesystem::path(path).filename().string();
    auto copy =
        std::make_shared<Copy>(::memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (copy->file.get() < 0 || !copy_all(file.get(), copy->file.get(), facts.st_size) ||
        !seal(copy->file.get()))
        return refused(path, "not_a_connector", "it cannot be read into memory");
    const auto size = static_cast<std::size_t>(facts.st_size);
    void* start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, copy->file.get(), 0);
    if (start == MAP_FAILED)
        return refused(path, "not_a_connector", "it cannot be read into memory");
    copy->start = start;
    copy->size = size;
    return LibraryFile(path, std::move(copy));
}

std::string_view LibraryFile::bytes() const {
    return {static_cast<const char*>(copy_->start), copy_->size};
}

int LibraryFile::descriptor() const {
    return copy_->file.get();
}

Result<std::string> LibraryFile::manifest() const {
    auto found = manifest_section(bytes());
    if (!found) return refused(path_, "not_a_connector", "it is no library of this machine");
    return std::move(*found);
}

}  // namespace orderhub::connectors
