#include <fmt/format.h>

#include <algorithm>

#include "rt_desk.hpp"

namespace orderhub::sandbox::rt {
namespace {

constexpr std::string_view kStatuses[] = {"new",      "open",     "stalled",
                                          "resolved", "rejected", "deleted"};
constexpr std::string_view kChannels[] = {"web", "marketplace", "phone"};

template <typename List>
bool one_of(const List& list, const std::string& value) {
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

/// A custom field's value: text, null, or a list of at most one.
std::string field_value(const json::value& given) {
    if (!given.is_array()) return scalar_text(given);
    return given.get_array().empty() ? "" : scalar_text(given.get_array().front());
}

}  // namespace

std::vector<std::string> Change::update(const json::object& members) {
    std::vector<std::string> said;
    for (const auto& [key, value] : members) {
        const std::string name(key);
        const std::string text = value.is_structured() ? "" : scalar_text(value);
        if (name == "Status") {
            set_status(text, said);
        } else if (name == "Subject") {
            set_plain("Subject", ticket_.subject, text, said);
        } else if (name == "Queue" && queue_id(text) != 0) {
            set_plain("Queue", ticket_.queue, queue_name(text), said);
        } else if (name == "Owner" && find_user(world_.rt, text) != nullptr) {
            const std::string before = std::exchange(ticket_.owner, text);
            transaction("SetWatcher", "Owner", before, text);
            said.push_back(
                fmt::format("Ticket {}: Owner changed from {} to {}", ticket_.id, before, text));
        } else if (name == "Priority") {
            set_priority(int_of(members, "Priority"), said);
        } else if (name == "CustomFields" && value.is_object()) {
            set_fields(value.get_object(), said);
        } else if (name.ends_with("RefersTo") || name.ends_with("DependsOn")) {
            set_links(name, value, said);
        }
    }
    if (!seen_.empty() && !said.empty()) {
        world_.record({"rt", "ticket.update", fmt::format("ticket/{}", ticket_.id), "", "",
                       fmt::format("{}", fmt::join(said, "; "))});
    }
    return said;
}

void Change::set_status(const std::string& status, std::vector<std::string>& said) {
    if (!one_of(kStatuses, status)) {
        said.push_back(fmt::format("Ticket {}: Status '{}' isn't a valid status for this ticket.",
                                   ticket_.id, status));
        return;
    }
    if (status == ticket_.status) {
        said.push_back(fmt::format("Ticket {}: Status is already '{}'", ticket_.id, status));
        return;
    }
    const std::string before = std::exchange(ticket_.status, status);
    transaction("Status", "Status", before, status);
    ticket_.resolved = status == "resolved" ? ticket_.updated : ticket_.resolved;
    said.push_back(
        fmt::format("Ticket {}: Status changed from '{}' to '{}'", ticket_.id, before, status));
}

void Change::set_plain(std::string_view field, std::string& member, const std::string& value,
                       std::vector<std::string>& said) {
    if (member == value) return;
    const std::string before = std::exchange(member, value);
    transaction("Set", field, before, value);
    said.push_back(
        fmt::format("Ticket {}: {} changed from '{}' to '{}'", ticket_.id, field, before, value));
}

void Change::set_priority(std::int64_t value, std::vector<std::string>& said) {
    if (value == ticket_.priority) return;
    const std::int64_t before = std::exchange(ticket_.priority, value);
    transaction("Set", "Priority", std::to_string(before), std::to_string(value));
    said.push_back(
        fmt::format("Ticket {}: Priority changed from '{}' to '{}'", ticket_.id, before, value));
}

void Change::set_fields(const json::object& fields, std::vector<std::string>& said) {
    for (const auto& [key, given] : fields) {
        const CustomField* field = find_field(std::string(key));
        if (field == nullptr) continue;  // unknown: not a word about it
        const std::string value = field_value(given);
        if (field->name == "Channel" && !value.empty() && !one_of(kChannels, value)) {
            said.emplace_back("Invalid value for custom field");
            continue;
        }
        const std::string name(field->name);
        const std::string before = std::exchange(ticket_.fields[name], value);
        if (value.empty()) ticket_.fields.erase(name);
        if (value == before) continue;
        transaction("CustomField", std::to_string(field->id), before, value);
        if (before.empty()) {
            said.push_back(fmt::format("{} {} added", name, value));
        } else if (value.empty()) {
            said.push_back(fmt::format("{} {} deleted", name, before));
        } else {
            said.push_back(fmt::format("{} {} changed to {}", name, before, value));
        }
    }
}

void Change::set_links(const std::string& member, const json::value& value,
                       std::vector<std::string>& said) {
    const bool refers = member.ends_with("RefersTo");
    const std::string kind = refers ? "refers-to" : "depends-on";
    const json::array targets = value.is_array() ? value.get_array() : json::array{value};
    const auto same_kind = [&](const Link& link) { return link.kind == kind; };
    if (!member.starts_with("Add") && !member.starts_with("Delete")) {
        std::erase_if(ticket_.links, same_kind);
    }
    for (const auto& one : targets) {
        const std::string target = scalar_text(one);
        const auto found = std::find_if(
            ticket_.links.begin(), ticket_.links.end(),
            [&](const Link& link) { return link.kind == kind && link.target == target; });
        if (member.starts_with("Delete")) {
            if (found == ticket_.links.end()) continue;
            ticket_.links.erase(found);
            transaction("DeleteLink", refers ? "RefersTo" : "DependsOn", target, "");
            said.emplace_back("Link deleted");
        } else if (found != ticket_.links.end()) {
            said.emplace_back("Link already exists");
        } else {
            ticket_.links.push_back({kind, target});
            transaction("AddLink", refers ? "RefersTo" : "DependsOn", "", target);
            const bool uri = target.find(':') != std::string::npos;
            said.push_back(fmt::format("Ticket {} {} {} {}.", ticket_.id,
                                       refers ? "refers to" : "depends on", uri ? "URI" : "Ticket",
                                       target));
        }
    }
}

}  // namespace orderhub::sandbox::rt
