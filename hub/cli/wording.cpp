#include "hub/cli/wording.hpp"

#include <fmt/format.h>

#include <charconv>

#include "hub/cli/exit_codes.hpp"
#include "hub/cli/text_width.hpp"

namespace orderhub::cli {

namespace {

std::optional<Halves> cut(std::string_view text, std::size_t at) {
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return std::nullopt;
    return Halves{text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

std::optional<Halves> halves(std::string_view text, std::string_view separator) {
    return cut(text, text.find(separator));
}

std::optional<Halves> halves_at_last(std::string_view text, char separator) {
    return cut(text, text.rfind(separator));
}

std::int64_t quantity(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number > 0 ? number : 0;
}

std::unexpected<Failure> unclear(const Written& written, const std::string& word,
                                 std::string_view instead) {
    return failed(kUsage,
                  fmt::format("{} {}: write {}.", written.option.name, printable(word), instead));
}

}  // namespace orderhub::cli
