#include "child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace orderhub::kit {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostOutput = 4000;

struct Pipe {
    Pipe() {
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC) == 0) {
            read = ends[0];
            write = ends[1];
        }
    }
    ~Pipe() {
        close_write();
        ::close(read);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_write() {
        if (write >= 0) ::close(write);
        write = -1;
    }
    int read = -1;
    int write = -1;
};

pid_t spawn(const std::vector<std::string>& arguments, const Pipe& told, const Pipe& printed) {
    std::vector<char*> raw;
    for (const std::string& one : arguments)
        raw.push_back(const_cast<char*>(one.c_str()));
    raw.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, printed.write, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, printed.write, STDERR_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, told.write, 3);
    pid_t child = -1;
    if (::posix_spawn(&child, raw[0], &actions, nullptr, raw.data(), environ) != 0) child = -1;
    ::posix_spawn_file_actions_destroy(&actions);
    return child;
}

/// Appends what is there; false at the end.
bool drain(int descriptor, std::string& into) {
    char chunk[16384];
    const ssize_t got = ::read(descriptor, chunk, sizeof chunk);
    if (got > 0) into.append(chunk, static_cast<std::size_t>(got));
    return got > 0;
}

/// Reads both until they end or time is up; false in the second case.
bool read_until_end(const Pipe& told, const Pipe& printed, Clock::time_point deadline,
                    std::string& lines, std::string& output) {
    std::array<pollfd, 2> ends{pollfd{told.read, POLLIN, 0}, pollfd{printed.read, POLLIN, 0}};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0 || ::poll(ends.data(), ends.size(), static_cast<int>(left)) < 0) return false;
        if (ends[0].revents != 0 && !drain(told.read, lines)) ends[0].fd = -1;
        if (ends[1].revents != 0 && !drain(printed.read, output)) ends[1].fd = -1;
        if (output.size() > 2 * kMostOutput) output.erase(0, output.size() - kMostOutput);
    }
    return true;
}

std::vector<json::object> parsed_lines(std::string_view text) {
    std::vector<json::object> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        json::error_code error;
        json::value line = json::parse(text.substr(0, end), error);
        if (!error && line.is_object()) lines.push_back(std::move(line.as_object()));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string words_for(int status) {
    if (WIFSIGNALED(status))
        return std::string("it was ended by signal ") + std::to_string(WTERMSIG(status)) + " (" +
               ::strsignal(WTERMSIG(status)) + ")";
    if (WEXITSTATUS(status) != 0)
        return "the process ended itself with exit code " + std::to_string(WEXITSTATUS(status));
    return {};
}

std::string text_at(const json::object& line, std::string_view key) {
    const json::value* value = line.if_contains(key);
    return value ? std::string(value->as_string()) : std::string();
}

/// Turns what a clause's process told into its verdict.
class Listener {
public:
    Listener(Verdict& verdict, std::vector<Verdict>& others) : verdict_(verdict), others_(others) {}

    void hear(const json::object& line) {
        if (line.contains("end")) has_ended = true;
        if (line.contains("trying")) {
            ++verdict_.cases;
            last = text_at(line, "trying");
        }
        if (line.contains("not_applicable")) {
            verdict_.state = State::not_applicable;
            verdict_.reason = text_at(line, "not_applicable");
        }
        if (line.contains("shown")) std::printf("%s\n", text_at(line, "shown").c_str());
        if (line.contains("about")) verdict_.reason = text_at(line, "about");
        if (!line.contains("seen")) return;
        const std::string clause = text_at(line, "clause");
        Finding finding{text_at(line, "where"), text_at(line, "expected"), text_at(line, "seen")};
        if (clause.empty() || clause == verdict_.clause) {
            verdict_.state = State::failed;
            verdict_.findings.push_back(std::move(finding));
        } else {
            others_.push_back({clause, State::failed, {}, {std::move(finding)}, 0, 0});
        }
    }

    std::string last;
    bool has_ended = false;

private:
    Verdict& verdict_;
    std::vector<Verdict>& others_;
};

}  // namespace

Ended run_child(const std::vector<std::string>& arguments, int deadline_s) {
    const auto begin = Clock::now();
    Pipe told;
    Pipe printed;
    Ended ended;
    const pid_t child = spawn(arguments, told, printed);
    if (child < 0) {
        ended.words = "its process could not be started";
        return ended;
    }
    told.close_write();
    printed.close_write();
    std::string lines;
    const bool in_time = read_until_end(told, printed, begin + std::chrono::seconds(deadline_s),
                                        lines, ended.output);
    if (!in_time) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    ended.words =
        in_time ? words_for(status) : "it did not end within " + std::to_string(deadline_s) + " s";
    ended.lines = parsed_lines(lines);
    ended.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return ended;
}

std::vector<std::string> child_arguments(const Options& options) {
    std::vector<std::string> arguments{options.self, options.library};
    if (!options.check_file.empty()) {
        arguments.emplace_back("--config");
        arguments.push_back(options.check_file);
    }
    if (options.reproduce) {
        arguments.emplace_back("--reproduce");
        arguments.push_back(std::to_string(options.seed));
    }
    if (!options.replay.empty()) {
        arguments.emplace_back("--replay");
        arguments.push_back(options.replay);
    }
    for (const auto& [flag, value] :
         {std::pair{"--seed", options.seed},
          std::pair{"--fuzz", static_cast<std::uint64_t>(options.fuzz_cases)}}) {
        arguments.emplace_back(flag);
        arguments.push_back(std::to_string(value));
    }
    return arguments;
}

Verdict run_clause(const Options& options, std::string_view clause, std::vector<Verdict>& others) {
    std::vector<std::string> arguments = child_arguments(options);
    arguments.emplace_back("--clause");
    arguments.emplace_back(clause);
    const Ended ended = run_child(arguments, options.deadline_s);
    Verdict verdict{std::string(clause), State::passed, {}, {}, 0, ended.seconds};
    Listener listener(verdict, others);
    for (const json::object& line : ended.lines)
        listener.hear(line);
    if (listener.has_ended && ended.words.empty()) return verdict;
    verdict.state = State::failed;
    std::string seen = ended.words.empty() ? "the process ended early" : ended.words;
    if (!ended.output.empty()) seen += "\n" + ended.output;
    verdict.findings.push_back({listener.last, "the connector goes on", std::move(seen)});
    return verdict;
}

}  // namespace orderhub::kit
