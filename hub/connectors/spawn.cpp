#include "hub/connectors/spawn.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

#include "hub/connectors/running_call.hpp"

namespace orderhub::connectors {
namespace {

constexpr int kSocket = 3;
constexpr int kLibrary = 4;
constexpr int kRunning = 5;

/// Closes itself unless it is given away.
class Descriptor {
public:
    explicit Descriptor(int value = -1) : value_(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(-1); }

    int get() const { return value_; }
    int give() { return std::exchange(value_, -1); }
    void reset(int value) {
        if (value_ >= 0) ::close(value_);
        value_ = value;
    }

private:
    int value_;
};

std::unexpected<Error> no_process(const std::string& what, int error) {
    return fail(ErrorKind::Unavailable, "no_process",
                what + ": " + std::system_category().message(error));
}

/// What the child gets of the parent's descriptors, and nothing else of them.
class Inheritance {
public:
    Inheritance(int socket, int library, int running, int output) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, socket, kSocket);
        ::posix_spawn_file_actions_adddup2(&actions_, library, kLibrary);
        ::posix_spawn_file_actions_adddup2(&actions_, running, kRunning);
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, kRunning + 1);
    }
    Inheritance(const Inheritance&) = delete;
    Inheritance& operator=(const Inheritance&) = delete;
    ~Inheritance() { ::posix_spawn_file_actions_destroy(&actions_); }
    const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

/// A process group of its own; signals as a new program expects them.
class Attributes {
public:
    Attributes() {
        ::posix_spawnattr_init(&attributes_);
        sigset_t signals;
        sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes_, &signals);
        sigfillset(&signals);
        ::posix_spawnattr_setsigdefault(&attributes_, &signals);
        ::posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
    const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

/// A copy that none of the child's numbers collide with.
int above_inherited(int descriptor) {
    return ::fcntl(descriptor, F_DUPFD_CLOEXEC, kRunning + 1);
}

}  // namespace

Result<Spawned> spawn(const std::string& program, int library) {
    std::array<int, 2> stream{};
    std::array<int, 2> output{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, stream.data()) != 0)
        return no_process("no socket for a connector's process", errno);
    Descriptor ours(stream[0]);
    Descriptor theirs(stream[1]);
    if (::pipe2(output.data(), O_CLOEXEC) != 0)
        return no_process("no pipe for a connector's process", errno);
    Descriptor errors(output[0]);
    Descriptor their_output(output[1]);
    Descriptor running(RunningCall::make_memory());
    if (running.get() < 0) return no_process("no memory for a connector's process", errno);
    const Descriptor high_socket(above_inherited(theirs.get()));
    const Descriptor high_library(above_inherited(library));
    const Descriptor high_running(above_inherited(running.get()));
    const Descriptor high_output(above_inherited(their_output.get()));
    const Inheritance inheritance(high_socket.get(), high_library.get(), high_running.get(),
                                  high_output.get());
    const Attributes attributes;
    std::array<char*, 2> arguments{const_cast<char*>(program.c_str()), nullptr};
    std::array<char*, 1> environment{nullptr};
    Spawned spawned;
    const int failed = ::posix_spawn(&spawned.pid, program.c_str(), inheritance.get(),
                                     attributes.get(), arguments.data(), environment.data());
    if (failed != 0) return no_process(program + " cannot be started", failed);
    spawned.ended = static_cast<int>(::syscall(SYS_pidfd_open, spawned.pid, 0));
    if (spawned.ended < 0) {
        const int error = errno;
        kill_group(spawned.pid);
        ::waitpid(spawned.pid, nullptr, 0);
        return no_process("a connector's process cannot be watched", error);
    }
    spawned.socket = ours.give();
    spawned.errors = errors.give();
    spawned.running = running.give();
    return spawned;
}

void kill_group(pid_t pid) {
    if (::kill(-pid, SIGKILL) != 0) ::kill(pid, SIGKILL);
}

std::string end_of(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status)) return "it ended with code " + std::to_string(WEXITSTATUS(status));
    const int signal = WTERMSIG(status);
    if (signal == SIGSYS) return "it tried what its sandbox does not permit";
    const char* name = ::sigabbrev_np(signal);
    return std::string("it was ended by the signal SIG") + (name ? name : "?");
}

}  // namespace orderhub::connectors
