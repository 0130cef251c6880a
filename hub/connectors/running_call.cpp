#include "hub/connectors/running_call.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>

namespace orderhub::connectors {

int RunningCall::make_memory() {
    const int memory = ::memfd_create("running-call", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0) return -1;
    // Sealed: a process that made it shorter would end the hub as it looks.
    constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    if (::ftruncate(memory, sizeof(std::uint32_t)) == 0 &&
        ::fcntl(memory, F_ADD_SEALS, kSeals) == 0)
        return memory;
    ::close(memory);
    return -1;
}

RunningCall::RunningCall(int descriptor) {
    void* const place =
        ::mmap(nullptr, sizeof(std::uint32_t), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (place != MAP_FAILED) number_ = static_cast<std::uint32_t*>(place);
}

RunningCall::~RunningCall() {
    if (number_) ::munmap(number_, sizeof(std::uint32_t));
}

void RunningCall::set(std::uint32_t call) {
    if (number_) std::atomic_ref(*number_).store(call, std::memory_order_relaxed);
}

std::uint32_t RunningCall::get() const {
    return number_ ? std::atomic_ref(*number_).load(std::memory_order_relaxed) : 0;
}

}  // namespace orderhub::connectors
