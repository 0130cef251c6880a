// A connector that does what it must not, as the payload of its command or its configuration says.
// Built with UNRULY_AT_LOAD it does so before anybody has called it.
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <orderhub/connector.hpp>
#include <string>
#include <string_view>
#include <thread>

#ifndef UNRULY_VERSION
#define UNRULY_VERSION "0.1.0"
#endif

namespace {

namespace json = boost::json;
using orderhub::sdk::Call;

void flood_errors() {
    for (int i = 0; i < 20'000; ++i)
        std::fprintf(stderr, "the password is %s, line %d\n", "s3cret-value", i);
}

/// Touched, so that it counts however memory is counted.
void leak() {
    constexpr std::size_t kBytes = 8 * 1024 * 1024;
    while (true) {
        auto* bytes = new char[kBytes];
        for (std::size_t i = 0; i < kBytes; i += 4096)
            static_cast<volatile char*>(bytes)[i] = 1;
    }
}

void send_garbage() {
    constexpr int kSocket = 3;
    const std::string garbage(64, '\xFF');
    if (::write(kSocket, garbage.data(), garbage.size()) < 0) std::abort();
}

void start_program() {
    const pid_t pid = ::fork();
    if (pid == 0) ::_exit(0);
    ::waitpid(pid, nullptr, 0);
}

void use_threads() {
    std::thread([] {}).join();
}

/// What ends or hinders the process. What it survives gives true.
bool misbehave(std::string_view mode) {
    if (mode == "segfault") std::raise(SIGSEGV);
    if (mode == "abort") std::abort();
    if (mode == "exit") std::exit(0);  // NOLINT(concurrency-mt-unsafe)
    if (mode == "loop")
        for (volatile int i = 0;; i = i + 1) {
        }
    if (mode == "sleep")
        while (true)
            ::poll(nullptr, 0, -1);
    if (mode == "leak") leak();
    if (mode == "flood_errors") flood_errors();
    if (mode == "garbage") send_garbage();
    if (mode == "fork") start_program();
    if (mode == "socket") ::close(::socket(AF_INET, SOCK_STREAM, 0));
    if (mode == "open") ::close(::open("/etc/passwd", O_RDONLY));
    if (mode == "exec") ::execl("/bin/true", "true", nullptr);
    if (mode == "kill") ::kill(::getppid(), SIGTERM);
    if (mode == "thread") use_threads();
    return true;
}

#if defined(UNRULY_AT_LOAD)
const bool at_load = misbehave(UNRULY_AT_LOAD);
#endif

class Unruly {
public:
    explicit Unruly(const json::object& config) {
        const auto mode = config.at("at_create").as_string();
        if (mode == "refuse") throw std::runtime_error("this word is not accepted");
        misbehave(mode);
        fails_check_ = mode == "fail_check";
    }

    void check(Call&) {
        if (fails_check_) throw orderhub::sdk::rejected("no", "the check was told to fail");
    }
    void poll(Call& call, std::string_view cursor) { act(call, cursor); }
    void receive(Call& call, const orderhub::sdk::Message& message) { act(call, message.body); }
    void execute(Call& call, const orderhub::sdk::Command& command) {
        act(call, command.payload.at("mode").as_string());
        throw orderhub::sdk::rejected("survived", UNRULY_VERSION);
    }

private:
    void act(Call& call, std::string_view mode) {
        if (mode == "wait") call.sleep_ms(60'000);
        if (mode == "nap") call.sleep_ms(50);
        if (mode == "endless_sleeps")
            while (true)
                call.sleep_ms(10);
        if (mode == "flood_log")
            for (int i = 0; i < 20'000; ++i)
                call.log(OH_LOG_ERROR, "line " + std::to_string(i));
        misbehave(mode);
    }

    bool fails_check_ = false;
};

}  // namespace

ORDERHUB_CONNECTOR(Unruly, R"({
  "name": "unruly", "version": ")" UNRULY_VERSION
                           R"(", "kind": "servicedesk", "stability": "example",
  "summary": "Test: breaks every rule that it is told to.",
  "records": ["case"], "commands": ["case.note"], "hosts": [], "poll": {"interval_s": 60},
  "secrets": ["webhook_secret"],
  "webhook": {"scheme": "hmac-sha256", "secret": "webhook_secret", "header": "X-Signature"},
  "config": {"type": "object", "additionalProperties": false, "required": ["at_create"],
             "properties": {"at_create": {"type": "string"},
                            "webhook_secret": {"type": "string"}}}
})");
