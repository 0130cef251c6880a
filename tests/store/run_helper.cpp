#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include "tests/store/kill_helper.hpp"

namespace orderhub::test {

namespace {

[[noreturn]] void become_helper(const std::vector<std::string>& arguments,
                                const std::string& crash_at, int output) {
    ::dup2(output, STDOUT_FILENO);
    if (!crash_at.empty()) ::setenv("ORDERHUB_CRASH_AT", crash_at.c_str(), 1);
    std::vector<char*> argv;
    std::string program = STORE_KILL_HELPER;
    argv.push_back(program.data());
    std::vector<std::string> copies = arguments;
    for (auto& argument : copies)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
}

}  // namespace

HelperEnd run_helper(const std::vector<std::string>& arguments, const std::string& crash_at,
                     std::size_t kill_after_lines) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("pipe failed");
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child == 0) become_helper(arguments, crash_at, ends[1]);
    ::close(ends[1]);
    HelperEnd end;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = ::read(ends[0], buffer.data(), buffer.size())) > 0;) {
        end.output.append(buffer.data(), static_cast<std::size_t>(n));
        const auto lines = std::ranges::count(end.output, '\n');
        if (kill_after_lines > 0 && static_cast<std::size_t>(lines) >= kill_after_lines)
            ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    end.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    if (WIFEXITED(status)) end.exit_code = WEXITSTATUS(status);
    return end;
}

}  // namespace orderhub::test
