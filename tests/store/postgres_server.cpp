#include "tests/store/postgres_server.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <future>
#include <stdexcept>
#include <vector>

namespace orderhub::test {

namespace {

const std::string kPrograms = "/usr/lib/postgresql/15/bin/";

/// PostgreSQL refuses to run as root; then it runs as Debian's user for it.
std::vector<std::string> as_server_user(std::vector<std::string> command) {
    if (::geteuid() != 0) return command;
    std::vector<std::string> whole{"/usr/bin/setpriv",
                                   "--reuid=postgres",
                                   "--regid=postgres",
                                   "--clear-groups",
                                   "--pdeathsig",
                                   "SIGQUIT",
                                   "--"};
    whole.insert(whole.end(), command.begin(), command.end());
    return whole;
}

[[noreturn]] void become(std::vector<std::string> command, int output) {
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    std::vector<char*> argv;
    for (auto& argument : command)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    ::_exit(127);
}

struct Started {
    pid_t pid = 0;
    int output = -1;  ///< what it prints; to be closed
};

Started spawn(const std::vector<std::string>& command) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
    const auto whole = as_server_user(command);
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("fork failed");
    if (child == 0) become(whole, ends[1]);
    ::close(ends[1]);
    return {child, ends[0]};
}

void run(const std::vector<std::string>& command) {
    const auto started = spawn(command);
    std::string said;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = ::read(started.output, buffer.data(), buffer.size())) > 0;)
        said.append(buffer.data(), static_cast<std::size_t>(n));
    ::close(started.output);
    int status = 0;
    ::waitpid(started.pid, &status, 0);
    if (status != 0) throw std::runtime_error(command.front() + " failed: " + said);
}

/// Reads the server's log to its end, and tells when it is ready; false if it ended before.
void read_log(int output, std::promise<bool> ready) {
    FILE* log = ::fdopen(output, "r");
    std::array<char, 4096> line{};
    bool is_told = false;
    while (std::fgets(line.data(), static_cast<int>(line.size()), log) != nullptr) {
        if (is_told || std::strstr(line.data(), "ready to accept connections") == nullptr) continue;
        ready.set_value(true);
        is_told = true;
    }
    if (!is_told) ready.set_value(false);
    std::fclose(log);
}

}  // namespace

PostgresServer::PostgresServer() {
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (user == nullptr || ::chown(folder_.file("").c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error("there is no user postgres; run tools/setup");
    }
    run({kPrograms + "initdb", "-D", folder_.file("data"), "-A", "trust", "-U", "orderhub", "-E",
         "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"});
    start();
}

PostgresServer::~PostgresServer() {
    if (pid_ != 0) stop(SIGINT);
}

PostgresServer& PostgresServer::shared() {
    static PostgresServer server;
    return server;
}

void PostgresServer::start() {
    const auto started = spawn({kPrograms + "postgres", "-D", folder_.file("data"), "-k",
                                folder_.file(""), "-c", "listen_addresses=", "-c", "fsync=on"});
    pid_ = started.pid;
    std::promise<bool> ready;
    auto is_ready = ready.get_future();
    log_reader_ = std::jthread(read_log, started.output, std::move(ready));
    if (!is_ready.get()) throw std::runtime_error("PostgreSQL did not start");
}

void PostgresServer::stop(int signal) {
    ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    log_reader_.join();
}

std::string PostgresServer::url(const std::string& database) const {
    return "host=" + folder_.file("") + " user=orderhub dbname=" + database;
}

std::string PostgresServer::make_database() {
    const std::string name = "test_" + std::to_string(++made_);
    PostgresOperator(url("postgres")).run("CREATE DATABASE " + name);
    return url(name);
}

std::string PostgresServer::make_schema() {
    const std::string name = "test_" + std::to_string(++made_);
    PostgresOperator(url("postgres")).run("CREATE SCHEMA " + name);
    return url("postgres") + " options='-c search_path=" + name + "'";
}

PostgresOperator::PostgresOperator(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK)
        throw std::runtime_error(PQerrorMessage(connection_.get()));
}

std::string PostgresOperator::run(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype([](PGresult* r) { PQclear(r); })> result(
        PQexec(connection_.get(), sql.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(PQerrorMessage(connection_.get()));
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

}  // namespace orderhub::test
