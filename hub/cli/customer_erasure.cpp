// customers erase: what is erased and what is kept.
#include "hub/cli/customer_erasure.hpp"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"
#include "hub/cli/terminal.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds kInterval{300};

std::string counts(const json::value& erasure, const char* title, const char* member) {
    const auto& counted = erasure.at(member).as_object();
    if (counted.empty()) return {};
    std::string out = fmt::format("\n{}\n", title);
    for (const auto& [what, count] : counted) {
        std::string words(what);
        for (char& each : words)
            if (each == '_') each = ' ';
        out += fmt::format("  {:<18} {}\n", words, count.as_int64());
    }
    return out;
}

std::string erasure_page(const json::value& erasure) {
    const bool dry_run = text(erasure, "/dry_run") == "true";
    const auto state = text(erasure, "/state");
    std::string out = fmt::format("Erasure {}  customer {}  {}{}\n", text(erasure, "/id"),
                                  text(erasure, "/customer_id"), state,
                                  dry_run ? " (dry run: nothing was changed)" : "");
    out += counts(erasure,
                  dry_run ? "Would be erased or lose the person"
                          : "Erased, or without "
                            "the person now",
                  "erased");
    out += counts(erasure, "Kept, without the person", "kept");
    out += counts(erasure, "Not over yet, and so still as it was", "left");
    if (state == "waiting")
        out +=
            "\nThe hub erases these once they are done or dropped: orderhub deliveries list, "
            "orderhub inbox list.\n";
    return out;
}

}  // namespace

Expected<int> erase_customer(Session& session, const std::string& id, const std::string& reason,
                             bool dry_run) {
    auto answer = session.client.call(
        {"POST", "/api/v1/customers/" + encoded(id) + ":erase",
         json::serialize(json::object{{"reason", reason}, {"dry_run", dry_run}})});
    while (answer && text(answer->document, "/state") == "running") {
        if (!wait_between_polls(kInterval)) return kFailed;
        answer = session.client.get("/api/v1/erasures/" + encoded(text(answer->document, "/id")));
    }
    if (!answer) return std::unexpected(answer.error());
    return show(session, *answer, erasure_page);
}

}  // namespace orderhub::cli
