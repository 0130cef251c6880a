#include "hub/cli/progress_bar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "hub/cli/fields.hpp"

namespace orderhub::cli {

namespace {

namespace json = boost::json;

constexpr std::int64_t kWidth = 30;
constexpr std::int64_t kMark = 3;

std::string filled(std::int64_t from, std::int64_t to) {
    return std::string(static_cast<std::size_t>(from), ' ') +
           std::string(static_cast<std::size_t>(to - from), '#') +
           std::string(static_cast<std::size_t>(kWidth - to), ' ');
}

}  // namespace

std::string progress_bar(const json::value& import, unsigned turn) {
    const std::int64_t records = whole_number(import, "/records");
    const std::int64_t total = whole_number(import, "/total");
    const std::string state = text(import, "/state");
    std::string bar, share;
    if (state == "done") {
        bar = filled(0, kWidth);
    } else if (total > 0) {
        const std::int64_t done = std::clamp<std::int64_t>(records, 0, total);
        bar = filled(0, done * kWidth / total);
        share = fmt::format(" {:>3}%", done * 100 / total);
    } else {
        const std::int64_t at = turn % (kWidth - kMark + 1);
        bar = filled(at, at + kMark);
    }
    return fmt::format("{} [{}]{} {} records, {}", printable(text(import, "/connector")), bar,
                       share, records, state);
}

}  // namespace orderhub::cli
