#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string_view>
#include <thread>

#include "sandbox.hpp"

namespace {

using orderhub::sandbox::Sandbox;
using orderhub::sandbox::Settings;

constexpr const char* kUsage =
    "usage: orderhub-sandbox [--port N] [--state FILE] [--seed demo]\n"
    "  --port N      port on 127.0.0.1; 0 (default) picks a free one\n"
    "  --state FILE  keep everything in FILE and go on from it at the next start\n"
    "  --seed demo   start with demo orders and a ticket\n";

std::optional<Settings> parse(int argc, char** argv) {
    Settings out;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view name = argv[i];
        const std::string_view value = argv[i + 1];
        if (name == "--port") {
            const auto [end, error] =
                std::from_chars(value.data(), value.data() + value.size(), out.port);
            if (error != std::errc{} || out.port < 0 || out.port > 65535) return std::nullopt;
        } else if (name == "--state") {
            out.state_file = value;
        } else if (name == "--seed" && value == "demo") {
            out.demo = true;
        } else {
            return std::nullopt;
        }
    }
    return argc % 2 == 1 ? std::optional(out) : std::nullopt;
}

int run(const Settings& settings) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    // before any thread starts, so that every thread leaves them to sigwait below
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    Sandbox sandbox(settings);
    const int port = sandbox.bind();
    if (port < 0) {
        std::fprintf(stderr, "orderhub-sandbox: port %d is taken\n", settings.port);
        return 1;
    }
    std::printf("listening on 127.0.0.1:%d\n", port);
    std::fflush(stdout);
    std::thread server([&sandbox] { sandbox.run(); });
    int received = 0;
    sigwait(&signals, &received);
    sandbox.stop();
    server.join();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const auto settings = parse(argc, argv);
    if (!settings) {
        std::fputs(kUsage, stderr);
        return 64;
    }
    try {
        return run(*settings);
    } catch (const std::exception& failed) {
        std::fprintf(stderr, "orderhub-sandbox: %s\n", failed.what());
        return 1;
    }
}
