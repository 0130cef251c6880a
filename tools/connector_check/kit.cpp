#include "kit.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

#include "child.hpp"
#include "clauses.hpp"
#include "errand.hpp"
#include "hub/connectors/library.hpp"
#include "recording.hpp"
#include "report.hpp"
#include "scaffold.hpp"
#include "scratch.hpp"

namespace orderhub::kit {
namespace {

constexpr std::string_view kLibraryGroup = "Library";
constexpr std::string_view kWorkGroup = "Declared capabilities";

bool needs_check_file(const Clause& clause) {
    return clause.group != kLibraryGroup;
}

/// Throws std::runtime_error with the words for a person.
Subject read_subject(const Options& options) {
    Subject subject;
    subject.library = options.library;
    if (!options.replay.empty()) {
        const auto recording = read_recording(options.replay);
        if (!recording) throw std::runtime_error(recording.error().message);
        subject.script = script_of(*recording);
    } else if (!options.check_file.empty()) {
        auto script = read_script(options.check_file);
        if (!script) throw std::runtime_error(script.error().message);
        subject.script = std::move(*script);
    }
    return subject;
}

int run_in_child(const Options& options) {
    Subject subject = read_subject(options);
    subject.directory =
        options.errand.empty() ? own_directory(options.clause) : inherited_directory();
    const Clause* clause = find_clause(options.clause);
    if (!clause || needs_check_file(*clause)) {
        auto library = connectors::load_library(options.library);
        if (!library) throw std::runtime_error(library.error().message);
        subject.manifest = std::move(library->manifest);
        subject.secrets = canaries(subject.manifest, subject.script.secrets);
        if (const auto& only = subject.script.configured_secrets)
            std::erase_if(subject.secrets,
                          [&](const auto& each) { return !only->contains(each.first); });
    }
    if (!options.errand.empty()) {
        run_errand_here(options, subject);
        return 0;
    }
    Check check(options, subject);
    clause->run(check);
    check.end();
    return 0;
}

/// Runs clauses, some at a time, each in its process.
class Run {
public:
    explicit Run(const Options& options) : options_(options) {}

    std::vector<Verdict> all() {
        for (const Clause& clause : clauses())
            verdicts_.push_back({std::string(clause.id), State::passed, {}, {}, 0, 0});
        run_here(0);  // loading: without it nothing else can be
        const bool can_load = verdicts_.front().state == State::passed;
        if (!can_load) return skip_rest("the hub cannot load it");
        std::vector<std::thread> workers;
        for (int i = 0; i < options_.jobs; ++i)
            workers.emplace_back([this] { work(); });
        for (std::thread& worker : workers)
            worker.join();
        merge_others();
        return std::move(verdicts_);
    }

    /// The one clause that was asked for. One that is judged by watching is watched while the
    /// capabilities are exercised.
    std::vector<Verdict> only(const Clause& clause) {
        verdicts_.push_back({std::string(clause.id), State::passed, {}, {}, 0, 0});
        if (clause.run) {
            run_into(verdicts_.front(), clause);
        } else {
            for (const Clause& other : clauses()) {
                Verdict unused{std::string(other.id), State::passed, {}, {}, 0, 0};
                if (other.group == kWorkGroup) run_into(unused, other);
            }
        }
        merge_others();
        return std::move(verdicts_);
    }

private:
    std::vector<Verdict> skip_rest(const std::string& reason) {
        for (std::size_t i = 1; i < verdicts_.size(); ++i) {
            verdicts_[i].state = State::not_applicable;
            verdicts_[i].reason = reason;
        }
        return std::move(verdicts_);
    }

    void work() {
        for (std::size_t i = next_++; i < clauses().size(); i = next_++)
            run_here(i);
    }

    void run_here(std::size_t index) { run_into(verdicts_[index], clauses()[index]); }

