#include "hub/cli/problem.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/table.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

int exit_code_of(int status) {
    switch (status) {
        case 404:
            return kNotFound;
        case 409:
        case 422:
            return kConflict;
        default:
            return kFailed;
    }
}

void end_sentence(std::string& text) {
    if (text.empty()) return;
    if (text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    if (text.back() != '.' && text.back() != '!' && text.back() != '?') text += '.';
}

/// The fields that the hub names; their own words only where they add something.
std::string fields_of(const json::value& problem, std::string_view detail) {
    std::string list;
    for (const json::value& each : items(problem, "/errors")) {
        const std::string words = text(each, "/detail");
        list += list.empty() ? "" : "; ";
        list += text(each, "/pointer");
        if (!words.empty() && words != detail) list += " " + words;
    }
    return list;
}

/// What happened since the version that the caller had seen.
std::string changes_of(const json::value& problem) {
    Table table({{"AT"}, {"BY"}, {"WHAT"}, {"ACTION"}, {"REASON", Align::left, 60}});
    for (const json::value& event : items(problem, "/changes"))
        table.add({instant(event, "/at"), text(event, "/actor"), text(event, "/type"),
                   text(event, "/data/action"), text(event, "/data/reason")});
    if (table.empty()) return {};
    std::string rows = table.text(2);
    rows.pop_back();
    return " Since then:\n" + rows;
}

std::string advice_for(int status, const json::value& problem, std::string_view detail) {
    if (status == 401) return " Set ORDERHUB_TOKEN to a token of this hub.";
    if (text(problem, "/code") == "not_allowed") return " It takes a token with the role admin.";
    if (text(problem, "/code") != "order_changed") return {};
    const std::string version = text(problem, "/order_version");
    const bool says_it = detail.find("version " + version) != std::string_view::npos;
    const std::string now = says_it ? "" : fmt::format(" It is at version {} now;", version);
    return fmt::format("{} {} at a preview again.{}", now, says_it ? "Look" : "look",
                       changes_of(problem));
}

}  // namespace

Failure failure_of(int status, const std::string& body) {
    json::error_code error;
    const json::value problem = json::parse(body, error);
    std::string detail = error ? std::string() : text(problem, "/detail");
    if (detail.empty()) detail = error ? std::string() : text(problem, "/title");
    if (detail.empty())
        return {kUnreachable,
                fmt::format("What answers there ({}) does not speak as a hub does.", status)};
    std::string sentence = printable(detail);
    if (const std::string fields = fields_of(problem, detail); !fields.empty()) {
        while (!sentence.empty() && sentence.back() == '.')
            sentence.pop_back();
        sentence += " (" + printable(fields) + ")";
    }
    end_sentence(sentence);
    return {exit_code_of(status), sentence + advice_for(status, problem, detail), body};
}

}  // namespace orderhub::cli
