#include "locks.hpp"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <threads.h>

#include <atomic>
#include <cstdint>
#include <filesystem>

namespace orderhub::kit {
namespace {

std::atomic<std::uintptr_t> code_begin{0};
std::atomic<std::uintptr_t> code_end{0};
thread_local int held = 0;

struct Range {
    std::string path;
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
};

int find_range(dl_phdr_info* info, std::size_t, void* raw) {
    auto& range = *static_cast<Range*>(raw);
    std::error_code ignored;
    if (!std::filesystem::equivalent(info->dlpi_name, range.path, ignored)) return 0;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& part = info->dlpi_phdr[i];
        if (part.p_type != PT_LOAD || (part.p_flags & PF_X) == 0) continue;
        range.begin = info->dlpi_addr + part.p_vaddr;
        range.end = range.begin + part.p_memsz;
    }
    return 1;
}

bool is_connector(const void* address) {
    const auto at = reinterpret_cast<std::uintptr_t>(address);
    return at >= code_begin && at < code_end;
}

/// The function of the C library that ours stands before.
template <class Function>
Function next(std::atomic<Function>& kept, const char* name) {
    Function found = kept.load(std::memory_order_relaxed);
    if (!found) {
        found = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
        kept.store(found, std::memory_order_relaxed);
    }
    return found;
}

}  // namespace

void count_locks_of(const std::string& library) {
    Range range{library};
    ::dl_iterate_phdr(find_range, &range);
    code_begin = range.begin;
    code_end = range.end;
}

int locks_held() {
    return held;
}

}  // namespace orderhub::kit

// Each passes on to the C library's function and counts by `change` if that gave 0.
#define COUNTED(name, type, change)                                                      \
    extern "C" __attribute__((visibility("default"))) int name(type* lock) noexcept {    \
        using namespace orderhub::kit;                                                   \
        static constinit std::atomic<int (*)(type*)> kept{nullptr};                      \
        const int outcome = next(kept, #name)(lock);                                     \
        if (outcome == 0 && is_connector(__builtin_return_address(0))) held += (change); \
        return outcome;                                                                  \
    }

#if !defined(ORDERHUB_SANITIZED)
using SpinLock = volatile int;
COUNTED(pthread_mutex_lock, pthread_mutex_t, 1)
COUNTED(pthread_mutex_trylock, pthread_mutex_t, 1)
COUNTED(pthread_mutex_unlock, pthread_mutex_t, -1)
COUNTED(pthread_rwlock_rdlock, pthread_rwlock_t, 1)
COUNTED(pthread_rwlock_wrlock, pthread_rwlock_t, 1)
COUNTED(pthread_rwlock_unlock, pthread_rwlock_t, -1)
COUNTED(pthread_spin_lock, SpinLock, 1)
COUNTED(pthread_spin_unlock, SpinLock, -1)
#endif
