#include "hub/connectors/child/confinement.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "hub/connectors/child/system_calls.hpp"

namespace orderhub::connectors {
namespace {

std::string failed(const std::string& what) {
    return what + ": " + std::strerror(errno);  // NOLINT(concurrency-mt-unsafe)
}

bool set_limit(__rlimit_resource resource, std::uint64_t most) {
    const rlimit limit{most, most};
    return ::setrlimit(resource, &limit) == 0;
}

/// Best effort: containers often permit none of these.
void leave_name_spaces() {
    constexpr int kOwn = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
    if (::unshare(CLONE_NEWUSER | kOwn) != 0 && ::unshare(kOwn) != 0) ::unshare(CLONE_NEWNET);
}

void permit_below(int rules, const char* path, std::uint64_t access) {
    const int place = ::open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return;
    const landlock_path_beneath_attr rule{access, place};
    ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(place);
}

/// Best effort: kernels before 5.13 have no Landlock, and some do not enable it.
void leave_file_system() {
    constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
    // All that the first version knows.
    constexpr std::uint64_t kAll = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    const landlock_ruleset_attr handled{kAll};
    const auto rules =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    if (rules < 0) return;
    for (const char* place : {"/usr/lib", "/usr/local/lib", "/lib", "/lib64"})
        permit_below(rules, place, kRead);
    permit_below(rules, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE);
    ::syscall(SYS_landlock_restrict_self, rules, 0);
    ::close(rules);
}

}  // namespace

std::string limit_resources(std::uint64_t memory_bytes, std::uint64_t files) {
    if (!set_limit(RLIMIT_CORE, 0)) return failed("no limit for core files can be set");
    if (!set_limit(RLIMIT_NOFILE, files)) return failed("no limit for open files can be set");
#if !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer)
    if (!set_limit(RLIMIT_AS, memory_bytes)) return failed("no limit for memory can be set");
#else
    static_cast<void>(memory_bytes);  // the sanitizer's own map is larger than any
#endif
    return {};
}

void end_with_parent() {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

std::string confine_for_loading() {
    leave_name_spaces();
    end_with_parent();  // what was asked before does not outlive a change of name spaces
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs");
    leave_file_system();
    return permit_system_calls(Stage::loading);
}

std::string confine_for_running() {
    return permit_system_calls(Stage::running);
}

}  // namespace orderhub::connectors
