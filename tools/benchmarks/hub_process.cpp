#include "tools/benchmarks/hub_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tools/benchmarks/loopback.hpp"

namespace orderhub::bench {

namespace {

namespace fs = std::filesystem;

fs::path build_folder() {
    // <build>/tools/benchmarks/orderhub-bench
    return fs::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path();
}

void write_config(const std::string& path, const std::string& connectors) {
    std::ofstream(path) << "listen: 127.0.0.1:0\ndata: ./data\nplugins: "
                        << (build_folder() / "connectors").string()
                        << "\nlog: {level: warn}\nconnectors:\n"
                        << connectors;
}

/// In the child: never returns.
[[noreturn]] void become_hub(const std::string& hub, const std::string& config, int output) {
    ::dup2(output, STDOUT_FILENO);
    ::execl(hub.c_str(), hub.c_str(), "serve", "--config", config.c_str(), nullptr);
    ::_exit(127);
}

/// The line that the hub says once it listens; empty if it ended before.
std::string first_line(int input) {
    std::string line;
    char c = 0;
    while (::read(input, &c, 1) == 1 && c != '\n')
        line += c;
    return line;
}

double cpu_seconds_of(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    constexpr int kFieldsBeforeTimes = 11;
    std::string skipped;
    for (int i = 0; i < kFieldsBeforeTimes; ++i)
        rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double value_after(const std::string& text, const std::string& name) {
    const auto at = text.find("\n" + name);
    if (at == text.npos) return 0;
    const auto end = text.find('\n', at + 1);
    const auto space = text.rfind(' ', end);
    return std::stod(text.substr(space + 1, end - space - 1));
}

}  // namespace

HubProcess::HubProcess(const std::string& folder, const std::string& connectors) {
    const std::string config = folder + "/orderhub.yaml";
    const std::string hub = (build_folder() / "hub" / "orderhub").string();
    write_config(config, connectors);
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const auto start = std::chrono::steady_clock::now();
    pid_ = ::fork();
    if (pid_ == 0) become_hub(hub, config, pipe[1]);
    ::close(pipe[1]);
    const std::string line = first_line(pipe[0]);
    ::close(pipe[0]);
    start_seconds_ =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto colon = line.rfind(':');
    if (colon == line.npos) {
        ::waitpid(pid_, nullptr, 0);
        throw std::runtime_error("the hub did not start: " + hub);
    }
    port_ = static_cast<std::uint16_t>(std::stoul(line.substr(colon + 1)));
}

HubProcess::~HubProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
}

double HubProcess::cpu_seconds() const {
    double sum = cpu_seconds_of(pid_);
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(pid_) + "/task")) {
        std::ifstream children(task.path() / "children");
        for (pid_t child = 0; children >> child;)
            sum += cpu_seconds_of(child);
    }
    return sum;
}

Memory HubProcess::memory() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
    std::stringstream text;
    text << file.rdbuf();
    const auto megabytes = [&](const std::string& name) {
        const auto at = text.str().find(name);
        return at == std::string::npos ? 0.0
                                       : std::stod(text.str().substr(at + name.size())) / 1024;
    };
    return {megabytes("VmRSS:"), megabytes("VmHWM:")};
}

double HubProcess::metric(const std::string& name) const {
    return value_after(loopback_get(port_, "/metrics"), name);
}

}  // namespace orderhub::bench
