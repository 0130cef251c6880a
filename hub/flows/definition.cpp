#include "hub/flows/definition.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace orderhub::flows {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 15> kKinds{
    "check",   "fee",    "approval", "preview", "submit", "compute",   "wait", "pause",
    "command", "branch", "for_each", "flow",    "note",   "exception", "link"};

/// Whether the value of the line's key begins on the next line.
bool opens_block(std::string_view line) {
    const auto end = line.find_last_not_of(" \r\t-+0123456789");
    return end != line.npos && (line[end] == '|' || line[end] == '>');
}

std::string_view line_at(std::string_view text, int number) {
    for (int at = 1; at < number; ++at) {
        const auto end = text.find('\n');
        if (end == text.npos) return {};
        text.remove_prefix(end + 1);
    }
    return text.substr(0, text.find('\n'));
}

}  // namespace

std::string_view to_text(StepKind kind) {
    return kKinds.at(static_cast<std::size_t>(kind));
}

const json::value* Step::setting(std::string_view name) const {
    const auto* object = settings().if_object();
    return object == nullptr ? nullptr : object->if_contains(name);
}

std::string Step::text(std::string_view name) const {
    const auto* value = setting(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

const Step* Flow::at(std::string_view pointer) const {
    const auto found = places_.find(pointer);
    return found == places_.end() ? nullptr : &steps_[found->second];
}

const Step* Flow::find(std::string_view id) const {
    const auto found = std::ranges::find(steps_, id, &Step::id);
    return found == steps_.end() ? nullptr : &*found;
}

std::vector<std::string> Flow::list(std::string_view pointer) const {
    std::vector<std::string> pointers;
    for (std::size_t i = 0;; ++i) {
        std::string each = std::string(pointer) + "/" + std::to_string(i);
        if (at(each) == nullptr) return pointers;
        pointers.push_back(std::move(each));
    }
}

Script Flow::script(std::string_view pointer, std::string_view lua) const {
    const int line = file_.line_of(pointer);
    return {std::string(lua), file_.path(), line + (opens_block(line_at(text, line)) ? 1 : 0)};
}

std::int64_t to_milliseconds(std::string_view duration) {
    std::int64_t number = 0;
    std::from_chars(duration.data(), duration.data() + duration.size(), number);
    switch (duration.empty() ? ' ' : duration.back()) {
        case 's':
            return number * 1000;
        case 'm':
            return number * 60'000;
        case 'h':
            return number * 3'600'000;
        default:
            return number * 86'400'000;
    }
}

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> pieces;
    while (!text.empty()) {
        const auto open = text.find("{{");
        const auto close = open == text.npos ? text.npos : text.find("}}", open);
        if (close == text.npos) {
            pieces.push_back({false, std::string(text)});
            break;
        }
        if (open > 0) pieces.push_back({false, std::string(text.substr(0, open))});
        pieces.push_back({true, std::string(text.substr(open + 2, close - open - 2))});
        text.remove_prefix(close + 2);
    }
    return pieces;
}

}  // namespace orderhub::flows