    void run_into(Verdict& verdict, const Clause& clause) {
        const bool has_script = !options_.check_file.empty() || !options_.replay.empty();
        if (needs_check_file(clause) && !has_script) {
            verdict.state = State::not_applicable;
            verdict.reason = "there is no check file (--config)";
            return;
        }
        if (!clause.run) return;
        std::vector<Verdict> others;
        verdict = run_clause(options_, clause.id, others);
        const std::lock_guard lock(mutex_);
        others_.insert(others_.end(), others.begin(), others.end());
    }

    /// What the watchers saw while other clauses ran.
    void merge_others() {
        for (const Verdict& other : others_) {
            const auto found = std::ranges::find(verdicts_, other.clause, &Verdict::clause);
            if (found == verdicts_.end()) continue;
            found->state = State::failed;
            for (const Finding& finding : other.findings)
                if (std::ranges::none_of(found->findings, [&](const Finding& each) {
                        return each.seen == finding.seen;
                    }))
                    found->findings.push_back(finding);
        }
    }

    const Options& options_;
    std::vector<Verdict> verdicts_;
    std::vector<Verdict> others_;
    std::mutex mutex_;  ///< of others_
    std::atomic<std::size_t> next_{1};
};

/// Where the check file is if nobody says.
std::string default_check_file(const std::string& library) {
    const std::filesystem::path path(library);
    for (const auto& candidate : {path.parent_path() / "check" / "check.yaml",
                                  path.parent_path() / (path.stem().string() + ".check.yaml")})
        if (std::filesystem::exists(candidate)) return candidate.string();
    return {};
}

int list() {
    std::string_view group;
    for (const Clause& clause : clauses()) {
        if (clause.group != group) std::printf("%s\n", std::string(group = clause.group).c_str());
        std::printf("  %-20s %s\n", std::string(clause.id).c_str(),
                    std::string(clause.title).c_str());
    }
    return 0;
}

int show_drift(const std::vector<std::string>& folders) {
    const auto before = read_recording(folders.at(0));
    const auto after = read_recording(folders.at(1));
    for (const auto* recording : {&before, &after})
        if (!*recording) throw std::runtime_error(recording->error().message);
    const auto lines = drift(*before, *after);
    for (const std::string& line : lines)
        std::printf("%s\n", line.c_str());
    std::printf("%zu differences\n", lines.size());
    return lines.empty() ? 0 : 1;
}

int run_in_parent(Options options) {
    if (options.library.empty()) throw std::runtime_error("name the connector: PATH.so");
    options.library = std::filesystem::absolute(options.library).string();
    if (!std::filesystem::is_regular_file(options.library))
        throw std::runtime_error(options.library + ": there is no such file");
    if (!options.replay.empty()) options.only = "replay";
    if (options.check_file.empty() && options.replay.empty())
        options.check_file = default_check_file(options.library);
    read_subject(options);  // complains about the check file before anything runs
    const Clause* one = options.only.empty() ? nullptr : find_clause(options.only);
    if (!options.only.empty() && !one)
        throw std::runtime_error("there is no clause " + options.only + "; --list names them");
    Run run(options);
    const auto verdicts = one ? run.only(*one) : run.all();
    Heading heading{options.library, {}, scaffold_markers(options)};
    if (verdicts.front().clause == "load") heading.connector = verdicts.front().reason;
    const Counts counts = count(verdicts);
    std::fputs(report_text(heading, verdicts).c_str(), stdout);
    std::printf("%s\n", badge(heading, counts).c_str());
    if (!options.junit.empty()) std::ofstream(options.junit) << junit_text(heading, verdicts);
    return counts.failed > 0 ? 1 : 0;
}

}  // namespace

int run_kit(const Options& options) {
    if (options.list) return list();
    if (!options.drift.empty()) return show_drift(options.drift);
    if (!options.clause.empty() || !options.errand.empty()) return run_in_child(options);
    const ScratchDirectory directory;
    return run_in_parent(options);
}

}  // namespace orderhub::kit
