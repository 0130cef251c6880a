#include "hub/cli/session.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/fields.hpp"

namespace orderhub::cli {

bool print(std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    return std::fflush(stdout) == 0 && written;
}

Expected<int> show(const Session& session, const Answer& answer,
                   const std::function<std::string(const boost::json::value&)>& page) {
    const std::string out = session.json ? answer.body + "\n" : page(answer.document);
    return print(out) ? kOk : kFailed;
}

Expected<int> show_list(
    const Session& session, const Answer& answer, Table table,
    const std::function<std::vector<std::string>(const boost::json::value&)>& row,
    std::string_view nothing, std::string_view pointer) {
    return show(session, answer, [&](const boost::json::value& document) {
        for (const auto& item : items(document, pointer))
            table.add(row(item));
        if (table.empty()) return std::string(nothing) + "\n";
        std::string out = table.text();
        const std::string next = text(document, "/next");
        // Pages by number go on upwards, pages by id back in time.
        const bool upwards = !next.empty() && document.at("next").is_number();
        if (!next.empty())
            out += fmt::format("There may be more: --{} {}\n", upwards ? "after" : "before",
                               printable(next));
        return out;
    });
}

}  // namespace orderhub::cli
