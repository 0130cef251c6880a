#include "check.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "leaks.hpp"
#include "watch.hpp"

namespace orderhub::kit {
namespace {

constexpr int kParent = 3;  ///< the descriptor that the parent listens on

}  // namespace

void tell_parent(const json::object& line) {
    std::string text = json::serialize(line);
    json::error_code error;
    json::parse(text, error);
    // Words of a connector may be anything; the parent reads JSON only.
    if (error) std::ranges::replace_if(text, [](char c) { return (c & '\x80') != 0; }, '?');
    text += "\n";
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t written = ::write(kParent, rest.data(), rest.size());
        if (written <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Check::trying(const std::string& where) {
    tell_parent({{"trying", where}});
}

void Check::fail(const std::string& where, const std::string& expected, const std::string& seen) {
    tell_parent({{"where", where}, {"expected", expected}, {"seen", seen}});
}

void Check::expect(bool fine, const std::string& where, const std::string& expected,
                   const std::string& seen) {
    if (!fine) fail(where, expected, seen);
}

void Check::not_applicable(const std::string& reason) {
    tell_parent({{"not_applicable", reason}});
}

void Check::observed(const std::string& clause, const std::string& where, const std::string& seen) {
    tell_parent({{"clause", clause}, {"where", where}, {"seen", seen}});
}

void Check::report_observations(const std::string& where) {
    // Out of nonsense nothing valid can be made: that the host refuses it then is what it is for.
    const bool is_nonsense = options.clause == "fault_invalid_utf8" || options.clause == "fuzz";
    for (const Breach& breach : take_breaches())
        if (breach.clause != "records" || !is_nonsense) observed(breach.clause, where, breach.seen);
    for (const std::string& leak : take_leaks())
        observed("secrets", where, leak);
}

void Check::end() {
    report_observations("");
    tell_parent({{"end", true}});
}

std::string words(connectors::Outcome outcome) {
    switch (outcome) {
        case connectors::Outcome::done:
            return "done";
        case connectors::Outcome::retry:
            return "retry";
        case connectors::Outcome::rejected:
            return "rejected";
        default:
            return "unknown";
    }
}

std::string words(const connectors::CallResult& result) {
    if (result.outcome == connectors::Outcome::done) return "done";
    return words(result.outcome) + " (" + result.code + ": " + result.message.substr(0, 200) + ")";
}

}  // namespace orderhub::kit
