#include "notes.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "events.hpp"
#include "reason.hpp"

namespace orderhub::vendure {
namespace {

constexpr std::string_view kAnnounces = "OrderHub sends: ";
constexpr std::string_view kOfLine = " of line ";

using Units = std::map<std::string, std::int64_t, std::less<>>;

/// Notes and fulfilments in the order in which they came about.
struct Walk {
    std::vector<std::pair<Units, std::string>> open;  ///< announced units with their key
    std::map<std::string, std::string> keys;
};

Units sum(const std::vector<LineUnits>& lines) {
    Units units;
    for (const LineUnits& each : lines)
        units[each.line] += each.quantity;
    return units;
}

bool read_unit(std::string_view text, Units& units) {
    const std::size_t at = text.find(kOfLine);
    if (at == std::string_view::npos) return false;
    std::int64_t quantity = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + at, quantity);
    if (error != std::errc{} || end != text.data() + at) return false;
    units[std::string(text.substr(at + kOfLine.size()))] += quantity;
    return true;
}

std::optional<Units> read_announcement(std::string_view text) {
    if (!text.starts_with(kAnnounces)) return std::nullopt;
    text.remove_prefix(kAnnounces.size());
    Units units;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t comma = std::min(text.find(", ", from), text.size());
        if (!read_unit(text.substr(from, comma - from), units)) return std::nullopt;
        from = comma + 2;
    }
    return units;
}

std::string_view note_of(const json::object& entry) {
    const json::object* data = object_of(entry, "data");
    return text_of(entry, "type") == "ORDER_NOTE" && data != nullptr ? text_of(*data, "note")
                                                                     : std::string_view();
}

/// Nothing if the order no longer shows that fulfilment.
std::optional<Units> units_of_fulfilment(const json::object& order, std::string_view id) {
    for (const json::value& each : list_of(order, "fulfillments")) {
        const json::object& fulfilment = as_object(each, "fulfillments");
        if (id_of(fulfilment, "id") != id) continue;
        Units units;
        for (const json::value& row : list_of(fulfilment, "lines")) {
            const json::object& line = as_object(row, "lines");
            units[id_of(line, "orderLineId")] += whole(line, "quantity");
        }
        return units;
    }
    return std::nullopt;
}

void take(Walk& walk, const json::object& order, std::string id) {
    const auto units = units_of_fulfilment(order, id);
    const auto found = std::find_if(walk.open.rbegin(), walk.open.rend(),
                                    [&](const auto& each) { return each.first == units; });
    if (found == walk.open.rend()) return;
    const std::string key = found->second;
    std::erase_if(walk.open, [&](const auto& each) { return each.second == key; });
    walk.keys.emplace(std::move(id), key);
}

Walk walk_history(const json::object& order) {
    Walk walk;
    for (const json::value& each : history_of(order)) {
        const json::object& entry = as_object(each, "history");
        const Reason note = split_reason(note_of(entry));
        if (!note.key.empty())
            if (auto units = read_announcement(note.text))
                walk.open.emplace_back(std::move(*units), note.key);
        const json::object* data = object_of(entry, "data");
        if (text_of(entry, "type") == "ORDER_FULFILLMENT" && data != nullptr)
            take(walk, order, id_of(*data, "fulfillmentId"));
    }
    return walk;
}

void add_line(std::string& note, std::string_view label, std::string_view text) {
    if (text.empty()) return;
    note += label;
    note += text;
    note += '\n';
}

std::string join(const json::object& object, std::initializer_list<std::string_view> keys) {
    std::string joined;
    for (const std::string_view key : keys) {
        const std::string_view text = text_of(object, key);
        if (!text.empty()) joined += (joined.empty() ? "" : ", ") + std::string(text);
    }
    return joined;
}

}  // namespace

std::string announcement(const std::vector<LineUnits>& lines, std::string_view key) {
    std::string text;
    for (const auto& [line, quantity] : sum(lines)) {
        text += text.empty() ? kAnnounces : std::string_view(", ");
        text += std::to_string(quantity);
        text += kOfLine;
        text += line;
    }
    return with_key(text, key);
}

std::map<std::string, std::string> keys_of_fulfilments(const json::object& order) {
    return walk_history(order).keys;
}

bool is_announced(const json::object& order, const std::vector<LineUnits>& lines,
                  std::string_view key) {
    const Walk walk = walk_history(order);
    const Units units = sum(lines);
    const auto latest = std::find_if(walk.open.rbegin(), walk.open.rend(),
                                     [&](const auto& each) { return each.first == units; });
    return latest != walk.open.rend() && latest->second == key;
}

const json::object* find_note(const json::object& order, std::string_view key) {
    const json::object* found = nullptr;
    for (const json::value& each : history_of(order)) {
        const json::object& entry = as_object(each, "history");
        if (!key.empty() && split_reason(note_of(entry)).key == key) found = &entry;
    }
    return found;
}

std::string sending_note(const json::object& payload, std::string_view key) {
    const bool again = text_of(payload, "kind") == "reship";
    std::string note = again ? "OrderHub: send again, at no charge\n"
                             : "OrderHub: send in exchange, nothing to be paid here\n";
    for (const json::value& each : list_of(payload, "lines")) {
        const json::object& line = as_object(each, "lines");
        add_line(note, std::to_string(whole(line, "quantity")) + " x ",
                 join(line, {"sku", "name"}));
    }
    add_line(note, "To: ",
             join(member(payload, "recipient"), {"name", "company", "line1", "line2", "postcode",
                                                 "city", "state", "country", "phone"}));
    add_line(note, "By: ", join(payload, {"carrier", "tracking_number"}));
    add_line(note, "Why: ", text_of(payload, "reason"));
    return note + with_key("", key);
}

std::string update_note(const json::object& payload, std::string_view key) {
    std::string id = id_of(member(payload, "fulfilment"), "external_id");
    if (id.starts_with(kNotePrefix))
        id.replace(0, kNotePrefix.size(), "the sending of note ");
    else
        id = "fulfilment " + id;
    std::string note;
    add_line(note, "OrderHub: " + id + " is ", text_of(payload, "state"));
    add_line(note, "By: ", join(payload, {"carrier", "tracking_number"}));
    add_line(note, "Why: ", text_of(payload, "reason"));
    return note + with_key("", key);
}

}  // namespace orderhub::vendure
