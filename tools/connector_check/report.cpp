#include "report.hpp"

#include <fmt/format.h>

#include "clauses.hpp"

namespace orderhub::kit {
namespace {

constexpr std::size_t kMostFindings = 8;  ///< of one clause, on the terminal

std::string mark(State state) {
    switch (state) {
        case State::passed:
            return "ok  ";
        case State::failed:
            return "FAIL";
        default:
            return "-   ";
    }
}

/// The lines of a text, each behind the label's column.
std::string block(std::string_view label, std::string_view text) {
    std::string out;
    bool is_first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out += fmt::format("        {:<9} {}\n", is_first ? label : "", text.substr(0, end));
        is_first = false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string expected_of(const Clause& clause, const Finding& finding) {
    return finding.expected.empty() ? std::string(clause.expected) : finding.expected;
}

std::string findings_text(const Clause& clause, const Verdict& verdict) {
    std::string out;
    for (std::size_t i = 0; i < verdict.findings.size() && i < kMostFindings; ++i) {
        const Finding& finding = verdict.findings[i];
        out += block("where", finding.where) + block("expected", expected_of(clause, finding)) +
               block("seen", finding.seen) + "\n";
    }
    if (verdict.findings.size() > kMostFindings)
        out += fmt::format("        and {} more\n", verdict.findings.size() - kMostFindings);
    return out + block("mend", clause.hint);
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
    }
    return out;
}

}  // namespace

Counts count(const std::vector<Verdict>& verdicts) {
    Counts counts;
    for (const Verdict& verdict : verdicts) {
        counts.passed += verdict.state == State::passed;
        counts.failed += verdict.state == State::failed;
        counts.not_applicable += verdict.state == State::not_applicable;
    }
    return counts;
}

std::string report_text(const Heading& heading, const std::vector<Verdict>& verdicts) {
    std::string out = fmt::format("{}\n{}\n", heading.library, heading.connector);
    std::string_view group;
    for (const Verdict& verdict : verdicts) {
        const Clause* clause = find_clause(verdict.clause);
        if (!clause) continue;
        if (clause->group != group) out += fmt::format("\n{}\n", group = clause->group);
        out += fmt::format("  {}  {:<20} {}", mark(verdict.state), clause->id, clause->title);
        if (verdict.cases > 1) out += fmt::format(" ({} cases)", verdict.cases);
        out += "\n";
        if (verdict.state == State::not_applicable) out += block("because", verdict.reason);
        if (verdict.state == State::failed) out += findings_text(*clause, verdict);
    }
    if (!heading.scaffold.empty()) {
        out += "\nStill as the scaffold made it\n";
        for (const std::string& place : heading.scaffold)
            out += "  " + place + "\n";
    }
    return out + "\n";
}

std::string badge(const Heading& heading, const Counts& counts) {
    std::string text = fmt::format("orderhub-kit 1.0: {} passed, {} failed, {} not applicable",
                                   counts.passed, counts.failed, counts.not_applicable);
    if (!heading.scaffold.empty())
        text += fmt::format(", {} scaffold markers left", heading.scaffold.size());
    return text;
}

std::string junit_text(const Heading& heading, const std::vector<Verdict>& verdicts) {
    const Counts counts = count(verdicts);
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"{}\" tests=\"{}\" "
        "failures=\"{}\" skipped=\"{}\">\n",
        escaped(heading.connector), verdicts.size(), counts.failed, counts.not_applicable);
    for (const Verdict& verdict : verdicts) {
        const Clause* clause = find_clause(verdict.clause);
        if (!clause) continue;
        out += fmt::format("  <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">\n",
                           escaped(clause->group), clause->id, verdict.seconds);
        if (verdict.state == State::not_applicable)
            out += fmt::format("    <skipped message=\"{}\"/>\n", escaped(verdict.reason));
        for (const Finding& finding : verdict.findings)
            out += fmt::format("    <failure message=\"{}\">{}\nexpected: {}\nmend: {}</failure>\n",
                               escaped(finding.seen), escaped(finding.where),
                               escaped(expected_of(*clause, finding)), escaped(clause->hint));
        out += "  </testcase>\n";
    }
    return out + "</testsuite>\n";
}

}  // namespace orderhub::kit
