#include "hub/cli/progress_bar.hpp"

#include <fmt/format.h>

#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

constexpr unsigned kWidth = 30;
constexpr unsigned kMark = 3;

}  // namespace

std::string import_line(const boost::json::value& import) {
    return fmt::format("{}: {}, {} records read, {} of them new or changed",
                       printable(text(import, "/connector")), text(import, "/state"),
                       text(import, "/records"), text(import, "/queued"));
}

std::string progress_bar(const boost::json::value& import, unsigned turn) {
    std::string bar(kWidth, ' ');
    if (text(import, "/state") == "done")
        bar.assign(kWidth, '#');
    else
        bar.replace(turn % (kWidth - kMark + 1), kMark, kMark, '#');
    return "[" + bar + "] " + import_line(import);
}

}  // namespace orderhub::cli
