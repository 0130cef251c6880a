#include "hub/connectors/child/system_calls.hpp"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace orderhub::connectors {
namespace {

/// To compute, to have memory, threads, time and chance, and to use what is open.
constexpr const char* kPermitted[] = {"read",
                                      "write",
                                      "readv",
                                      "writev",
                                      "close",
                                      "fstat",
                                      "lseek",
                                      "munmap",
                                      "mremap",
                                      "madvise",
                                      "brk",
                                      "futex",
                                      "set_robust_list",
                                      "rseq",
                                      "set_tid_address",
                                      "rt_sigprocmask",
                                      "rt_sigreturn",
                                      "rt_sigaction",
                                      "sigaltstack",
                                      "sched_yield",
                                      "sched_getaffinity",
                                      "getpid",
                                      "gettid",
                                      "exit",
                                      "exit_group",
                                      "clock_gettime",
                                      "clock_getres",
                                      "clock_nanosleep",
                                      "nanosleep",
                                      "gettimeofday",
                                      "time",
                                      "getrandom",
                                      "restart_syscall",
                                      "poll",
                                      "ppoll",
                                      "membarrier",
                                      "sysinfo",
                                      "uname",
                                      "getrusage"};

/// What the dynamic loader needs besides, and the next filter.
constexpr const char* kPermittedForLoading[] = {
    "mmap",   "mprotect",  "newfstatat", "pread64", "readlink", "readlinkat",
    "access", "faccessat", "faccessat2", "getcwd",  "seccomp",  "statx"};

class Filter {
public:
    Filter() : context_(::seccomp_init(SCMP_ACT_KILL_PROCESS), ::seccomp_release) {
        if (!context_) return;
        set(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        set(SCMP_FLTATR_CTL_NNP, 0);       // is set already
        set(SCMP_FLTATR_CTL_TSYNC, 1);     // threads that the library has started, too
        set(SCMP_FLTATR_CTL_OPTIMIZE, 2);  // a tree, not a list: it is asked at every call
    }

    template <class... Conditions>
    void add(std::uint32_t action, const char* name, Conditions... conditions) {
        if (!context_ || error_ != 0) return;
        const int number = ::seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR) return;  // this machine has no such call
        error_ = ::seccomp_rule_add(context_.get(), action, number, sizeof...(conditions),
                                    conditions...);
    }

    std::string load() {
        if (!context_) return "no filter of system calls can be made";
        if (error_ == 0) error_ = ::seccomp_load(context_.get());
        if (error_ == 0) return {};
        return std::string("the filter of system calls cannot be set: ") +
               std::strerror(-error_);  // NOLINT(concurrency-mt-unsafe)
    }

private:
    void set(scmp_filter_attr attribute, std::uint32_t value) {
        if (error_ == 0) error_ = ::seccomp_attr_set(context_.get(), attribute, value);
    }

    std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
    int error_ = 0;
};

scmp_arg_cmp has_none_of(unsigned argument, std::uint64_t bits) {
    return {argument, SCMP_CMP_MASKED_EQ, bits, 0};
}

void permit_threads(Filter& filter) {
    filter.add(SCMP_ACT_ALLOW, "clone",
               scmp_arg_cmp{0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD});
    // Its flags are where no filter can look; libraries fall back to the other.
    filter.add(SCMP_ACT_ERRNO(ENOSYS), "clone3");
    filter.add(SCMP_ACT_ALLOW, "prctl", scmp_arg_cmp{0, SCMP_CMP_EQ, PR_SET_NAME, 0});
    filter.add(SCMP_ACT_ALLOW, "tgkill",
               scmp_arg_cmp{0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()), 0});
}

}  // namespace

std::string permit_system_calls(Stage stage) {
    Filter filter;
    for (const char* name : kPermitted)
        filter.add(SCMP_ACT_ALLOW, name);
    permit_threads(filter);
    // Asked by stdio of what it writes to.
    filter.add(SCMP_ACT_ERRNO(ENOTTY), "ioctl", scmp_arg_cmp{1, SCMP_CMP_EQ, TCGETS, 0});
    if (stage == Stage::loading) {
        for (const char* name : kPermittedForLoading)
            filter.add(SCMP_ACT_ALLOW, name);
        filter.add(SCMP_ACT_ALLOW, "openat", has_none_of(2, O_ACCMODE | O_CREAT | O_TRUNC));
    } else {
        filter.add(SCMP_ACT_ALLOW, "mmap", has_none_of(2, PROT_EXEC));
        filter.add(SCMP_ACT_ALLOW, "mprotect", has_none_of(2, PROT_EXEC));
    }
    return filter.load();
}

}  // namespace orderhub::connectors
