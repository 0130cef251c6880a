// orderhub-connector-check: is this connector a good one?
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "kit.hpp"

namespace {

using orderhub::kit::Options;

void add_options(CLI::App& app, Options& options, std::uint64_t& reproduce) {
    app.add_option("LIBRARY", options.library, "The connector: PATH.so");
    app.add_option(
        "--config", options.check_file,
        "Check file (sdk/docs/testing.md); default: check/check.yaml beside the library, "
        "or LIBRARY with .check.yaml in place of .so");
    app.add_option("--junit", options.junit, "Also write the report as JUnit XML");
    app.add_option("--only", options.only, "Run this clause alone");
    app.add_flag("--list", options.list, "Name the clauses and end");
    app.add_option("--seed", options.seed, "First seed of the inbound messages that are made up");
    app.add_option("--reproduce", reproduce, "Send the one message of this seed and show it");
    app.add_option("--replay", options.replay, "Play a recording (a folder) back instead");
    app.add_option("--drift", options.drift, "Compare two recordings: OLD NEW")->expected(2);
    app.add_option("--fuzz", options.fuzz_cases, "How many messages are made up");
    app.add_option("--jobs", options.jobs, "Clauses at the same time")->check(CLI::Range(1, 64));
    app.add_option("--deadline", options.deadline_s, "Seconds for one clause");
    app.add_option("--clause", options.clause)->group("");
    app.add_option("--errand", options.errand)->group("");
}

/// Thousands of sockets are opened; a crash needs no dump; a leak must not take the machine.
void set_limits(bool is_child) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 65'536);
    setrlimit(RLIMIT_NOFILE, &files);
    if (!is_child) return;
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#if !defined(ORDERHUB_SANITIZED)
    constexpr rlim_t kMostMemory = 8ULL << 30U;
    const rlimit memory{kMostMemory, kMostMemory};
    setrlimit(RLIMIT_AS, &memory);
#endif
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    std::uint64_t reproduce = 0;
    CLI::App app(
        "Checks a connector against the clauses that a good one keeps. Exit code 0: all "
        "that apply are kept; 1: one is not; 2: it could not be checked.");
    add_options(app, options, reproduce);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.self = std::filesystem::read_symlink("/proc/self/exe").string();
    if (app.count("--reproduce") > 0) {
        options.reproduce = true;
        options.seed = reproduce;
        options.only = "fuzz";
    }
    std::signal(SIGPIPE, SIG_IGN);
    set_limits(!options.clause.empty() || !options.errand.empty());
    try {
        return orderhub::kit::run_kit(options);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "orderhub-connector-check: %s\n", failure.what());
        return 2;
    }
}
